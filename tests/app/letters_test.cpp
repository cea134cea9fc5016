// SPDX-License-Identifier: Apache-2.0
#include "app/letters.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "app/world.hpp"
#include "base/text.hpp"
#include "jobs/store_letters.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

class Letters : public testing::TestWithParam<tests::Engine> {
 protected:
  Letters() : world_(GetParam()) {}
  Visitor in_earnest() { return visitor_of(world_.site()); }
  Visitor in_demonstration() {
    auto site = world_.site();
    site.made_up = people_to_look_round_as();
    return visitor_of(site);
  }
  Visitor visitor_of(const Site& site) { return Visitor(routes(site)).at(world_.clock().now()); }
  json data(const Visitor& visitor, const std::string& path = "/letters") {
    return json::parse(visitor.json().get(path).body);
  }
  void send(const std::string& letter) {
    world_.database().write(Actor::operator_(), {"test", "letter", letter},
                            [&](db::Write& write) { jobs::letter_was_sent(write, letter, "robin@larkmoor.example"); });
  }
  void give_up(const std::string& letter) {
    world_.database().write(Actor::operator_(), {"test", "letter", letter}, [&](db::Write& write) {
      jobs::letter_is_given_up(write, letter, jobs::GivenUpBecause::refused);
    });
  }
  tests::World world_;
};

TEST_P(Letters, AreSeenByLeadAndAdministratorAlone) {
  const auto visitor = in_earnest();
  EXPECT_EQ(visitor.get("/letters").status, 303);
  EXPECT_EQ(visitor.json().get("/letters").status, 404);
  for (const auto role : {Role::worker, Role::researcher, Role::hr, Role::privacy_guardian})
    for (const auto* path : {"/letters", "/letters/kinds/mail.test"})
      EXPECT_EQ(visitor.as(tests::somebody(role)).get(path).status, 404) << name(role);
  for (const auto& actor : {world_.lead(), world_.administrator()}) {
    EXPECT_EQ(visitor.as(actor).get("/letters").status, 200);
    EXPECT_EQ(visitor.as(actor).get("/letters/kinds/mail.test").status, 200);
    EXPECT_EQ(visitor.as(actor).get("/letters/kinds/nothing").status, 404);
    EXPECT_EQ(visitor.as(actor).post("/letters/test").status, 303);
    EXPECT_EQ(visitor.as(actor).post("/letters/again").status, 303);
  }
  for (const auto* path : {"/letters/test", "/letters/again", "/letters/x/again"})
    EXPECT_EQ(visitor.as(tests::somebody(Role::worker)).post(path).status, 404) << path;
}

TEST_P(Letters, OfALeadOfOneServiceAreNot) {
  const Actor partial{"account-2", world_.lead().programme_id, {{Role::lead, {"service", "s"}, {}, {}}}};
  EXPECT_EQ(in_earnest().as(partial).get("/letters").status, 404);
}

TEST_P(Letters, ShowTheAdministratorNoWholeAddress) {
  in_earnest().as(world_.lead()).post("/letters/test");
  EXPECT_EQ(data(in_earnest().as(world_.lead()))["letters"][0]["to"], "robin@larkmoor.example");
  const auto administrator = in_earnest().as(world_.administrator());
  EXPECT_EQ(data(administrator)["letters"][0]["to"], "r***@larkmoor.example");
  EXPECT_EQ(administrator.get("/letters").body.find("robin@"), std::string::npos);
  send(data(administrator)["letters"][0]["id"]);
  EXPECT_EQ(data(administrator)["letters"][0]["to"], "r***@larkmoor.example");
  EXPECT_EQ(data(administrator)["letters"][0]["state"], "sent");
}

TEST_P(Letters, ThatWaitCanBeOpenedInADemonstrationAndNowhereElse) {
  in_demonstration().as(world_.lead()).post("/letters/test");
  const std::string id = data(in_demonstration().as(world_.lead()))["letters"][0]["id"];
  const auto path = "/letters/" + id;
  const auto page = in_demonstration().as(world_.lead()).get(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("A test letter"), std::string::npos);
  EXPECT_EQ(in_demonstration().as(world_.administrator()).get(path).status, 404);
  EXPECT_EQ(in_earnest().as(world_.lead()).get(path).status, 404);
  send(id);
  EXPECT_EQ(in_demonstration().as(world_.lead()).get(path).status, 404);
}

