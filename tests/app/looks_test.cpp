// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/complaint_loops.hpp"
#include "app/world.hpp"
#include "privacy/store_complaints.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

const std::string doubt = "Rowan had no reason to read this";
const std::string finding = "I asked, and it was a slip";
const std::string nowhere = "01900000-0000-7000-8000-00000000dead";

// A change to the work of ash, which rowan, who manages them, has opened.
class Looks : public testing::TestWithParam<tests::Engine> {
 protected:
  Looks() : world_(GetParam()) {
    const auto rowan = who("rowan");
    const privacy::Looking looking{tests::shipped_policy(), rowan, {.now = world_.clock().now()}};
    privacy::look(
        world_.database(), looking,
        [&](db::Read&) {
          privacy::Subject subject;
          subject.type = "functional_adjustment";
          subject.id = "adjustment-1";
          subject.owner = who("ash").account_id;
          subject.lies_in = {Reach{}};
          subject.assigned_as = {Role::line_manager};
          return subject;
        },
        [](db::Read&) { return 0; });
    look_ = json::parse(as("ash").json().get("/who-looked").body)["looks"][0]["id"];
  }

  Actor who(const std::string& name) {
    return world_.database().read([&](db::Read& read) {
      const auto account = accounts::find_account_by_email(read, name + "@larkmoor.example");
      return Actor{account->id.text, account->programme.text, account->roles};
    });
  }
  Visitor as(const std::string& name) { return world_.visitor().as(who(name)); }
  static bool holds(const web::Reply& reply, const std::string& words) {
    return reply.body.find(words) != std::string::npos;
  }
  // Doubted by its owner. The path on which the privacy guardian finds it.
  std::string doubted() {
    EXPECT_EQ(as("ash").post("/who-looked/" + look_ + "/complaints", {{"words", doubt}}).status, 303);
    const auto waiting = json::parse(as("moss").json().get("/guardian/complaints").body)["complaints"];
    EXPECT_EQ(waiting.size(), 1U);
    return "/guardian/complaints/" + waiting[0]["id"].get<std::string>();
  }
  std::vector<agenda::OpenLoop> loops(const std::string& name) {
    return world_.database().read([&](db::Read& read) {
      const auto actor = who(name);
      return agenda::open_loops(complaint_loops(), {.read = read,
                                                    .policy = tests::shipped_policy(),
                                                    .actor = actor,
                                                    .today = date_in_zone(world_.clock().now(), "Europe/London"),
                                                    .now = world_.clock().now()});
    });
  }

  tests::World world_;
  std::string look_;
};

TEST_P(Looks, AreShownToTheOwnerInPlainWords) {
  const auto page = as("ash").get("/who-looked");
  EXPECT_EQ(page.status, 200);
  for (const auto* words : {"One look so far.", "A change to your work", "Rowan", "Line manager",
                            "They look after this for you", "This was not right"})
    EXPECT_TRUE(holds(page, words)) << words;
  const auto data = json::parse(as("ash").json().get("/who-looked").body);
  EXPECT_EQ(data["count"], 1);
  EXPECT_EQ(data["looks"][0]["reason"], "assigned");
}

TEST_P(Looks, AreNobodyElsesToSee) {
  EXPECT_EQ(world_.visitor().get("/who-looked").status, 303);
  EXPECT_EQ(world_.visitor().json().get("/who-looked").status, 404);
  for (const auto* name : {"robin", "rowan", "wren", "linden", "clover", "moss", "bryony", "hazel"}) {
    const auto page = as(name).get("/who-looked");
    EXPECT_EQ(page.status, 200) << name;
    EXPECT_TRUE(holds(page, "Nobody has looked at anything of yours.")) << name;
    for (const auto& reply : {as(name).get("/who-looked/" + look_), as(name).json().get("/who-looked/" + look_),
                              as(name).post("/who-looked/" + look_ + "/complaints", {{"words", doubt}})}) {
      const auto never = as(name).get("/who-looked/" + nowhere);
      EXPECT_EQ(reply.status, 404) << name;
      EXPECT_FALSE(holds(reply, "Rowan had")) << name;
      const bool is_page = reply.content_type == never.content_type;
      EXPECT_EQ(is_page ? reply.body : never.body, never.body) << name;
    }
  }
}

