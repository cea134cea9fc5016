// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {
namespace {

using tests::cookie;
using tests::Visitor;

// What a form brings back of what was typed is put out of the way.
std::string without(std::string body, const std::string& typed) {
  for (auto at = body.find(typed); at != std::string::npos; at = body.find(typed)) body.erase(at, typed.size());
  return body;
}

class SignIn : public tests::Doorway {
 protected:
  void set(Role role, AccountState state) {
    database().write(Actor::operator_(), {"test.state", "account", ""},
                     [&](db::Write& write) { set_state(write, programme_, ids_[role], state); });
  }
};

TEST_P(SignIn, FitsThePolicy) {
  EXPECT_EQ(visitor_.routes().faults(tests::shipped_policy()), std::vector<std::string>());
  EXPECT_EQ(routes({{"lead@example.org", "sign_in.demonstration.lead"}}).faults(tests::shipped_policy()),
            std::vector<std::string>());
}

TEST_P(SignIn, LeadsFromTheRightPasswordToTheSecondStep) {
  const auto reply = type_password("lead");
  ASSERT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/sign-in/set-up?next=%2Fstructure");
  const auto set = tests::header(reply, "Set-Cookie");
  for (const auto* part : {"__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"})
    EXPECT_NE(set.find(part), std::string::npos) << part;
  EXPECT_FALSE(signed_in_by(database(), cookie(reply, "__Host-cairn"), clock().now())) << "it is no session";
  EXPECT_EQ(cookie(reply, "__Host-cairn-device"), "") << "a device is earned by all of it";
}

TEST_P(SignIn, AnswersAWrongPasswordAndAnUnknownOrClosedAccountAlike) {
  set(Role::worker, AccountState::closed);
  const auto wrong = type_password("lead", "seven brass kettles fall");
  EXPECT_EQ(wrong.status, 422);
  for (const std::string who : {"nobody", "worker"}) {
    const auto reply = type_password(who);
    EXPECT_EQ(reply.status, wrong.status);
    EXPECT_EQ(reply.headers, wrong.headers);
    EXPECT_EQ(without(reply.body, who + "@example.org"), without(wrong.body, "lead@example.org"));
  }
  EXPECT_EQ(tests::header(wrong, "Set-Cookie"), "");
  EXPECT_EQ(wrong.body.find("kettles"), std::string::npos) << "a password never comes back";
}

TEST_P(SignIn, AsksToWaitAfterAWrongTry) {
  EXPECT_EQ(type_password("lead", "something else entirely").status, 422);
  const auto reply = type_password("lead");
  EXPECT_EQ(reply.status, 429) << "also with the right password, or guessing would go on";
  EXPECT_EQ(tests::header(reply, "Retry-After"), "1");
  EXPECT_NE(reply.body.find("/sign-in/forgotten"), std::string::npos) << "there is another way in";
  clock().advance(1);
  EXPECT_EQ(type_password("lead").status, 303);
}

TEST_P(SignIn, KeepsATurnForWhoeverWaitsAsTold) {
  for (const int seconds : {1, 2, 4, 8, 16}) {
    EXPECT_EQ(type_password("lead", "something else entirely").status, 422);
    if (seconds < 16) clock().advance(seconds);
  }
  const auto told = type_password("lead");
  EXPECT_EQ(tests::header(told, "Retry-After"), "16");
  clock().advance(16);
  const auto stranger = visitor().from("10.0.0.1");
  EXPECT_EQ(stranger.post("/sign-in", {{"email", "lead@example.org"}, {"password", "a guess"}}).status, 429);
  const auto patient = visitor().with_ticket(cookie(told, "__Host-cairn-turn"));
  EXPECT_EQ(patient.post("/sign-in", {{"email", "lead@example.org"}, {"password", std::string(password)}}).status, 303);
}

TEST_P(SignIn, KeepsTheOwnersOwnBrowserOutOfIt) {
  const auto lead = sign_in(Role::lead);
  for (int i = 0; i < 20; ++i)
    visitor()
        .from("10.0." + std::to_string(i) + ".1")
        .post("/sign-in", {{"email", "lead@example.org"}, {"password", "no"}});
  EXPECT_EQ(type_password("lead").status, 429);
  EXPECT_EQ(type_password("lead", password, "some other cookie").status, 429);
  EXPECT_EQ(type_password("lead", password, lead.device).status, 303);
  EXPECT_EQ(type_password("worker", password, lead.device).status, 303);
  EXPECT_EQ(type_password("lead", "wrong this time", lead.device).status, 422);
  EXPECT_EQ(type_password("lead", password, lead.device).status, 429) << "it has failures of its own";
}

TEST_P(SignIn, TellsTheOwnerOfTenFailuresAndNobodyElse) {
  const auto fail = [&](const std::string& who) {
    std::string ticket;
    for (int i = 0; i < 10; ++i, clock().advance(61)) {
      const std::vector<std::pair<std::string, std::string>> form{{"email", who + "@example.org"},
                                                                  {"password", "wrong"}};
      EXPECT_EQ(visitor().with_ticket(ticket).post("/sign-in", form).status, 422);
      ticket = cookie(visitor().post("/sign-in", form), "__Host-cairn-turn");
    }
  };
  fail("nobody");
  EXPECT_EQ(letters("account.notice").size(), 0U);
  fail("lead");
  const auto told = letters("account.notice");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].to, "lead@example.org");
  EXPECT_NE(told[0].body.find("wrong password"), std::string::npos);
}

