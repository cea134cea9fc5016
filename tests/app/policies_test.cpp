// SPDX-License-Identifier: Apache-2.0
// The organisation's policies, from writing one to its having been read, on both engines.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/world.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::header;
using tests::Visitor;

class Policies : public testing::TestWithParam<tests::Engine> {
 protected:
  Policies() : world_(GetParam()) {}

  Visitor as(const std::string& name) {
    const auto account = world_.database().read(
        [&](db::Read& read) { return accounts::find_account_by_email(read, name + "@larkmoor.example"); });
    return world_.visitor().as({account->id.text, account->programme.text, account->roles});
  }
  static Visitor::Values form(const std::string& title = "Where we draw lines") {
    return {{"topic", "boundaries"}, {"title", title},         {"words", "Most stays.\n\nHarm does not."},
            {"dated_on-day", "1"},   {"dated_on-month", "3"},  {"dated_on-year", "2026"},
            {"review_on-day", "1"},  {"review_on-month", "9"}, {"review_on-year", "2026"},
            {"with_peers", "yes"},   {"readers", "worker"}};
  }
  std::string added() {
    const auto reply = as("robin").json().post("/policies", form());
    EXPECT_EQ(reply.status, 201) << reply.body;
    return json::parse(reply.body)["location"];
  }
  json data(const std::string& who, const std::string& path) { return json::parse(as(who).json().get(path).body); }
  bool waits_for(const std::string& who, const std::string& words) {
    return as(who).get("/today").body.find(words) != std::string::npos;
  }
  static Visitor::Values next(const std::string& number) {
    auto values = form("Where we draw lines, and what does not");
    values.emplace_back("changed", "An example");
    values.emplace_back("number", number);
    return values;
  }

  tests::World world_;
};

TEST_P(Policies, AreReadByEverybodySignedInAndKeptByLeadAndHr) {
  const auto path = added();
  EXPECT_EQ(world_.visitor().get("/policies").status, 303);
  EXPECT_EQ(world_.visitor().json().get(path).status, 404);
  for (const auto* who : {"ash", "rowan", "juniper", "wren", "moss", "linden", "robin"}) {
    EXPECT_EQ(as(who).get("/policies").status, 200) << who;
    EXPECT_EQ(data(who, path)["title"], "Where we draw lines") << who;
    EXPECT_NE(as(who).get(path).body.find("Harm does not."), std::string::npos) << who;
  }
  for (const auto* who : {"ash", "rowan", "juniper", "wren", "moss"}) {
    EXPECT_EQ(as(who).get("/policies").body.find("/policies/new"), std::string::npos) << who;
    EXPECT_EQ(as(who).get("/policies/new").status, 404) << who;
    EXPECT_EQ(as(who).post("/policies", form()).status, 404) << who;
    EXPECT_EQ(as(who).get(path + "/versions/new").status, 404) << who;
    for (const auto* act : {"/versions", "/removals", "/returns"})
      EXPECT_EQ(as(who).post(path + act, next("1")).status, 404) << who << act;
  }
  EXPECT_EQ(as("linden").get("/policies/new").status, 200);
  EXPECT_EQ(as("linden").post(path + "/versions", next("1")).status, 303);
}

TEST_P(Policies, SentBadComeBackFilled) {
  auto wrong = form("");
  wrong[2].second = "Words that are not lost";
  const auto page = as("robin").post("/policies", wrong);
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(page.body.find("Words that are not lost"), std::string::npos);
  EXPECT_NE(page.body.find("Give it a title."), std::string::npos);
  EXPECT_EQ(json::parse(as("robin").json().post("/policies", wrong).body)["problems"][0]["field"], "title");
}

TEST_P(Policies, SentTwiceAreOne) {
  auto values = form();
  values.emplace_back("_once", "01900000-0000-7000-8000-00000000a91c");
  EXPECT_EQ(as("robin").post("/policies", values).status, 303);
  EXPECT_EQ(as("robin").post("/policies", values).status, 303);
  EXPECT_EQ(data("robin", "/policies/about/boundaries")["policies"].size(), 1U);
}

