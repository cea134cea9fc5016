// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accounts/doorway.hpp"
#include "accounts/store_roles.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {
namespace {

using tests::Visitor;

class People : public tests::Doorway {
 protected:
  People() {
    database().write(Actor::operator_(), {"test.begin", "test", ""}, [&](db::Write& write) {
      const auto charity = add(write, programme_, NewOrganisation{"Stepping Stones", OrganisationKind::voluntary});
      charity_ = charity.text;
      for (const std::string name : {"Bridge", "Harbour"})
        services_.push_back(add(write, programme_,
                                NewService{name, charity, {}, false, false, Context::voluntary, {Setting::community}})
                                .text);
    });
    sam_ = add_account("sam", {{Role::worker, {"service", services_[0]}, {}, {}}});
  }
  Visitor lead_of(std::size_t service) {
    return visitor().as({"local", programme_.text, {{Role::lead, {"service", services_[service]}, {}, {}}}});
  }
  std::string path(const Id<Account>& account) { return "/people/" + account.text; }
  std::vector<Holding> held(const Id<Account>& account) {
    return database().read([&](db::Read& read) { return holdings(read, account); });
  }

  std::string charity_;
  std::vector<std::string> services_;
  Id<Account> sam_;
};

TEST_P(People, AreListedWithinReach) {
  const auto names = [&](const Visitor& visitor) {
    std::vector<std::string> all;
    const auto told = data(visitor.json().get("/people"));
    for (const auto& one : told["people"]) all.push_back(one["name"]);
    return all;
  };
  const std::vector<std::string> everybody{"Robin administrator", "Robin lead", "Robin sam", "Robin worker"};
  EXPECT_EQ(names(as(Role::lead)), everybody);
  EXPECT_EQ(names(as(Role::administrator)), everybody);
  EXPECT_EQ(names(lead_of(0)), (std::vector<std::string>{"Robin sam"}));
  EXPECT_EQ(names(lead_of(1)), std::vector<std::string>());
  const auto page = as(Role::lead).get("/people").body;
  for (const auto* words : {"Robin sam", "Peer worker · Bridge", "/people/invite"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
  EXPECT_EQ(lead_of(1).get(path(sam_)).status, 404) << "out of reach is not there";
  EXPECT_EQ(lead_of(0).get(path(sam_)).status, 200);
  EXPECT_EQ(lead_of(0).get(path({"nobody"})).status, 404);
}

TEST_P(People, GetRolesForATimeAndAPlace) {
  const auto token = database().write(Actor::operator_(), {"test.open", "session", ""},
                                      [&](db::Write& write) { return open_session(write, sam_); });
  const auto give = [&](const Visitor& visitor, const std::string& role, const std::string& reach) {
    return visitor
        .post(path(sam_) + "/roles",
              {{"role", role}, {"reach", reach}, {"until-day", "31"}, {"until-month", "3"}, {"until-year", "2026"}})
        .status;
  };
  EXPECT_EQ(give(lead_of(0), "supervisor", "service:" + services_[0]), 303);
  EXPECT_EQ(give(lead_of(0), "supervisor", "service:" + services_[1]), 422);
  EXPECT_EQ(give(lead_of(1), "supervisor", "service:" + services_[1]), 404);
  EXPECT_EQ(give(as(Role::lead), "administrator", "programme"), 422);
  EXPECT_EQ(give(as(Role::lead), "partner_lead", "programme"), 422);
  EXPECT_EQ(give(as(Role::lead), "partner_lead", "organisation:" + charity_), 303);
  clock().advance(1);
  EXPECT_EQ(give(as(Role::administrator), "trainer", "programme"), 303);
  const auto all = held(sam_);
  ASSERT_EQ(all.size(), 4U);
  const auto supervisor =
      std::find_if(all.begin(), all.end(), [](const Holding& one) { return one.held.role == Role::supervisor; });
  EXPECT_EQ(supervisor->held, (HeldRole{Role::supervisor, {"service", services_[0]}, {}, Date{2026, 3, 31}}));
  EXPECT_TRUE(all[3].to_confirm);
  EXPECT_FALSE(signed_in_by(database(), token.token, clock().now())) << "a new role, a new session";
  EXPECT_EQ(as(Role::lead).post(path(sam_) + "/roles/" + supervisor->id + "/end").status, 303);
  EXPECT_EQ(as(Role::lead).post(path(sam_) + "/roles/" + supervisor->id + "/end").status, 404);
  EXPECT_EQ(held(sam_).size(), 3U);
  const auto own = held(ids_[Role::lead])[0].id;
  EXPECT_EQ(as(Role::lead).post(path(ids_[Role::lead]) + "/roles/" + own + "/end").status, 404) << "nobody their own";
  EXPECT_EQ(as(Role::administrator).post(path(ids_[Role::lead]) + "/roles/" + own + "/end").status, 303);
  EXPECT_EQ(as(Role::lead)
                .post(path(sam_) + "/roles", {{"role", "worker"},
                                              {"reach", "programme"},
                                              {"from-day", "31"},
                                              {"from-month", "2"},
                                              {"from-year", "2026"}})
                .status,
            422)
      << "no such day";
}

TEST_P(People, WhoLeaveLoseAccessTheSameMoment) {
  const auto sam = sign_in("sam", sam_);
  EXPECT_EQ(as(Role::lead).get(path(sam_) + "/close").status, 200);
  EXPECT_TRUE(signed_in_by(database(), sam.session, clock().now()));
  EXPECT_EQ(as(Role::lead).post(path(sam_) + "/close").status, 303);
  EXPECT_FALSE(signed_in_by(database(), sam.session, clock().now()));
  EXPECT_EQ(type_password("sam").status, 422);
  EXPECT_NE(as(Role::lead).get("/people").body.find("Closed"), std::string::npos);
  EXPECT_EQ(as(Role::lead).post(path(sam_) + "/reopen").status, 303);
  clock().advance(1);
  EXPECT_EQ(type_password("sam").status, 303);
  EXPECT_FALSE(signed_in_by(database(), sam.session, clock().now())) << "sessions do not come back";
  EXPECT_EQ(as(Role::lead).post(path(ids_[Role::lead]) + "/close").status, 404) << "nobody their own";
  EXPECT_EQ(lead_of(0).post(path(ids_[Role::worker]) + "/close").status, 404);
}

TEST_P(People, ARoleWhoseLastDayIsOverOpensNothing) {
  const auto pat = add_account("pat", {{Role::supervisor, {}, {}, Date{2026, 3, 3}}});
  const auto in = sign_in("pat", pat);
  EXPECT_TRUE(in.who.actor.has(Role::supervisor));
  clock().advance(15 * 60 * 60);
  const auto next = sign_in("pat", pat, in.device);
  EXPECT_FALSE(next.who.actor.has(Role::supervisor));
}

TEST_P(People, SeeAndEndTheirOwnSessions) {
  const auto first = sign_in("sam", sam_);
  const auto second = sign_in("sam", sam_, first.device);
  const auto third = sign_in("sam", sam_, first.device);
  const auto told = data(inside(third).json().get("/account"))["sessions"];
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0]["this"], true);
  EXPECT_EQ(inside(third).post("/account/sessions/" + first.who.session_id + "/end").status, 303);
  EXPECT_FALSE(signed_in_by(database(), first.session, clock().now()));
  const auto lead = sign_in(Role::lead);
  EXPECT_EQ(inside(lead).post("/account/sessions/" + second.who.session_id + "/end").status, 404) << "somebody else's";
  EXPECT_EQ(inside(third).post("/account/sessions/end-others").status, 303);
  EXPECT_FALSE(signed_in_by(database(), second.session, clock().now()));
  EXPECT_TRUE(signed_in_by(database(), third.session, clock().now()));
}

TEST_P(People, ChangeTheirOwnNameAndPassword) {
  const auto in = sign_in("sam", sam_);
  EXPECT_EQ(inside(in).get("/account/name").status, 200);
  EXPECT_EQ(inside(in).post("/account/name", {{"display_name", ""}}).status, 422);
  EXPECT_EQ(inside(in).post("/account/name", {{"display_name", "Sam Field"}}).status, 303);
  EXPECT_EQ(signed_in_by(database(), in.session, clock().now())->display_name, "Sam Field");
  const auto change = [&](std::string_view current, std::string_view chosen) {
    return inside(in).post("/account/password", {{"current", std::string(current)}, {"password", std::string(chosen)}});
  };
  EXPECT_EQ(inside(in).get("/account/password").status, 200);
  EXPECT_EQ(change(password, "short").status, 422);
  EXPECT_EQ(change("wrong wrong wrong", "nine brass kettles sing").status, 422);
  clock().advance(1);
  const auto changed = change(password, "nine brass kettles sing");
  ASSERT_EQ(changed.status, 303);
  EXPECT_FALSE(signed_in_by(database(), in.session, clock().now()));
  EXPECT_TRUE(signed_in_by(database(), tests::cookie(changed, "__Host-cairn"), clock().now()));
  EXPECT_EQ(letters("account.notice").size(), 1U);
  EXPECT_EQ(type_password("sam", "nine brass kettles sing").status, 303);
}

struct Row {
  web::Method method;
  std::string path;
  int nobody;
  int worker;
  int lead;
  int administrator;
};

TEST_P(People, LetInWhoMayEnterAndNobodyElse) {
  const auto get = web::Method::get;
  const auto post = web::Method::post;
  const auto sam = path(sam_);
  const Row rows[] = {
      {get, "/people", 303, 404, 200, 200},
      {get, "/people/invite", 303, 404, 200, 200},
      {post, "/people/invite", 404, 404, 422, 422},
      {get, "/people/invitations/none", 303, 404, 404, 404},
      {post, "/people/invitations/none/revoke", 404, 404, 404, 404},
      {get, sam, 303, 404, 200, 200},
      {get, sam + "/roles/new", 303, 404, 200, 200},
      {post, sam + "/roles", 404, 404, 422, 422},
      {post, sam + "/roles/none/confirm", 404, 404, 404, 404},
      {post, sam + "/roles/none/end", 404, 404, 404, 404},
      {get, sam + "/close", 303, 404, 200, 200},
      {post, sam + "/second-step/lost", 404, 404, 404, 404},
      {post, sam + "/second-step/confirm", 404, 404, 404, 404},
      {post, sam + "/second-step/stop", 404, 404, 404, 404},
      {get, "/account/name", 303, 200, 200, 200},
      {post, "/account/name", 404, 422, 422, 422},
      {get, "/account/password", 303, 200, 200, 200},
      {get, "/account/second-step", 303, 200, 200, 200},
      {get, "/account/second-step/new", 303, 303, 303, 303},
      {post, "/account/second-step/not-lost", 404, 404, 404, 404},
      {post, "/account/sessions/none/end", 404, 404, 404, 404},
      {get, "/setup", 404, 404, 404, 404},
      {post, "/setup", 404, 404, 404, 404},
      {get, "/setup/programme", 303, 404, 404, 404},
      {post, "/setup/programme", 404, 404, 404, 404},
      {get, "/setup/administrator", 303, 404, 404, 404},
      {post, "/setup/administrator", 404, 404, 404, 404},
      {post, "/setup/finish", 404, 404, 404, 404},
      {get, "/sign-in/forgotten", 200, 200, 200, 200},
  };
  const auto status = [](const Visitor& visitor, const Row& row) {
    return (row.method == web::Method::get ? visitor.get(row.path) : visitor.post(row.path)).status;
  };
  for (const auto& row : rows) {
    EXPECT_EQ(status(visitor(), row), row.nobody) << row.path;
    EXPECT_EQ(status(as(Role::worker), row), row.worker) << row.path;
    EXPECT_EQ(status(as(Role::lead), row), row.lead) << row.path;
    EXPECT_EQ(status(as(Role::administrator), row), row.administrator) << row.path;
    const auto as_json = [](int page) { return page == 303 ? 404 : page; };
    EXPECT_EQ(status(visitor().json(), row), as_json(row.nobody)) << row.path;
    // Where a page leads on, JSON tells where to.
    const auto leads_on = [](int page) { return page == 303 ? 201 : page; };
    EXPECT_EQ(status(as(Role::worker).json(), row), leads_on(row.worker)) << row.path;
    EXPECT_EQ(status(as(Role::lead).json(), row), leads_on(row.lead)) << row.path;
  }
}

CAIRN_EACH_ENGINE(People);

}  // namespace
}  // namespace cairn::accounts
