// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"

namespace cairn::accounts {
namespace {

using tests::cookie;
using tests::Visitor;

class Setup : public tests::EachEngine {
 protected:
  Setup() : visitor_(routes(&code_)) {
    database().write(Actor::operator_(), {"test.begin", "test", ""},
                     [&](db::Write& write) { programme_ = add_programme(write, "", "Europe/London"); });
  }
  web::Routes routes(const SetupCode* code) {
    web::Routes all;
    add_routes(all, {.database = database(),
                     .policy = tests::shipped_policy(),
                     .throttle = throttle_,
                     .words_path = "/words",
                     .setup = code});
    return all;
  }
  static Visitor::Values first(const std::string& code) {
    return {{"setup_code", code},
            {"display_name", "Robin Marsh"},
            {"email", "robin@example.org"},
            {"password", "seven brass kettles hum"}};
  }
  std::optional<Account> robin() {
    return database().read([](db::Read& read) { return find_account_by_email(read, "robin@example.org"); });
  }
  Visitor lead() {
    const auto account = robin();
    return visitor_.as({account->id.text, programme_.text, account->roles});
  }
  std::map<std::string, bool> done() {
    const auto told = nlohmann::json::parse(lead().json().get("/setup").body);
    std::map<std::string, bool> all;
    for (const auto& one : told["tasks"]) all[one["task"]] = one["done"];
    return all;
  }

  Throttle throttle_;
  SetupCode code_{"abcd-efgh-ijkl"};
  Id<Programme> programme_;
  Visitor visitor_;
};

TEST_P(Setup, OpensOnlyToWhoeverKnowsTheCode) {
  EXPECT_EQ(tests::header(visitor_.get("/sign-in"), "Location"), "/setup");
  EXPECT_EQ(visitor_.get("/setup").status, 200);
  EXPECT_EQ(visitor_.post("/setup", first("wrong")).status, 422);
  EXPECT_EQ(visitor_.post("/setup", first("abcd-efgh-ijkl")).status, 429) << "guessing is slowed";
  EXPECT_FALSE(robin());
  const Visitor without(routes(nullptr));
  EXPECT_EQ(without.get("/setup").status, 404);
  EXPECT_EQ(without.post("/setup", first("abcd-efgh-ijkl")).status, 404);
}

TEST_P(Setup, MakesTheFirstLeadAndThenClosesItsDoor) {
  EXPECT_EQ(nlohmann::json::parse(visitor_.json().post("/setup").body)["problems"].size(), 5U) << "all at once";
  const auto reply = visitor_.at(later(clock().now(), 1)).post("/setup", first("ABCD EFGH IJKL"));
  ASSERT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/sign-in/set-up?next=%2Fsetup") << "the second step comes first";
  ASSERT_TRUE(robin());
  EXPECT_EQ(robin()->roles, (std::vector<HeldRole>{{Role::lead, {}, {}, {}}}));
  EXPECT_EQ(visitor_.get("/setup").status, 404);
  EXPECT_EQ(visitor_.post("/setup", first("abcd-efgh-ijkl")).status, 404);
  EXPECT_EQ(visitor_.get("/sign-in").status, 200);
}

TEST_P(Setup, LeadsThroughWhatIsStillNeeded) {
  ASSERT_EQ(visitor_.post("/setup", first("abcd-efgh-ijkl")).status, 303);
  EXPECT_EQ(lead().get("/setup").status, 200);
  for (const auto& [task, is_done] : done()) EXPECT_FALSE(is_done) << task;
  EXPECT_EQ(done().size(), 6U);
  EXPECT_EQ(lead().get("/setup/programme").status, 200);
  EXPECT_EQ(lead().post("/setup/programme", {{"name", ""}, {"zone", "Moon/Sea"}}).status, 422);
  EXPECT_EQ(lead().post("/setup/programme", {{"name", "Larkmoor"}, {"zone", "Europe/Berlin"}}).status, 303);
  EXPECT_TRUE(done()["setup.programme"]);
  EXPECT_EQ(database().read([](db::Read& read) { return find_programme(read)->zone; }), "Europe/Berlin");
  lead().post("/structure/organisations", {{"name", "Stepping Stones"}, {"kind", "voluntary"}});
  EXPECT_TRUE(done()["setup.organisations"]);
  EXPECT_EQ(lead().get("/setup/administrator").status, 200);
  EXPECT_EQ(lead().post("/setup/administrator", {{"who", ""}}).status, 422);
  EXPECT_EQ(lead().post("/setup/administrator", {{"who", "other"}, {"email", "no address"}}).status, 422);
  EXPECT_EQ(lead()
                .post("/setup/administrator",
                      {{"who", "other"}, {"email", "wren@example.org"}, {"display_name", "Wren Holloway"}})
                .status,
            303);
  EXPECT_TRUE(done()["setup.people"]);
  EXPECT_EQ(lead().post("/setup/administrator", {{"who", "me"}}).status, 303);
  EXPECT_TRUE(done()["setup.administrator"]);
  EXPECT_EQ(lead().post("/setup/administrator", {{"who", "me"}}).status, 404) << "there is one now";
  EXPECT_EQ(visitor_.as(tests::somebody(Role::worker, programme_.text)).get("/setup").status, 404);
  EXPECT_EQ(lead().post("/setup/finish").status, 303);
  EXPECT_EQ(lead().get("/setup").status, 404);
  EXPECT_EQ(lead().get("/setup/programme").status, 404);
}

CAIRN_EACH_ENGINE(Setup);

}  // namespace
}  // namespace cairn::accounts
