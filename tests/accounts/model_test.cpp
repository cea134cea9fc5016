// SPDX-License-Identifier: Apache-2.0
#include "accounts/model.hpp"

#include <gtest/gtest.h>

#include "accounts/account.hpp"
#include "base/stop.hpp"

namespace cairn::accounts {
namespace {

std::vector<std::string> keys(const std::vector<Problem>& problems) {
  std::vector<std::string> all;
  for (const auto& problem : problems) all.push_back(problem.field + ":" + problem.key);
  return all;
}

Structure riverside() {
  Structure structure;
  structure.organisations = {{{"trust"}, "Riverside NHS Trust", OrganisationKind::nhs},
                             {{"charity"}, "Stepping Stones", OrganisationKind::voluntary},
                             {{"council"}, "Riverside Council", OrganisationKind::council}};
  Service ward;
  ward.id = {"ward"};
  ward.employer = {"trust"};
  ward.name = "Willow Ward";
  structure.services = {ward};
  structure.teams = {{{"days"}, {"ward"}, "Day team"}};
  return structure;
}

struct ContextCase {
  OrganisationKind employer;
  std::optional<OrganisationKind> partner;
  bool premises;
  bool referral;
  Context context;
};

TEST(Context, FollowsFromWhoEmploysAndWhatTiesThereAre) {
  using enum OrganisationKind;
  const ContextCase cases[] = {
      {nhs, {}, false, false, Context::nhs},
      {nhs, voluntary, true, true, Context::nhs},
      {voluntary, nhs, true, false, Context::partnership},
      {voluntary, nhs, false, true, Context::partnership},
      {council, nhs, true, true, Context::partnership},
      {voluntary, nhs, false, false, Context::voluntary},    // an agreement alone does not bring the people
      {voluntary, {}, true, true, Context::voluntary},       // friendly contact without an agreement
      {voluntary, council, true, true, Context::voluntary},  // council money is no tie to the NHS
      {council, {}, false, false, Context::voluntary},
  };
  for (const auto& one : cases)
    EXPECT_EQ(context_of({one.employer, one.partner, one.premises, one.referral}), one.context)
        << code(one.employer) << (one.partner ? code(*one.partner) : "-") << one.premises << one.referral;
}

TEST(Context, IsNotTheEmployerSide) {
  EXPECT_EQ(employer_side(OrganisationKind::nhs), EmployerSide::statutory);
  EXPECT_EQ(employer_side(OrganisationKind::council), EmployerSide::statutory);
  EXPECT_EQ(employer_side(OrganisationKind::voluntary), EmployerSide::voluntary);
}

TEST(Codes, AreReadAsTheyAreWritten) {
  for (const auto kind : {OrganisationKind::nhs, OrganisationKind::council, OrganisationKind::voluntary})
    EXPECT_EQ(organisation_kind(code(kind)), kind);
  for (const auto context : {Context::nhs, Context::partnership, Context::voluntary})
    EXPECT_EQ(context_from_code(code(context)), context);
  for (const auto setting : {Setting::inpatient, Setting::community, Setting::bme})
    EXPECT_EQ(setting_from_code(code(setting)), setting);
  EXPECT_FALSE(organisation_kind("NHS"));
  EXPECT_FALSE(setting_from_code(""));
}

TEST(Organisation, NeedsANameNobodyHasAndAKind) {
  const auto good = check(OrganisationForm{"  Lantern House ", "voluntary"}, riverside());
  ASSERT_TRUE(good);
  EXPECT_EQ(good->name, "Lantern House");
  EXPECT_EQ(good->kind, OrganisationKind::voluntary);

  EXPECT_EQ(keys(check(OrganisationForm{"", "trust"}, riverside()).problems()),
            (std::vector<std::string>{"name:structure.problem.no_name", "kind:structure.problem.no_kind"}));
  EXPECT_EQ(keys(check(OrganisationForm{"stepping stones", "nhs"}, riverside()).problems()),
            (std::vector<std::string>{"name:structure.problem.name_taken"}));
  EXPECT_EQ(keys(check(OrganisationForm{std::string(201, 'a'), "nhs"}, riverside()).problems()),
            (std::vector<std::string>{"name:structure.problem.long_name"}));
  EXPECT_TRUE(check(OrganisationForm{std::string(200, 'a'), "nhs"}, riverside()));
  for (const auto* odd : {"two\nlines", "\xff\xfe", "tab\there"})
    EXPECT_EQ(keys(check(OrganisationForm{odd, "nhs"}, riverside()).problems()),
              (std::vector<std::string>{"name:structure.problem.odd_name"}));
}

TEST(Service, TakesItsContextFromItsForm) {
  const auto service =
      check(ServiceForm{"Bridge", "charity", "trust", {"nhs_referral"}, {"bme", "community"}}, riverside());
  ASSERT_TRUE(service);
  EXPECT_EQ(service->context, Context::partnership);
  EXPECT_EQ(service->settings, (std::vector{Setting::community, Setting::bme}));
  EXPECT_TRUE(service->nhs_referral);
  EXPECT_FALSE(service->nhs_premises);
}

TEST(Service, TellsEveryProblemInTheOrderOfTheForm) {
  EXPECT_EQ(keys(check(ServiceForm{"willow ward", "nobody", "charity", {}, {}}, riverside()).problems()),
            (std::vector<std::string>{"name:structure.problem.name_taken", "employer:structure.problem.no_employer",
                                      "settings:structure.problem.no_setting"}));
  EXPECT_EQ(keys(check(ServiceForm{"Bridge", "trust", "trust", {}, {"community"}}, riverside()).problems()),
            (std::vector<std::string>{"partner:structure.problem.odd_partner"}));
  EXPECT_EQ(
      keys(check(ServiceForm{"Bridge", "trust", "nobody", {}, {"prison"}}, riverside()).problems()),
      (std::vector<std::string>{"partner:structure.problem.odd_partner", "settings:structure.problem.no_setting"}));
}

TEST(Team, BelongsToAServiceThatIsThere) {
  EXPECT_TRUE(check_team("Night team", {"ward"}, riverside()));
  EXPECT_EQ(keys(check_team("day TEAM", {"ward"}, riverside()).problems()),
            (std::vector<std::string>{"name:structure.problem.name_taken"}));
  EXPECT_THROW(check_team("Night team", {"elsewhere"}, riverside()), NotFound);
}

TEST(HeldRole, HoldsOnItsFirstAndItsLastDay) {
  const HeldRole held{Role::lead, {}, Date{2026, 3, 1}, Date{2026, 3, 31}};
  EXPECT_FALSE(in_force(held, Date{2026, 2, 28}));
  EXPECT_TRUE(in_force(held, Date{2026, 3, 1}));
  EXPECT_TRUE(in_force(held, Date{2026, 3, 31}));
  EXPECT_FALSE(in_force(held, Date{2026, 4, 1}));
  EXPECT_TRUE(in_force(HeldRole{Role::lead, {}, {}, {}}, Date{1999, 1, 1}));
}

TEST(HeldRole, CountsForTheProgrammeOnlyWhereItReachesAllOfIt) {
  const Actor whole{"a", "p", {{Role::lead, {}, {}, {}}}};
  const Actor part{"a", "p", {{Role::lead, {"service", "ward"}, {}, {}}}};
  EXPECT_TRUE(holds_for_programme(whole, Role::lead));
  EXPECT_FALSE(holds_for_programme(whole, Role::administrator));
  EXPECT_FALSE(holds_for_programme(part, Role::lead));
}

TEST(Account, IsCheckedWhole) {
  const auto fine = check(AccountForm{" Robin@Example.ORG ", "", "seven brass kettles hum", {"lead"}}, {"Riverside"});
  ASSERT_TRUE(fine);
  EXPECT_EQ(fine->email, "robin@example.org");
  EXPECT_EQ(fine->display_name, "robin@example.org");
  EXPECT_EQ(fine->roles, (std::vector<HeldRole>{{Role::lead, {}, {}, {}}}));

  EXPECT_EQ(keys(check(AccountForm{"robin", std::string(201, 'a'), "short", {"operator"}}, {}).problems()),
            (std::vector<std::string>{"email:account.problem.email", "display_name:account.problem.name",
                                      "password:password.problem.short", "roles:account.problem.role"}));
  EXPECT_EQ(keys(check(AccountForm{"robin@example.org", "", "seven brass kettles hum", {}}, {}).problems()),
            (std::vector<std::string>{"roles:account.problem.no_role"}));
}

TEST(Account, GetsContentRolesFromALeadAlone) {
  Account lead;
  lead.roles = {{Role::lead, {}, {}, {}}};
  Account closed = lead;
  closed.open = false;
  const HeldRole a_lead{Role::lead, {}, {}, {}};
  EXPECT_TRUE(operator_may_give({Role::administrator, {}, {}, {}}, {lead}));
  EXPECT_TRUE(operator_may_give(a_lead, {}));
  EXPECT_TRUE(operator_may_give(a_lead, {closed}));
  EXPECT_FALSE(operator_may_give(a_lead, {lead}));
  EXPECT_FALSE(operator_may_give({Role::supervisor, {}, {}, {}}, {}));
}

TEST(Account, OfAnAdministratorAloneIsSignedOutSooner) {
  const HeldRole administrator{Role::administrator, {}, {}, {}};
  const HeldRole lead{Role::lead, {}, {}, {}};
  EXPECT_TRUE(is_administrator_only({administrator}));
  EXPECT_FALSE(is_administrator_only({administrator, lead}));
  EXPECT_FALSE(is_administrator_only({}));
}

}  // namespace
}  // namespace cairn::accounts
