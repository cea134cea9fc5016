// SPDX-License-Identifier: Apache-2.0
#include "accounts/actions.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_sessions.hpp"
#include "app/visitor.hpp"
#include "stores.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using tests::Visitor;

constexpr std::string_view password = "seven brass kettles hum";

class Doorway : public tests::EachEngine {
 protected:
  Doorway() : visitor_(routes({})) {
    const auto operator_ = Actor::operator_();
    database().write(operator_, {"test.begin", "test", ""}, [&](db::Write& write) {
      programme_ = add_programme(write, "Larkmoor peer support", "Europe/London");
      // Hashed once for each key: it is slow on purpose.
      static std::map<std::string, std::string> hashed;
      auto& kept = hashed[write.keys().id()];
      if (kept.empty()) kept = kept_password(write.keys(), {std::string(password)});
      for (const auto role : {Role::lead, Role::administrator, Role::worker}) {
        const auto email = std::string(name(role)) + "@example.org";
        ids_[role] = add(write, programme_, NewAccount{email, "Robin " + email, {}, {{role, {}, {}, {}}}}, kept);
      }
    });
  }
  web::Routes routes(std::vector<MadeUpPerson> made_up) {
    web::Routes all;
    add_routes(all, {database(), tests::shipped_policy(), throttle_, std::move(made_up)});
    return all;
  }
  Actor actor(Role role) { return tests::somebody(role, programme_.text, ids_[role].text); }
  Visitor as(Role role) { return visitor_.as(actor(role)); }
  web::Reply sign_in(const std::string& email, std::string_view typed) {
    return visitor_.post("/sign-in", {{"email", email}, {"password", std::string(typed)}, {"next", "/structure"}});
  }
  static std::string token_in(const web::Reply& reply) {
    const auto cookie = tests::header(reply, "Set-Cookie");
    const auto start = cookie.find('=') + 1;
    return cookie.substr(start, cookie.find(';') - start);
  }
  json structure_as(Role role) { return json::parse(as(role).json().get("/structure").body); }
  std::string add_charity() {
    EXPECT_EQ(
        as(Role::lead).post("/structure/organisations", {{"name", "Stepping Stones"}, {"kind", "voluntary"}}).status,
        303);
    return structure_as(Role::lead)["organisations"][0]["id"];
  }
  std::string add_bridge() {
    const auto charity = add_charity();
    EXPECT_EQ(as(Role::lead)
                  .post("/structure/services",
                        {{"name", "Bridge"}, {"employer", charity}, {"settings", "community"}, {"settings", "bme"}})
                  .status,
              303);
    return structure_as(Role::lead)["services"][0]["id"];
  }

  Throttle throttle_;
  Id<Programme> programme_;
  std::map<Role, Id<Account>> ids_;
  Visitor visitor_;
};

TEST_P(Doorway, FitsThePolicy) {
  EXPECT_EQ(visitor_.routes().faults(tests::shipped_policy()), std::vector<std::string>());
  EXPECT_EQ(routes({{"lead@example.org", "sign_in.demonstration.lead"}}).faults(tests::shipped_policy()),
            std::vector<std::string>());
}

