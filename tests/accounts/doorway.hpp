// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accounts/actions.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_second_factor.hpp"
#include "accounts/totp.hpp"
#include "app/visitor.hpp"
#include "jobs/store_letters.hpp"
#include "stores.hpp"
#include "web/languages.hpp"

namespace cairn::tests {

// The value of a cookie that a reply sets, or "".
inline std::string cookie(const web::Reply& reply, const std::string& name) {
  for (const auto& [header, value] : reply.headers)
    if (header == "Set-Cookie" && value.starts_with(name + "=")) {
      const auto start = name.size() + 1;
      return value.substr(start, value.find(';') - start);
    }
  return "";
}

// A programme with a lead, an administrator and a worker, whose addresses are their roles at example.org, and every
// route of accounts, in earnest.
class Doorway : public EachEngine {
 protected:
  static constexpr std::string_view password = "seven brass kettles hum";

  Doorway() : visitor_(routes({})) {
    database().write(Actor::operator_(), {"test.begin", "test", ""}, [&](db::Write& write) {
      programme_ = accounts::add_programme(write, "Larkmoor peer support", "Europe/London");
      for (const auto role : {Role::lead, Role::administrator, Role::worker})
        ids_[role] = add_account(write, std::string(name(role)), {{role, {}, {}, {}}});
    });
  }
  Id<accounts::Account> add_account(db::Write& write, const std::string& who, const std::vector<HeldRole>& roles) {
    // Hashed once for each key: it is slow on purpose.
    static std::map<std::string, std::string> hashed;
    auto& kept = hashed[write.keys().id()];
    if (kept.empty()) kept = accounts::kept_password(write.keys(), {std::string(password)});
    return accounts::add(write, programme_, accounts::NewAccount{who + "@example.org", "Robin " + who, {}, roles},
                         kept);
  }
  Id<accounts::Account> add_account(const std::string& who, const std::vector<HeldRole>& roles) {
    return database().write(Actor::operator_(), {"test.add", "test", ""},
                            [&](db::Write& write) { return add_account(write, who, roles); });
  }
  web::Routes routes(std::vector<accounts::MadeUpPerson> made_up) {
    web::Routes all;
    accounts::add_routes(all, {.database = database(),
                               .policy = shipped_policy(),
                               .throttle = throttle_,
                               .made_up = std::move(made_up),
                               .look_round = &look_round_,
                               .setup = &setup_});
    return all;
  }

  Actor actor(Role role) { return somebody(role, programme_.text, ids_[role].text); }
  // Anybody, at the time of the clock.
  Visitor visitor() { return visitor_.at(clock().now()); }
  Visitor as(Role role) { return visitor().as(actor(role)); }
  nlohmann::json data(const web::Reply& reply) { return nlohmann::json::parse(reply.body); }

  web::Reply type_password(const std::string& who, std::string_view typed = password, const std::string& device = "") {
    return visitor()
        .with_cookies("", device)
        .post("/sign-in", {{"email", who + "@example.org"}, {"password", std::string(typed)}, {"next", "/structure"}});
  }
  // What the app of an account shows now. The account has set up its second step, or is about to.
  std::string code_of(const Id<accounts::Account>& account) {
    const auto factor = database().read([&](db::Read& read) {
      const auto in_force = accounts::find_second_factor(read, account);
      return in_force ? in_force : accounts::find_offer(read, account, clock().now());
    });
    return accounts::code_at(factor->seed, accounts::step_at(clock().now()));
  }
  struct Inside {
    web::SignedIn who;
    std::string session;
    std::string device;
    std::vector<std::string> recovery_codes;  // where the second step was set up on the way
  };
  // All of signing in, half a minute later each time, since a code counts once.
  Inside sign_in(const std::string& who, const Id<accounts::Account>& account, const std::string& device = "") {
    clock().advance(30);
    const auto begun = type_password(who, password, device);
    EXPECT_EQ(begun.status, 303);
    const auto there = visitor().json().with_cookies(cookie(begun, "__Host-cairn"), device);
    const bool first_time = header(begun, "Location").starts_with("/sign-in/set-up");
    const auto done = there.post(first_time ? "/sign-in/set-up" : "/sign-in/code", {{"code", code_of(account)}});
    EXPECT_EQ(done.status, first_time ? 200 : 201);
    Inside inside{{}, cookie(done, "__Host-cairn"), cookie(done, "__Host-cairn-device"), {}};
    const auto found = accounts::signed_in_by(database(), inside.session, clock().now());
    EXPECT_TRUE(found);
    if (found) inside.who = *found;
    if (first_time) inside.recovery_codes = data(done)["recovery_codes"].get<std::vector<std::string>>();
    return inside;
  }
  Inside sign_in(Role role) { return sign_in(std::string(name(role)), ids_[role]); }
  Visitor inside(const Inside& in) { return visitor().signed_in(in.who).with_cookies(in.session, in.device); }

  // The letters of a kind that wait, the newest first, as they would be sent now.
  std::vector<jobs::Letter> letters(const std::string& kind) {
    const auto kinds =
        accounts::letters(languages_, clock().clock(), [] { return std::string("https://cairn.example"); });
    return database().read([&](db::Read& read) {
      std::vector<jobs::Letter> all;
      for (const auto& row : jobs::letters(read, kind, 100))
        if (const auto waiting = jobs::find_waiting_letter(read, row.id))
          if (const auto letter = kinds.find(kind)->second.compose(read, waiting->about)) all.push_back(*letter);
      return all;
    });
  }
  // The path of the link in a letter.
  static std::string link_in(const jobs::Letter& letter) {
    const std::string site = "https://cairn.example";
    const auto start = letter.body.find(site) + site.size();
    return letter.body.substr(start, letter.body.find('\n', start) - start);
  }

  accounts::Throttle throttle_;
  accounts::OneTimeLinks look_round_;
  accounts::SetupCode setup_{"abcd-efgh-ijkl"};
  web::Languages languages_;
  Id<accounts::Programme> programme_;
  std::map<Role, Id<accounts::Account>> ids_;
  Visitor visitor_;
};

}  // namespace cairn::tests
