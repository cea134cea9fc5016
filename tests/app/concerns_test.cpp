// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/concern_loops.hpp"
#include "app/overviews.hpp"
#include "app/world.hpp"
#include "jobs/store_letters.hpp"
#include "privacy/actions_concerns.hpp"
#include "privacy/store_concerns.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

const std::string once = "01900000-0000-7000-8000-00000000a91b";
const std::string secret_words = "Pat said it at the bus stop";
const std::string secret_contact = "07700 900123";

class Worries : public testing::TestWithParam<tests::Engine> {
 protected:
  Worries() : world_(GetParam()) {}

  Actor who(const std::string& name) {
    return world_.database().read([&](db::Read& read) {
      const auto account = accounts::find_account_by_email(read, name + "@larkmoor.example");
      return Actor{account->id.text, account->programme.text, account->roles};
    });
  }
  Visitor as(const std::string& name) { return world_.visitor().as(who(name)); }
  // Who has just shown that it is they.
  Visitor anew(const std::string& name) { return proved(name, world_.clock().now()); }
  Visitor proved(const std::string& name, Moment at) {
    return world_.visitor().signed_in({who(name), "session-1", "Clover Nash", "forgery-token", "", at});
  }
  Visitor::Values form(const std::string& words = secret_words) {
    return {{"words", words}, {"urgency", "today"}, {"contact", secret_contact}, {"_once", once}};
  }
  // Told by the worker. The path of the concern.
  std::string told() {
    EXPECT_EQ(as("ash").post("/concerns", form()).status, 303);
    return "/concerns/" + once;
  }
  std::vector<jobs::Letter> letters(std::string_view kind) {
    const auto site = world_.site();
    const auto kinds = letter_kinds(site);
    return world_.database().read([&](db::Read& read) {
      std::vector<jobs::Letter> all;
      for (const auto& row : jobs::letters(read, kind, 100))
        if (const auto waiting = jobs::find_waiting_letter(read, row.id))
          if (auto letter = kinds.at(waiting->kind).compose(read, waiting->about)) all.push_back(*std::move(letter));
      return all;
    });
  }
  static bool holds(const web::Reply& reply, const std::string& words) {
    return reply.body.find(words) != std::string::npos;
  }

  tests::World world_;
};

TEST_P(Worries, AreToldByAnybodySignedInAndNobodyElse) {
  EXPECT_EQ(world_.visitor().get("/concerns/new").status, 303);
  EXPECT_EQ(world_.visitor().post("/concerns", form()).status, 404);
  for (const auto* name : {"ash", "juniper", "wren", "clover", "moss"}) {
    const auto page = as(name).get("/concerns/new");
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_TRUE(holds(page, "Tell us of a worry")) << name;
    EXPECT_EQ(as(name).json().get("/concerns/new").status, 200) << name;
  }
}