TEST_P(Doorway, SignsInWithTheRightPassword) {
  const auto reply = sign_in(" Lead@Example.org ", password);
  ASSERT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/structure");
  const auto cookie = tests::header(reply, "Set-Cookie");
  for (const auto* part : {"__Host-", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"})
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  const auto who = signed_in_by(database(), token_in(reply), clock().now());
  ASSERT_TRUE(who);
  EXPECT_EQ(who->actor.account_id, ids_[Role::lead].text);
  EXPECT_EQ(who->actor.programme_id, programme_.text);
  EXPECT_TRUE(who->actor.has(Role::lead));
  EXPECT_EQ(who->display_name, "Robin lead@example.org");
}

TEST_P(Doorway, AnswersAWrongPasswordAndAnUnknownOrClosedAccountAlike) {
  database().write(Actor::operator_(), {"test.close", "account", ""},
                   [&](db::Write& write) { set_state(write, programme_, ids_[Role::worker], AccountState::closed); });
  // The form comes back with the address that was typed, so that alone is put out of the way.
  const auto without = [](std::string body, const std::string& email) {
    for (auto at = body.find(email); at != std::string::npos; at = body.find(email)) body.erase(at, email.size());
    return body;
  };
  const auto wrong = sign_in("lead@example.org", "seven brass kettles fall");
  const auto unknown = sign_in("nobody@example.org", password);
  const auto closed = sign_in("worker@example.org", password);
  EXPECT_EQ(wrong.status, 422);
  for (const auto& [reply, email] :
       {std::pair{&unknown, "nobody@example.org"}, std::pair{&closed, "worker@example.org"}}) {
    EXPECT_EQ(reply->status, wrong.status);
    EXPECT_EQ(reply->headers, wrong.headers);
    EXPECT_EQ(without(reply->body, email), without(wrong.body, "lead@example.org"));
  }
  EXPECT_EQ(tests::header(wrong, "Set-Cookie"), "");
  EXPECT_EQ(wrong.body.find("kettles"), std::string::npos) << "a password never comes back";
}

TEST_P(Doorway, AsksToWaitAfterAWrongTry) {
  EXPECT_EQ(sign_in("lead@example.org", "something else entirely").status, 422);
  const auto reply = sign_in("lead@example.org", password);
  EXPECT_EQ(reply.status, 429) << "also with the right password, or guessing would go on";
  EXPECT_EQ(tests::header(reply, "Retry-After"), "1");
  const auto later_reply = visitor_.at(later(Moment{1772528400000}, 1))
                               .post("/sign-in", {{"email", "lead@example.org"}, {"password", std::string(password)}});
  EXPECT_EQ(later_reply.status, 303);
  EXPECT_EQ(tests::header(later_reply, "Location"), "/");
}

TEST_P(Doorway, AsksForBothFields) {
  const auto reply = visitor_.json().post("/sign-in", {{"email", ""}, {"password", ""}});
  EXPECT_EQ(reply.status, 422);
  const auto problems = json::parse(reply.body)["problems"];
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0]["key"], "sign_in.problem.no_email");
  EXPECT_EQ(problems[1]["key"], "sign_in.problem.no_password");
}

TEST_P(Doorway, LeadsOnlyToPathsOfThisSite) {
  for (const std::string next : {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
                                 "/sign-out", "/a\r\nSet-Cookie: x", ""}) {
    const auto reply =
        visitor_.post("/sign-in", {{"email", "lead@example.org"}, {"password", std::string(password)}, {"next", next}});
    EXPECT_EQ(tests::header(reply, "Location"), "/") << next;
  }
}

TEST_P(Doorway, GivesANewSessionAtEachSignInAndEndsTheOld) {
  const auto first = token_in(sign_in("lead@example.org", password));
  const auto who = signed_in_by(database(), first, clock().now());
  ASSERT_TRUE(who);
  const auto second = token_in(
      visitor_.signed_in(*who).post("/sign-in", {{"email", "lead@example.org"}, {"password", std::string(password)}}));
  EXPECT_NE(first, second);
  EXPECT_FALSE(signed_in_by(database(), first, clock().now()));
  EXPECT_TRUE(signed_in_by(database(), second, clock().now()));
}

