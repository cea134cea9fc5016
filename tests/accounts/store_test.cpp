// SPDX-License-Identifier: Apache-2.0
#include "accounts/store.hpp"

#include <gtest/gtest.h>

#include "accounts/store_accounts.hpp"
#include "accounts/store_roles.hpp"
#include "accounts/store_sessions.hpp"
#include "stores.hpp"

namespace cairn::accounts {
namespace {

class Accounts : public tests::EachEngine {
 protected:
  Accounts() {
    programme_ = write([&](db::Write& w) { return add_programme(w, "Riverside peer support", "Europe/London"); });
    lead_ = Actor{"account-1", programme_.text, {{Role::lead, {}, {}, {}}}};
  }
  template <class F>
  std::invoke_result_t<F, db::Write&> write(F&& act) {
    return database().write(Actor::operator_(), {"test.act", "test", ""}, act);
  }
  template <class F>
  std::invoke_result_t<F, db::Read&> read(F&& act) {
    return database().read(act);
  }
  Id<Account> add_robin(std::vector<HeldRole> roles = {{Role::lead, {}, {}, {}}}) {
    return write([&](db::Write& w) {
      return add(w, programme_, NewAccount{"robin@example.org", "Robin Marsh", {"unused"}, roles}, "a kept password");
    });
  }
  std::optional<Session> session(const std::string& token) {
    return read([&](db::Read& r) { return find_session(r, token, clock().now()); });
  }