TEST_P(SignIn, AsksForBothFields) {
  const auto reply = visitor().json().post("/sign-in", {{"email", ""}, {"password", ""}});
  EXPECT_EQ(reply.status, 422);
  const auto problems = data(reply)["problems"];
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0]["key"], "sign_in.problem.no_email");
  EXPECT_EQ(problems[1]["key"], "sign_in.problem.no_password");
}

TEST_P(SignIn, LeadsOnlyToPathsOfThisSite) {
  const Visitor demonstration(routes({{"lead@example.org", "sign_in.demonstration.lead"}}));
  for (const std::string next : {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
                                 "/sign-out", "/a\r\nSet-Cookie: x", ""}) {
    const auto reply = demonstration.post("/sign-in/demonstration", {{"as", "lead@example.org"}, {"next", next}});
    EXPECT_EQ(tests::header(reply, "Location"), "/") << next;
  }
}

TEST_P(SignIn, GivesANewSessionAtEachSignInAndEndsTheOld) {
  const auto first = sign_in(Role::lead);
  const auto begun =
      inside(first).post("/sign-in", {{"email", "lead@example.org"}, {"password", std::string(password)}});
  EXPECT_EQ(begun.status, 303);
  EXPECT_FALSE(signed_in_by(database(), first.session, clock().now()));
  EXPECT_NE(cookie(begun, "__Host-cairn"), first.session);
}