TEST_P(Doorway, SignsOut) {
  const auto token = token_in(sign_in("lead@example.org", password));
  const auto who = signed_in_by(database(), token, clock().now());
  ASSERT_TRUE(who);
  const auto reply = visitor_.signed_in(*who).post("/sign-out");
  EXPECT_EQ(reply.status, 303);
  EXPECT_NE(tests::header(reply, "Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_NE(tests::header(reply, "Clear-Site-Data"), "");
  EXPECT_FALSE(signed_in_by(database(), token, clock().now()));
}

TEST_P(Doorway, KeepsThatASessionWasSeenButNotWithEveryRequest) {
  const auto token = token_in(sign_in("lead@example.org", password));
  const auto seen = [&] {
    return database().read([&](db::Read& read) { return find_session(read, token, clock().now()); })->seen_at;
  };
  const auto first = seen();
  clock().advance(seen_again_after - 1);
  signed_in_by(database(), token, clock().now());
  EXPECT_EQ(seen(), first);
  clock().advance(1);
  signed_in_by(database(), token, clock().now());
  EXPECT_EQ(seen(), clock().now());
}

TEST_P(Doorway, HasNoOneClickDoorInEarnest) {
  EXPECT_EQ(visitor_.post("/sign-in/demonstration", {{"as", "lead@example.org"}}).status, 404);
  const Visitor demonstration(routes({{"lead@example.org", "sign_in.demonstration.lead"}}));
  EXPECT_NE(demonstration.get("/sign-in").body.find("/sign-in/demonstration"), std::string::npos);
  EXPECT_EQ(visitor_.get("/sign-in").body.find("/sign-in/demonstration"), std::string::npos);
  const auto reply = demonstration.post("/sign-in/demonstration", {{"as", "lead@example.org"}});
  ASSERT_EQ(reply.status, 303);
  EXPECT_TRUE(signed_in_by(database(), token_in(reply), clock().now()));
  EXPECT_EQ(demonstration.post("/sign-in/demonstration", {{"as", "administrator@example.org"}}).status, 404)
      << "an account that is not made up";
}

TEST_P(Doorway, ShowsAPersonTheirOwnAccount) {
  const auto page = as(Role::worker).get("/account");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("worker@example.org"), std::string::npos);
  EXPECT_NE(page.body.find("Peer worker"), std::string::npos);
  EXPECT_EQ(json::parse(as(Role::worker).json().get("/account").body)["roles"], json({"worker"}));
  EXPECT_EQ(visitor_.get("/account").status, 303);
}

TEST_P(Doorway, LetsALeadAddOrganisationsServicesAndTeams) {
  const auto service = add_bridge();
  EXPECT_EQ(as(Role::lead).json().post("/structure/services/" + service + "/teams", {{"name", "North"}}).status, 201);
  const auto structure = structure_as(Role::worker);
  EXPECT_EQ(structure["services"][0]["name"], "Bridge");
  EXPECT_EQ(structure["services"][0]["context"], "voluntary");
  EXPECT_EQ(structure["services"][0]["settings"], json({"community", "bme"}));
  EXPECT_EQ(structure["services"][0]["teams"][0]["name"], "North");
  const auto page = as(Role::lead).get("/structure").body;
  for (const auto* words : {"Stepping Stones", "Bridge", "North", "voluntary sector"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
}

TEST_P(Doorway, ShowsTheFormAgainWithWhatIsWrong) {
  const auto page = as(Role::lead).post("/structure/organisations", {{"name", "<b>Odd</b>"}, {"kind", "club"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(page.body.find("&lt;b&gt;Odd"), std::string::npos) << "what was typed comes back";
  EXPECT_EQ(page.body.find("<b>Odd"), std::string::npos);
  const auto told = as(Role::lead).json().post("/structure/organisations", {{"name", ""}, {"kind", ""}});
  EXPECT_EQ(json::parse(told.body)["problems"].size(), 2U);
  add_charity();
  EXPECT_EQ(as(Role::lead).post("/structure/services", {{"name", "Bridge"}}).status, 422);
  const auto service = as(Role::lead).post("/structure/organisations", {{"name", "stepping stones"}, {"kind", "nhs"}});
  EXPECT_EQ(service.status, 422) << "a name twice";
}

TEST_P(Doorway, RenamesWhatIsThere) {
  const auto service = add_bridge();
  as(Role::lead).post("/structure/services/" + service + "/teams", {{"name", "North"}});
  const auto before = structure_as(Role::lead);
  const std::string organisation = before["organisations"][0]["id"];
  const std::string team = before["services"][0]["teams"][0]["id"];
  const std::pair<std::string, std::string> names[] = {
      {"/structure/organisations/" + organisation + "/name", "New Charity"},
      {"/structure/services/" + service + "/name", "New Bridge"},
      {"/structure/teams/" + team + "/name", "New North"},
      {"/structure/name", "New programme"}};
  for (const auto& [path, name] : names) {
    EXPECT_EQ(as(Role::lead).get(path).status, 200) << path;
    EXPECT_EQ(as(Role::lead).post(path, {{"name", name}}).status, 303) << path;
    EXPECT_EQ(as(Role::lead).post(path, {{"name", ""}}).status, 422) << path;
    EXPECT_EQ(as(Role::worker).get(path).status, 404) << path;
    EXPECT_EQ(as(Role::worker).post(path, {{"name", "Mine"}}).status, 404) << path;
  }
  const auto after = structure_as(Role::lead);
  EXPECT_EQ(after["organisations"][0]["name"], "New Charity");
  EXPECT_EQ(after["services"][0]["name"], "New Bridge");
  EXPECT_EQ(after["services"][0]["teams"][0]["name"], "New North");
  EXPECT_EQ(after["programme"], "New programme");
  EXPECT_EQ(as(Role::lead).post("/structure/teams/nowhere/name", {{"name", "Mine"}}).status, 404);
}

struct Row {
  web::Method method;
  std::string path;
  int nobody;  // the page; as JSON nobody is always 404 where it is not open to all
  int worker;
  int lead;
  int administrator;
};

TEST_P(Doorway, LetsInWhoMayEnterAndNobodyElse) {
  const auto service = add_bridge();
  const auto get = web::Method::get;
  const auto post = web::Method::post;
  const Row rows[] = {
      {get, "/sign-in", 200, 303, 303, 303},
      {post, "/sign-in", 422, 422, 422, 422},
      {get, "/account", 303, 200, 200, 200},
      {get, "/structure", 303, 200, 200, 200},
      {get, "/structure/organisations/new", 303, 404, 200, 200},
      {post, "/structure/organisations", 404, 404, 422, 422},
      {get, "/structure/services/new", 303, 404, 200, 200},
      {post, "/structure/services", 404, 404, 422, 422},
      {get, "/structure/services/" + service + "/teams/new", 303, 404, 200, 200},
      {post, "/structure/services/" + service + "/teams", 404, 404, 422, 422},
      {get, "/structure/services/" + service + "/name", 303, 404, 200, 200},
      {post, "/structure/services/" + service + "/name", 404, 404, 422, 422},
      {get, "/structure/name", 303, 404, 200, 404},
      {post, "/structure/name", 404, 404, 422, 404},
      {get, "/structure/services/nowhere/teams/new", 303, 404, 404, 404},
  };
  const auto status = [](const Visitor& visitor, const Row& row) {
    return (row.method == web::Method::get ? visitor.get(row.path) : visitor.post(row.path)).status;
  };
  for (const auto& row : rows) {
    EXPECT_EQ(status(visitor_, row), row.nobody) << row.path;
    EXPECT_EQ(status(as(Role::worker), row), row.worker) << row.path;
    EXPECT_EQ(status(as(Role::lead), row), row.lead) << row.path;
    EXPECT_EQ(status(as(Role::administrator), row), row.administrator) << row.path;
    if (row.path != "/sign-in") {
      EXPECT_EQ(status(visitor_.json(), row), 404) << row.path;
      EXPECT_EQ(status(as(Role::worker).json(), row), row.worker) << row.path;
      EXPECT_EQ(status(as(Role::lead).json(), row), row.lead) << row.path;
    }
  }
}

TEST_P(Doorway, ALeadOfOneServiceDoesNotChangeTheProgramme) {
  auto lead = actor(Role::lead);
  lead.roles[0].reach = {"service", "bridge"};
  EXPECT_EQ(visitor_.as(lead).get("/structure").status, 200);
  EXPECT_EQ(visitor_.as(lead).get("/structure/organisations/new").status, 404);
  EXPECT_EQ(visitor_.as(lead).post("/structure/organisations", {{"name", "Mine"}, {"kind", "nhs"}}).status, 404);
}

TEST_P(Doorway, ALeadOfAnotherProgrammeFindsNothingHere) {
  const auto service = add_bridge();
  const auto other = database().write(Actor::operator_(), {"test.begin", "test", ""}, [](db::Write& write) {
    return add_programme(write, "Hillside", "Europe/London");
  });
  const auto stranger = visitor_.as(tests::somebody(Role::lead, other.text, "account-9"));
  EXPECT_EQ(json::parse(stranger.json().get("/structure").body)["services"], json::array());
  EXPECT_EQ(stranger.post("/structure/services/" + service + "/name", {{"name", "Mine"}}).status, 404);
  EXPECT_EQ(stranger.post("/structure/services/" + service + "/teams", {{"name", "Mine"}}).status, 404);
}

CAIRN_EACH_ENGINE(Doorway);

}  // namespace
}  // namespace cairn::accounts