  Id<Programme> programme_;
  Actor lead_;
};

TEST_P(Accounts, KeepTheStructureOfAProgramme) {
  const auto trust =
      write([&](db::Write& w) { return add(w, programme_, NewOrganisation{"Trust", OrganisationKind::nhs}); });
  const auto charity =
      write([&](db::Write& w) { return add(w, programme_, NewOrganisation{"Charity", OrganisationKind::voluntary}); });
  const NewService bridge{
      "Bridge", charity, trust, false, true, Context::partnership, {Setting::community, Setting::bme}};
  const auto service = write([&](db::Write& w) { return add(w, programme_, bridge); });
  const auto team = write([&](db::Write& w) { return add(w, programme_, NewTeam{"North", service}); });

  const auto structure = read([&](db::Read& r) { return accounts::structure(r, lead_); });
  ASSERT_EQ(structure.organisations.size(), 2U);
  EXPECT_EQ(structure.organisations[0], (Organisation{charity, "Charity", OrganisationKind::voluntary})) << "by name";
  ASSERT_EQ(structure.services.size(), 1U);
  EXPECT_EQ(
      structure.services[0],
      (Service{
          service, charity, "Bridge", trust, false, true, Context::partnership, {Setting::community, Setting::bme}}));
  EXPECT_EQ(structure.teams, (std::vector<Team>{{team, service, "North"}}));

  write([&](db::Write& w) {
    rename(w, programme_, charity, "Stepping Stones");
    rename(w, programme_, service, "Old Bridge");
    rename(w, programme_, team, "South");
    rename_programme(w, programme_, "Riverside and hills");
  });
  const auto renamed = read([&](db::Read& r) { return accounts::structure(r, lead_); });
  EXPECT_EQ(renamed.find(charity)->name, "Stepping Stones");
  EXPECT_EQ(renamed.find(service)->name, "Old Bridge");
  EXPECT_EQ(renamed.find(team)->name, "South");
  EXPECT_EQ(read([&](db::Read& r) { return programme(r, lead_); }).name, "Riverside and hills");
}

TEST_P(Accounts, ShowNobodyAnotherProgramme) {
  write([&](db::Write& w) { return add(w, programme_, NewOrganisation{"Trust", OrganisationKind::nhs}); });
  const auto other = write([&](db::Write& w) { return add_programme(w, "Hillside", "Europe/London"); });
  const Actor stranger{"account-2", other.text, {{Role::lead, {}, {}, {}}}};
  EXPECT_TRUE(read([&](db::Read& r) { return accounts::structure(r, stranger); }).organisations.empty());
  EXPECT_TRUE(read([&](db::Read& r) { return accounts::structure(r, Actor::anyone()); }).organisations.empty());
  EXPECT_THROW(read([&](db::Read& r) { return programme(r, Actor::anyone()); }), NotFound);
}

TEST_P(Accounts, RefuseToRenameWhatIsNotThereAndNamesTwice) {
  const auto trust =
      write([&](db::Write& w) { return add(w, programme_, NewOrganisation{"Trust", OrganisationKind::nhs}); });
  EXPECT_THROW(write([&](db::Write& w) { rename(w, programme_, Id<Organisation>{"nowhere"}, "Name"); }), NotFound);
  EXPECT_THROW(write([&](db::Write& w) { rename(w, {"elsewhere"}, trust, "Name"); }), NotFound);
  EXPECT_THROW(write([&](db::Write& w) { return add(w, programme_, NewOrganisation{"Trust", OrganisationKind::nhs}); }),
               Conflict);
}

TEST_P(Accounts, AreFoundByAddressAndKeptSealed) {
  const auto robin = add_robin();
  const auto found = read([&](db::Read& r) { return find_account_by_email(r, "robin@example.org"); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, robin);
  EXPECT_EQ(found->display_name, "Robin Marsh");
  EXPECT_TRUE(found->open);
  EXPECT_FALSE(read([&](db::Read& r) { return find_account_by_email(r, "wren@example.org"); }));
  const auto stored = read([&](db::Read& r) {
    return *r.find("select email, display_name from account", {},
                   [](const db::Row& row) { return std::string(row.bytes(0)) + std::string(row.bytes(1)); });
  });
  EXPECT_EQ(stored.find("robin"), std::string::npos);
  EXPECT_EQ(stored.find("Marsh"), std::string::npos);
  EXPECT_EQ(read([&](db::Read& r) { return accounts::accounts(r, programme_); }).size(), 1U);
}

TEST_P(Accounts, HaveOneAddressEach) {
  add_robin();
  try {
    add_robin();
    FAIL() << "two accounts of one address";
  } catch (const Conflict& stop) {
    EXPECT_EQ(stop.key(), "account.problem.email_taken");
  }
}

TEST_P(Accounts, HoldRolesOnTheirDays) {
  const HeldRole spring{Role::supervisor, {"service", "bridge"}, Date{2026, 3, 1}, Date{2026, 5, 31}};
  const auto robin = add_robin({{Role::lead, {}, {}, {}}, spring});
  const auto on = [&](Date day) { return read([&](db::Read& r) { return roles_in_force(r, robin, day); }); };
  EXPECT_EQ(on({2026, 2, 28}).size(), 1U);
  EXPECT_EQ(on({2026, 3, 1}), (std::vector<HeldRole>{{Role::lead, {}, {}, {}}, spring}));
  write([&](db::Write& w) { give_role(w, programme_, robin, {Role::trainer, {}, {}, {}}); });
  EXPECT_EQ(on({2026, 3, 1}).size(), 3U);
  const auto lead = read([&](db::Read& r) { return holdings(r, robin); })[0];
  ASSERT_EQ(lead.held.role, Role::lead);
  write([&](db::Write& w) { end_role(w, programme_, robin, lead.id); });
  EXPECT_EQ(on({2026, 2, 28}), (std::vector<HeldRole>{{Role::trainer, {}, {}, {}}}));
  EXPECT_THROW(write([&](db::Write& w) { end_role(w, programme_, robin, lead.id); }), NotFound);
  EXPECT_THROW(write([&](db::Write& w) { give_role(w, {"elsewhere"}, robin, spring); }), NotFound);
}

TEST_P(Accounts, KeepASessionUntilItIsEnded) {
  const auto robin = add_robin();
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  const auto found = session(opened.token);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, robin);
  EXPECT_EQ(found->programme, programme_);
  EXPECT_EQ(found->display_name, "Robin Marsh");
  EXPECT_EQ(found->roles, (std::vector<HeldRole>{{Role::lead, {}, {}, {}}}));
  EXPECT_EQ(found->forgery_token.size(), 43U);
  EXPECT_FALSE(session(opened.token + "x"));
  EXPECT_FALSE(session(""));
  EXPECT_FALSE(session(opened.id)) << "the id is no token";
  write([&](db::Write& w) { end_session(w, opened.id); });
  write([&](db::Write& w) { end_session(w, opened.id); });
  EXPECT_FALSE(session(opened.token));
}

TEST_P(Accounts, SignOutWhoIsIdleHalfAnHour) {
  const auto robin = add_robin();
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  clock().advance(30 * 60);
  ASSERT_TRUE(session(opened.token));
  write([&](db::Write& w) { see_session(w, opened.id); });
  clock().advance(30 * 60);
  ASSERT_TRUE(session(opened.token));
  clock().advance(1);
  EXPECT_FALSE(session(opened.token));
}

TEST_P(Accounts, SignOutWhoeverHoldsADelicateRoleAfterAQuarterOfAnHour) {
  const auto robin = add_robin({{Role::lead, {}, {}, {}}, {Role::safeguarding_lead, {}, {}, {}}});
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  clock().advance(15 * 60);
  EXPECT_TRUE(session(opened.token));
  clock().advance(1);
  EXPECT_FALSE(session(opened.token));
}

TEST_P(Accounts, CountARoleThatWaitsForALeadOnlyOnceConfirmed) {
  const auto robin = add_robin();
  write([&](db::Write& w) { give_role(w, programme_, robin, {Role::worker, {}, {}, {}}, Counts::once_confirmed); });
  const auto all = read([&](db::Read& r) { return holdings(r, robin); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[1].to_confirm);
  EXPECT_EQ(read([&](db::Read& r) { return roles_of(r, robin); }).size(), 1U);
  EXPECT_FALSE(read([&](db::Read& r) { return somebody_holds(r, programme_, Role::worker); }));
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  write([&](db::Write& w) { confirm_role(w, programme_, robin, all[1].id); });
  EXPECT_FALSE(session(opened.token));
  EXPECT_EQ(read([&](db::Read& r) { return roles_of(r, robin); }).size(), 2U);
  EXPECT_TRUE(read([&](db::Read& r) { return somebody_holds(r, programme_, Role::worker); }));
  EXPECT_THROW(write([&](db::Write& w) { confirm_role(w, programme_, robin, "nothing"); }), NotFound);
  write([&](db::Write& w) { set_state(w, programme_, robin, AccountState::closed); });
  EXPECT_FALSE(read([&](db::Read& r) { return somebody_holds(r, programme_, Role::worker); }));
}

TEST_P(Accounts, KeepTheLatestNameAndPassword) {
  const auto robin = add_robin();
  write([&](db::Write& w) { rename(w, robin, "Robin Vale"); });
  write([&](db::Write& w) { rename(w, robin, "Robin Field"); });
  EXPECT_EQ(read([&](db::Read& r) { return find_account(r, robin); })->display_name, "Robin Field");
  EXPECT_EQ(read([&](db::Read& r) { return find_sign_in(r, robin); })->kept_password, "a kept password");
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  write([&](db::Write& w) { set_password(w, robin, "another"); });
  EXPECT_EQ(read([&](db::Read& r) { return find_sign_in(r, "robin@example.org"); })->kept_password, "another");
  EXPECT_FALSE(session(opened.token));
}

TEST_P(Accounts, SignOutEverybodyAfterTwelveHours) {
  const auto robin = add_robin();
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  for (std::int64_t passed = 0; passed < absolute_seconds; passed += 1200) {
    ASSERT_TRUE(session(opened.token)) << passed;
    clock().advance(1200);
    write([&](db::Write& w) { see_session(w, opened.id); });
  }
  clock().advance(1);
  EXPECT_FALSE(session(opened.token));
}

TEST_P(Accounts, KeepFiveSessionsEach) {
  const auto robin = add_robin();
  std::vector<std::string> tokens;
  for (int i = 0; i < 7; ++i, clock().advance(1))
    tokens.push_back(write([&](db::Write& w) { return open_session(w, robin); }).token);
  for (std::size_t i = 0; i < tokens.size(); ++i) EXPECT_EQ(session(tokens[i]).has_value(), i >= 2) << i;
}

TEST_P(Accounts, SignOutWhoeverIsClosedOrHasAnotherRole) {
  const auto robin = add_robin();
  const auto first = write([&](db::Write& w) { return open_session(w, robin); });
  write([&](db::Write& w) { give_role(w, programme_, robin, {Role::trainer, {}, {}, {}}); });
  EXPECT_FALSE(session(first.token));
  const auto second = write([&](db::Write& w) { return open_session(w, robin); });
  write([&](db::Write& w) { set_state(w, programme_, robin, AccountState::closed); });
  EXPECT_FALSE(session(second.token));
  EXPECT_FALSE(read([&](db::Read& r) { return find_sign_in(r, "robin@example.org"); })->open);
  write([&](db::Write& w) { set_state(w, programme_, robin, AccountState::open); });
  EXPECT_TRUE(read([&](db::Read& r) { return find_sign_in(r, "robin@example.org"); })->open);
  EXPECT_FALSE(session(second.token)) << "opening an account again does not bring sessions back";
}

TEST_P(Accounts, NeverKeepATokenItself) {
  const auto robin = add_robin();
  const auto opened = write([&](db::Write& w) { return open_session(w, robin); });
  const auto hash = read([&](db::Read& r) {
    return *r.find("select token_hash from session", {}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  });
  EXPECT_EQ(hash, sha256(opened.token));
}

CAIRN_EACH_ENGINE(Accounts);

TEST(KeptPassword, MatchesItselfUnderTheSameKeyAlone) {
  start_secrets();
  const auto keys = db::Keys::random();
  const auto kept = kept_password(keys, {"seven brass kettles"});
  EXPECT_EQ(kept.find("kettles"), std::string::npos);
  EXPECT_TRUE(matches(keys, kept, "seven brass kettles"));
  EXPECT_FALSE(matches(keys, kept, "seven brass kettle"));
  EXPECT_FALSE(matches(keys, std::nullopt, "seven brass kettles"));
  EXPECT_FALSE(matches(db::Keys::random(), kept, "seven brass kettles"));
}

}  // namespace
}  // namespace cairn::accounts