TEST_P(SignIn, SignsOut) {
  const auto lead = sign_in(Role::lead);
  const auto reply = inside(lead).post("/sign-out");
  EXPECT_EQ(reply.status, 303);
  EXPECT_NE(tests::header(reply, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_NE(tests::header(reply, "Clear-Site-Data"), "");
  EXPECT_FALSE(signed_in_by(database(), lead.session, clock().now()));
}

TEST_P(SignIn, KeepsThatASessionWasSeenButNotWithEveryRequest) {
  const auto lead = sign_in(Role::lead);
  const auto seen = [&] {
    return database().read([&](db::Read& read) { return find_session(read, lead.session, clock().now()); })->seen_at;
  };
  const auto first = seen();
  clock().advance(seen_again_after - 1);
  signed_in_by(database(), lead.session, clock().now());
  EXPECT_EQ(seen(), first);
  clock().advance(1);
  signed_in_by(database(), lead.session, clock().now());
  EXPECT_EQ(seen(), clock().now());
}

TEST_P(SignIn, AClockSetBackBringsNoSessionToLife) {
  const auto lead = sign_in(Role::lead);
  const auto then = clock().now();
  EXPECT_FALSE(signed_in_by(database(), lead.session, later(then, -3600))) << "it was seen in the future";
  EXPECT_TRUE(signed_in_by(database(), lead.session, then));
  EXPECT_FALSE(signed_in_by(database(), lead.session, later(then, 31 * 60)));
  EXPECT_FALSE(signed_in_by(database(), lead.session, then)) << "what was found too old has ended";
}

TEST_P(SignIn, HasNoOneClickDoorInEarnest) {
  EXPECT_EQ(visitor().post("/sign-in/demonstration", {{"as", "lead@example.org"}}).status, 404);
  const Visitor demonstration(routes({{"lead@example.org", "sign_in.demonstration.lead"}}));
  EXPECT_NE(demonstration.get("/sign-in").body.find("/sign-in/demonstration"), std::string::npos);
  EXPECT_EQ(visitor().get("/sign-in").body.find("/sign-in/demonstration"), std::string::npos);
  const auto reply = demonstration.post("/sign-in/demonstration", {{"as", "lead@example.org"}});
  ASSERT_EQ(reply.status, 303);
  EXPECT_TRUE(signed_in_by(database(), cookie(reply, "__Host-cairn"), clock().now()));
  EXPECT_EQ(demonstration.post("/sign-in/demonstration", {{"as", "administrator@example.org"}}).status, 404)
      << "an account that is not made up";
}

TEST_P(SignIn, LinksOfTheDemonstrationWorkOnce) {
  const Visitor demonstration(routes({{"worker@example.org", "sign_in.demonstration.worker"}}));
  const auto path = "/look-round/" + look_round_.add("worker@example.org");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(demonstration.get(path).status, 200) << "opening it changes nothing";
  EXPECT_EQ(data(demonstration.json().get(path))["as"], "As a peer worker");
  const auto reply = demonstration.post(path);
  ASSERT_EQ(reply.status, 303);
  const auto who = signed_in_by(database(), cookie(reply, "__Host-cairn"), clock().now());
  ASSERT_TRUE(who);
  EXPECT_TRUE(who->actor.has(Role::worker));
  EXPECT_EQ(demonstration.post(path).status, 404);
  EXPECT_EQ(demonstration.get(path).status, 404);
  EXPECT_EQ(demonstration.get("/look-round/guessed").status, 404);
}

// AU-4: what is answered tells nobody whether an address has an account. bin/bench compares the times.
TEST_P(SignIn, AThousandAnswersTellNothingOfWhoHasAnAccount) {
  if (GetParam() == tests::Engine::postgres) GTEST_SKIP() << "the answers do not depend on the engine";
  struct Answer {
    int status;
    std::string body;
    bool operator==(const Answer&) const = default;
  };
  const auto link = [&](const std::string& email) {
    clock().advance(61);
    const auto reply = visitor().post("/sign-in/forgotten", {{"email", email}});
    return Answer{reply.status, without(reply.body, email)};
  };
  const auto guess = [&](const std::string& email) {
    // Most of these have to wait: two thousand hashes would take minutes, and answers after one are compared above.
    const auto reply =
        visitor().from("10.9.9.9").post("/sign-in", {{"email", email}, {"password", "wrong wrong wrong"}});
    return Answer{reply.status, without(reply.body, email)};
  };
  const auto invite = [&](const std::string& email) {
    const auto reply =
        as(Role::lead)
            .post("/people/invite",
                  {{"email", email}, {"display_name", "Somebody"}, {"role-1", "worker"}, {"reach-1", "programme"}});
    return Answer{reply.status, ""};
  };
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(guess("lead@example.org"), guess("nobody@example.org")) << i;
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(link("lead@example.org"), link("nobody@example.org")) << i;
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(invite("worker@example.org"), invite("nobody@example.org")) << i;
}

CAIRN_EACH_ENGINE(SignIn);

}  // namespace
}  // namespace cairn::accounts