TEST_P(Worries, ShowTheirNumberOnlyOnceTheyAreStored) {
  const auto refused = as("ash").post("/concerns", {{"words", ""}, {"urgency", ""}, {"_once", once}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_FALSE(holds(refused, "0000-A91B"));
  EXPECT_TRUE(holds(refused, "Say who or what you are worried about"));
  EXPECT_EQ(as("ash").json().post("/concerns", {{"words", ""}}).status, 422);
  const auto done = as("ash").json().post("/concerns", form());
  EXPECT_EQ(done.status, 201);
  const auto page = as("ash").get(json::parse(done.body)["location"]);
  EXPECT_TRUE(holds(page, "Its number is 0000-A91B"));
  EXPECT_FALSE(holds(page, secret_words));
}

TEST_P(Worries, SentTwiceAreOne) {
  told();
  told();
  const auto data = json::parse(as("ash").json().get("/concerns/mine").body);
  EXPECT_EQ(data["concerns"].size(), 1U);
  EXPECT_EQ(letters(privacy::concern_letter).size(), 1U);
}

TEST_P(Worries, AreTheirTellersAloneToFollow) {
  told();
  for (const auto* name : {"robin", "rowan", "clover", "moss", "wren"}) {
    const auto page = as(name).get("/concerns/mine?told=" + once);
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_FALSE(holds(page, "0000-A91B")) << name;
  }
  EXPECT_EQ(world_.visitor().get("/concerns/mine").status, 303);
}

TEST_P(Worries, AreListedForThoseWhoMayKnowOfThem) {
  told();
  for (const auto* name : {"ash", "robin", "rowan", "bryony", "linden", "wren", "juniper"}) {
    EXPECT_EQ(as(name).get("/concerns").status, 404) << name;
    EXPECT_EQ(as(name).json().get("/concerns").status, 404) << name;
    EXPECT_EQ(anew(name).get("/concerns/" + once).status, 404) << name;
    EXPECT_EQ(as(name).post("/concerns/" + once + "/notes", {{"words", "x"}}).status, 404) << name;
    EXPECT_EQ(as(name).post("/concerns/" + once + "/closings").status, 404) << name;
  }
  EXPECT_EQ(world_.visitor().get("/concerns").status, 303);
  for (const auto* name : {"clover", "moss"})
    for (const auto& reply : {as(name).get("/concerns"), as(name).json().get("/concerns")}) {
      EXPECT_EQ(reply.status, 200) << name;
      EXPECT_TRUE(holds(reply, "0000-A91B")) << name;
      for (const auto& secret : {secret_words, secret_contact, std::string("Ash Fernley"), who("ash").account_id})
        EXPECT_FALSE(holds(reply, secret)) << name << " sees " << secret;
    }
  EXPECT_EQ(anew("moss").get("/concerns/" + once).status, 404);
  EXPECT_FALSE(holds(as("moss").get("/concerns"), "/concerns/" + once));
}

TEST_P(Worries, AreOpenedByWhoHasJustSignedInAnew) {
  const auto path = told();
  const auto sent_away = as("clover").get(path);
  EXPECT_EQ(sent_away.status, 303);
  EXPECT_EQ(tests::header(sent_away, "Location"), "/sign-in/again?next=%2Fconcerns%2F" + once);
  EXPECT_EQ(as("clover").json().get(path).status, 403);
  const auto now = world_.clock().now();
  EXPECT_EQ(proved("clover", later(now, -301)).get(path).status, 303);
  EXPECT_EQ(proved("clover", later(now, 1)).get(path).status, 303);
  EXPECT_FALSE(json::parse(as("ash").json().get("/concerns/mine").body)["concerns"][0]["opened"]);
  EXPECT_FALSE(holds(as("clover").get("/concerns"), secret_words));

  const auto page = proved("clover", later(now, -300)).get(path);
  EXPECT_EQ(page.status, 200);
  for (const auto& told_words : {secret_words, secret_contact, std::string("Ash Fernley")})
    EXPECT_TRUE(holds(page, told_words)) << told_words;
  EXPECT_TRUE(json::parse(as("ash").json().get("/concerns/mine").body)["concerns"][0]["opened"]);
  EXPECT_EQ(json::parse(anew("clover").json().get(path).body)["words"], secret_words);
  EXPECT_EQ(anew("clover").get("/concerns/01900000-0000-7000-8000-00000000ffff").status, 404);
}

TEST_P(Worries, CloseWithWhatWasDoneWhichStaysPrivate) {
  const auto path = told();
  EXPECT_EQ(anew("clover").post(path + "/closings").status, 409);
  EXPECT_EQ(anew("clover").post(path + "/notes", {{"words", " "}}).status, 422);
  EXPECT_EQ(anew("clover").json().post(path + "/notes", {{"words", "Rang the family"}}).status, 201);
  EXPECT_TRUE(holds(anew("clover").get(path), "Rang the family"));
  EXPECT_EQ(anew("clover").post(path + "/closings").status, 303);
  const auto own = as("ash").get("/concerns/mine");
  EXPECT_FALSE(holds(own, "Rang the family"));
  EXPECT_TRUE(holds(own, "Closed"));
  EXPECT_TRUE(holds(anew("clover").get(path), "Closed on"));
}

TEST_P(Worries, WaitOnTodayUntilTheyAreClosed) {
  const auto path = told();
  EXPECT_TRUE(holds(as("clover").get("/today"), path));
  EXPECT_TRUE(holds(as("clover").get("/today"), "Somebody must act today"));
  for (const auto* name : {"ash", "robin", "rowan"}) EXPECT_FALSE(holds(as(name).get("/today"), "A91B")) << name;
  anew("clover").post(path + "/notes", {{"words", "Rang the family"}});
  anew("clover").post(path + "/closings");
  EXPECT_FALSE(holds(as("clover").get("/today"), path));
}

TEST_P(Worries, AreToldByLettersThatSayNothingOfThem) {
  const auto path = told();
  const auto sent = letters(privacy::concern_letter);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent.front().to, "clover@larkmoor.example");
  const auto whole = sent.front().subject + sent.front().body;
  for (const auto& word : {secret_words, secret_contact, std::string("Ash"), std::string("orry"), std::string("oncern"),
                           std::string("afeguarding"), once})
    EXPECT_EQ(whole.find(word), std::string::npos) << word;
  const auto work = privacy::tell_again_work(world_.database());
  work({"no-job", std::string(privacy::tell_again_job), privacy::payload_of({{once}, who("ash").programme_id, 15})});
  EXPECT_EQ(letters(privacy::concern_letter).size(), 2U);
  anew("clover").get(path);
  EXPECT_TRUE(letters(privacy::concern_letter).empty());  // those that wait are not wanted any more
}

TEST_P(Worries, AreKeptAndToldOfWhereNobodyIsSafeguardingLead) {
  const auto clover = who("clover");
  world_.database().write(world_.lead(), {"account.state", "account", clover.account_id}, [&](db::Write& write) {
    accounts::set_state(write, {clover.programme_id}, {clover.account_id}, accounts::AccountState::closed);
  });
  EXPECT_TRUE(holds(as("ash").get("/concerns/new"), "Nobody here looks after safeguarding just now"));
  EXPECT_FALSE(json::parse(as("ash").json().get("/concerns/new").body)["heard"]);
  told();
  EXPECT_TRUE(letters(privacy::concern_letter).empty());
  const auto sent = letters(privacy::nobody_letter);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent.front().to, "robin@larkmoor.example");
  EXPECT_EQ((sent.front().subject + sent.front().body).find(secret_words), std::string::npos);
  EXPECT_EQ(as("robin").get("/concerns").status, 404);
}

CAIRN_EACH_ENGINE(Worries);

}  // namespace
}  // namespace cairn::app