TEST_P(Policies, WaitForTheirReadersUntilEachHasReadTheLatestVersion) {
  const auto path = added();
  EXPECT_TRUE(waits_for("ash", "Read: Where we draw lines"));
  EXPECT_FALSE(waits_for("rowan", "Read: Where we draw lines")) << "a line manager is not asked";
  EXPECT_EQ(as("ash").post(path + "/readings", {{"number", "1"}}).status, 303);
  EXPECT_EQ(as("ash").post(path + "/readings", {{"number", "1"}}).status, 303) << "again changes nothing";
  EXPECT_FALSE(waits_for("ash", "Read: Where we draw lines"));
  EXPECT_NE(as("ash").get(path).body.find("You have read this version"), std::string::npos);
  for (const auto* who : {"robin", "linden", "rowan"}) {
    EXPECT_EQ(as(who).get(path).body.find("Ash"), std::string::npos) << "nobody else sees who has read it";
    EXPECT_EQ(as(who).json().get(path).body.find("Ash"), std::string::npos);
  }
  EXPECT_EQ(as("robin").post(path + "/versions", next("1")).status, 303);
  EXPECT_TRUE(waits_for("ash", "Read: Where we draw lines, and what does not"));
  EXPECT_EQ(as("ash").post(path + "/readings", {{"number", "1"}}).status, 409)
      << "the version they saw is not the latest";
}

TEST_P(Policies, KeepEarlierVersionsToRead) {
  const auto path = added();
  EXPECT_EQ(as("robin").post(path + "/versions", next("1")).status, 303);
  const auto known = data("ash", path);
  ASSERT_EQ(known["versions"].size(), 2U);
  EXPECT_EQ(known["versions"][1]["title"], "Where we draw lines");
  EXPECT_EQ(known["number"], 2);
}

TEST_P(Policies, ChangedByTwoAtOnceGiveTheSecondTheFormBack) {
  const auto path = added();
  EXPECT_EQ(as("robin").post(path + "/versions", next("1")).status, 303);
  const auto late = as("linden").post(path + "/versions", next("1"));
  EXPECT_EQ(late.status, 422);
  EXPECT_NE(late.body.find("Somebody else has just written another version"), std::string::npos);
  EXPECT_NE(late.body.find("An example"), std::string::npos) << "what was typed is still there";
  EXPECT_EQ(as("linden").post(path + "/versions", next("2")).status, 303);
}

TEST_P(Policies, TakenOffTheListAreSeenByThoseWhoCanPutThemBack) {
  const auto path = added();
  EXPECT_EQ(as("robin").post(path + "/removals").status, 303);
  EXPECT_EQ(as("ash").get(path).body, as("ash").get("/policies/never").body);
  EXPECT_FALSE(waits_for("ash", "Read: Where we draw lines"));
  EXPECT_EQ(as("ash").post(path + "/readings", {{"number", "1"}}).status, 404);
  EXPECT_EQ(as("robin").get(path).status, 200);
  EXPECT_EQ(as("robin").post(path + "/returns").status, 303);
  EXPECT_EQ(as("ash").get(path).status, 200);
}

TEST_P(Policies, ComeUpForReviewOnTheirDay) {
  added();
  EXPECT_FALSE(waits_for("robin", "Look again at: Where we draw lines"));
  world_.clock().set(*moment_from_iso("2026-09-01T09:00:00.000Z"));
  EXPECT_TRUE(waits_for("robin", "Look again at: Where we draw lines"));
  EXPECT_FALSE(waits_for("ash", "Look again at: Where we draw lines"));
}

TEST_P(Policies, OfATopicAreShownWhereTheyApply) {
  added();
  EXPECT_EQ(data("ash", "/policies/about/boundaries")["policies"].size(), 1U);
  EXPECT_EQ(data("ash", "/policies/about/sickness")["policies"].size(), 0U);
  EXPECT_EQ(as("ash").get("/policies/about/weather").status, 404);
  EXPECT_NE(as("ash").get("/concerns/new").body.find("/policies/about/safeguarding"), std::string::npos);
}

CAIRN_EACH_ENGINE(Policies);

}  // namespace
}  // namespace cairn::app