TEST_P(Looks, AreToldPageByPage) {
  const auto rowan = who("rowan");
  for (int number = 0; number < 60; ++number)
    privacy::look(
        world_.database(), {tests::shipped_policy(), rowan, {.now = world_.clock().now()}},
        [&](db::Read&) {
          privacy::Subject subject;
          subject.type = "functional_adjustment";
          subject.id = "adjustment-" + std::to_string(number);
          subject.owner = who("ash").account_id;
          subject.lies_in = {Reach{}};
          subject.assigned_as = {Role::line_manager};
          return subject;
        },
        [](db::Read&) { return 0; });
  const auto first = json::parse(as("ash").json().get("/who-looked").body);
  EXPECT_EQ(first["count"], 61);
  ASSERT_EQ(first["looks"].size(), 50U);
  EXPECT_TRUE(holds(as("ash").get("/who-looked"), "See the ones before these"));
  const std::string before = first["looks"][49]["id"];
  EXPECT_EQ(json::parse(as("ash").json().get("/who-looked?before=" + before).body)["looks"].size(), 11U);
}

TEST_P(Looks, CanBeDoubtedOnceAndInWords) {
  const auto path = "/who-looked/" + look_;
  EXPECT_TRUE(holds(as("ash").get(path), "What was not right?"));
  const auto refused = as("ash").post(path + "/complaints", {{"words", " "}});
  EXPECT_EQ(refused.status, 422);
  doubted();
  EXPECT_EQ(as("ash").post(path + "/complaints", {{"words", doubt}}).status, 303);
  EXPECT_EQ(as("ash").post(path + "/complaints", {{"words", "and another thing"}}).status, 409);
  const auto page = as("ash").get("/who-looked");
  EXPECT_TRUE(holds(page, doubt));
  EXPECT_FALSE(holds(page, "This was not right"));
  EXPECT_EQ(json::parse(as("ash").json().get("/who-looked").body)["complaints"].size(), 1U);
}

TEST_P(Looks, AreLookedIntoByThePrivacyGuardianAlone) {
  const auto path = doubted();
  for (const auto* name : {"ash", "rowan", "robin", "wren", "clover", "linden"}) {
    EXPECT_EQ(as(name).get("/guardian/complaints").status, 404) << name;
    EXPECT_EQ(as(name).json().get(path).status, 404) << name;
    EXPECT_FALSE(holds(as(name).get(path), doubt)) << name;
    EXPECT_EQ(as(name).post(path + "/answers", {{"words", finding}}).status, 404) << name;
    EXPECT_TRUE(loops(name).empty()) << name;
  }
  const auto list = as("moss").get("/guardian/complaints");
  EXPECT_FALSE(holds(list, doubt));
  EXPECT_FALSE(holds(list, "Ash"));
  const auto page = as("moss").get(path);
  EXPECT_TRUE(holds(page, doubt));
  EXPECT_TRUE(holds(page, "Rowan"));
}

TEST_P(Looks, ThatAreDoubtedCloseWithAnAnswer) {
  const auto path = doubted();
  ASSERT_EQ(loops("moss").size(), 1U);
  EXPECT_EQ(loops("moss").front().path, path);
  EXPECT_EQ(as("moss").post(path + "/answers", {{"words", ""}}).status, 422);
  EXPECT_EQ(as("moss").json().post(path + "/answers", {{"words", finding}}).status, 201);
  EXPECT_TRUE(loops("moss").empty());
  EXPECT_EQ(as("moss").get(path).status, 404);
  EXPECT_TRUE(holds(as("ash").get("/who-looked"), finding));
  EXPECT_FALSE(holds(as("rowan").get("/who-looked"), finding));
}

// The guardian's own look at what the owner wrote stands in the owner's list.
TEST_P(Looks, OfThePrivacyGuardianAreWrittenDownToo) {
  const auto path = doubted();
  world_.clock().advance(1);
  EXPECT_EQ(as("moss").get(path).status, 200);
  const auto data = json::parse(as("ash").json().get("/who-looked").body);
  ASSERT_EQ(data["looks"].size(), 2U);
  EXPECT_EQ(data["looks"][0]["record"], "access_complaint");
  EXPECT_EQ(data["looks"][0]["role"], "privacy_guardian");
}

CAIRN_EACH_ENGINE(Looks);

}  // namespace
}  // namespace cairn::app