TEST_P(Letters, SayWhereTheyWaitBecauseNoMailServerIsSet) {
  const auto waiting = [&]() -> std::int64_t {
    return data(in_earnest().as(world_.administrator()), "/health/details")["letters_waiting"];
  };
  const auto before = waiting();
  in_earnest().as(world_.lead()).post("/letters/test");
  const auto title = tests::english()("letter.no_server.title");
  EXPECT_NE(in_earnest().as(world_.lead()).get("/letters").body.find(title), std::string::npos);
  EXPECT_NE(in_earnest().as(world_.administrator()).get("/health/details").body.find(title), std::string::npos);
  EXPECT_NE(in_earnest().as(world_.lead()).get("/today").body.find(title), std::string::npos);
  EXPECT_EQ(waiting(), before + 1);
  auto site = world_.site();
  site.has_mail_server = true;
  const auto with_server = visitor_of(site).as(world_.administrator());
  EXPECT_EQ(with_server.get("/letters").body.find(title), std::string::npos);
  EXPECT_EQ(with_server.get("/health/details").body.find(title), std::string::npos);
}

TEST_P(Letters, ThatWereGivenUpShowAndAreTriedAgain) {
  const auto lead = in_earnest().as(world_.lead());
  lead.post("/letters/test");
  const std::string id = data(lead)["letters"][0]["id"];
  give_up(id);
  EXPECT_EQ(data(lead)["letters"][0]["state"], "given_up");
  EXPECT_EQ(data(lead)["given_up"], 1);
  EXPECT_NE(lead.get("/today").body.find(tests::english()("letter.loop.given_up")), std::string::npos);
  EXPECT_EQ(lead.post("/letters/" + id + "/again").status, 303);
  EXPECT_EQ(data(lead)["letters"][0]["state"], "waiting");
  give_up(id);
  EXPECT_EQ(lead.post("/letters/again").status, 303);
  EXPECT_EQ(data(lead)["given_up"], 0);
  EXPECT_EQ(lead.get("/today").body.find(tests::english()("letter.loop.given_up")), std::string::npos);
  EXPECT_EQ(lead.post("/letters/nothing/again").status, 404);
}

TEST_P(Letters, OfUnknownKindsAreTotalsOnly) {
  world_.database().write(Actor::operator_(), {"test", "letter", ""}, [](db::Write& write) {
    jobs::post_letter(write, "mail.unknown", "somebody@larkmoor.example", write.now());
  });
  const auto lead = in_earnest().as(world_.lead());
  EXPECT_TRUE(data(lead)["letters"].empty());
  const auto told = data(lead);
  const auto& unknown = told["totals"].back();
  EXPECT_EQ(unknown["kind"], "mail.unknown");
  EXPECT_EQ(unknown["waiting"], 1);
  EXPECT_EQ(lead.get("/letters").body.find("somebody@"), std::string::npos);
}

// What stands on a locked telephone: the sender is set by the operator, the rest is ours.
TEST_P(Letters, TellNothingInSubjectAndFirstLine) {
  const std::regex telling(
      R"(peer|mental|wellbeing|well-being|health|crisis|recovery|therap|diagnos|patient|psych|distress|support|nhs|trust|)"
      R"(ward|worker|supervis|volunteer|inventory|survey|cairn|programme|service|larkmoor|willow|mill lane|stepping)",
      std::regex::icase);
  const auto kinds = letter_kinds(world_.site());
  ASSERT_FALSE(kinds.empty());
  for (const auto& [kind, letter] : kinds) {
    ASSERT_TRUE(letter.example) << kind;
    const auto example = world_.database().read([&](db::Read& read) { return letter.example(read); });
    EXPECT_FALSE(example.subject.empty()) << kind;
    EXPECT_FALSE(example.body.empty()) << kind;
    std::string seen = example.subject;
    int lines = 0;
    for (const auto line : split(example.body, '\n'))
      if (!trimmed(line).empty() && lines++ < 2) seen += "\n" + std::string(line);
    EXPECT_FALSE(std::regex_search(seen, telling)) << kind << " tells: " << seen;
    EXPECT_EQ((example.subject + example.body).find('['), std::string::npos) << kind << ": " << example.body;
    EXPECT_TRUE(tests::english().has("letter.kind." + kind)) << kind;
  }
}

CAIRN_EACH_ENGINE(Letters);

}  // namespace
}  // namespace cairn::app
