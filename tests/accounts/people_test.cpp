// SPDX-License-Identifier: Apache-2.0
#include "accounts/people.hpp"

#include <gtest/gtest.h>

namespace cairn::accounts {
namespace {

const Structure& riverside() {
  static const Structure all = [] {
    Structure made;
    made.organisations = {{{"trust"}, "Trust", OrganisationKind::nhs},
                          {{"charity"}, "Charity", OrganisationKind::voluntary}};
    Service bridge;
    bridge.id = {"bridge"};
    bridge.employer = {"charity"};
    bridge.name = "Bridge";
    bridge.partner = Id<Organisation>{"trust"};
    made.services = {bridge};
    made.teams = {{{"north"}, {"bridge"}, "North"}};
    return made;
  }();
  return all;
}

const Reach everything{};
const Reach charity{"organisation", "charity"};
const Reach trust{"organisation", "trust"};
const Reach bridge{"service", "bridge"};
const Reach north{"team", "north"};

std::vector<HeldRole> holding(Role role, const Reach& reach = {}) {
  return {{role, reach, {}, {}}};
}

TEST(Reaches, LieInOneAnother) {
  EXPECT_EQ(lies_in(everything, riverside()), (std::vector<Reach>{everything}));
  EXPECT_EQ(lies_in(charity, riverside()), (std::vector<Reach>{everything, charity}));
  EXPECT_EQ(lies_in(bridge, riverside()), (std::vector<Reach>{everything, bridge, charity})) << "not in its partner";
  EXPECT_EQ(lies_in(north, riverside()), (std::vector<Reach>{everything, north, bridge, charity}));
  EXPECT_EQ(lies_in({"team", "gone"}, riverside()), (std::vector<Reach>{everything, {"team", "gone"}}));
  EXPECT_TRUE(covers(holding(Role::lead, charity), Role::lead, north, riverside()));
  EXPECT_FALSE(covers(holding(Role::lead, trust), Role::lead, north, riverside()));
  EXPECT_FALSE(covers(holding(Role::lead, bridge), Role::lead, charity, riverside()));
  EXPECT_FALSE(covers(holding(Role::worker), Role::lead, north, riverside()));
}

TEST(Roles, AreCheckedAsTyped) {
  struct Case {
    RoleForm form;
    std::vector<std::string> fields;
  };
  const Date march{2026, 3, 1};
  const Date april{2026, 4, 1};
  const Case cases[] = {
      {{"worker", "programme", {}, {}}, {}},
      {{"worker", "team:north", march, march}, {}},
      {{"partner_lead", "organisation:charity", {}, {}}, {}},
      {{"partner_lead", "programme", {}, {}}, {"reach"}},
      {{"partner_lead", "service:bridge", {}, {}}, {"reach"}},
      {{"administrator", "service:bridge", {}, {}}, {"reach"}},
      {{"queen", "programme", {}, {}}, {"role"}},
      {{"applicant", "programme", {}, {}}, {"role"}},
      {{"operator", "programme", {}, {}}, {"role"}},
      {{"worker", "service:elsewhere", {}, {}}, {"reach"}},
      {{"worker", "study:one", {}, {}}, {"reach"}},
      {{"", "", {}, {}}, {"role", "reach"}},
      {{"worker", "programme", april, march}, {"until"}},
      {{"worker", "programme", {}, {}, true, true}, {"from", "until"}},
  };
  for (const auto& [form, fields] : cases) {
    const auto checked = check(form, riverside(), "-2");
    std::vector<std::string> wrong;
    if (!checked)
      for (const auto& problem : checked.problems()) wrong.push_back(problem.field.substr(0, problem.field.size() - 2));
    EXPECT_EQ(wrong, fields) << form.role << " " << form.reach;
  }
}

TEST(Invitations, TellEveryProblemAtOnce) {
  const auto checked =
      check(InvitationForm{"nobody", "", {{"worker", "programme", {}, {}}, {"", "programme", {}, {}}}}, riverside());
  ASSERT_FALSE(checked);
  std::vector<std::string> fields;
  for (const auto& problem : checked.problems()) fields.push_back(problem.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"email", "display_name", "role-2"}));
}

TEST(Roles, AreGivenByWhoeverMay) {
  struct Case {
    std::vector<HeldRole> giver;
    Role role;
    Reach reach;
    bool a_lead_is_there;
    Giving giving;
  };
  const auto lead = holding(Role::lead);
  const auto local = holding(Role::lead, bridge);
  const auto administrator = holding(Role::administrator);
  const std::vector<HeldRole> both{{Role::lead, {}, {}, {}}, {Role::administrator, {}, {}, {}}};
  const Case cases[] = {
      {lead, Role::worker, everything, true, Giving::now},
      {lead, Role::lead, everything, true, Giving::now},
      {lead, Role::administrator, everything, true, Giving::not_theirs},
      {local, Role::worker, north, true, Giving::now},
      {local, Role::worker, charity, true, Giving::not_theirs},
      {local, Role::lead, everything, true, Giving::not_theirs},
      {administrator, Role::administrator, everything, true, Giving::now},
      {administrator, Role::worker, north, true, Giving::once_confirmed},
      {administrator, Role::lead, everything, true, Giving::once_confirmed},
      {administrator, Role::lead, everything, false, Giving::now},
      {administrator, Role::worker, everything, false, Giving::once_confirmed},
      {both, Role::worker, everything, true, Giving::now},
      {both, Role::administrator, everything, true, Giving::now},
      {holding(Role::worker), Role::worker, everything, true, Giving::not_theirs},
      {holding(Role::partner_lead, charity), Role::worker, bridge, true, Giving::not_theirs},
  };
  for (const auto& one : cases)
    EXPECT_EQ(giving({one.role, one.reach, {}, {}}, one.giver, one.a_lead_is_there, riverside()), one.giving)
        << name(one.giver[0].role) << " gives " << name(one.role) << " over " << reach_code(one.reach);
}

TEST(Roles, AreConfirmedAndEndedWithinReach) {
  const auto worker = holding(Role::worker, north)[0];
  const auto administrator = holding(Role::administrator)[0];
  EXPECT_TRUE(may_confirm(worker, holding(Role::lead, charity), riverside()));
  EXPECT_FALSE(may_confirm(worker, holding(Role::lead, trust), riverside()));
  EXPECT_FALSE(may_confirm(worker, holding(Role::administrator), riverside()));
  EXPECT_FALSE(may_confirm(administrator, holding(Role::lead), riverside()));
  EXPECT_TRUE(may_end(worker, holding(Role::administrator), riverside()));
  EXPECT_FALSE(may_end(administrator, holding(Role::lead), riverside()));
  EXPECT_FALSE(may_end(worker, holding(Role::worker), riverside()));
}

TEST(Accounts, AreClosedByWhoeverReachesAllOfThem) {
  const Actor lead{"me", "p", holding(Role::lead, bridge)};
  const Id<Account> other{"other"};
  const std::vector<HeldRole> wide{{Role::worker, north, {}, {}}, {Role::trainer, trust, {}, {}}};
  EXPECT_TRUE(may_close(lead, other, holding(Role::worker, north), riverside()));
  EXPECT_FALSE(may_close(lead, other, wide, riverside()));
  EXPECT_FALSE(may_close(lead, other, {}, riverside())) << "whoever has no role is for the whole programme's lead";
  EXPECT_TRUE(may_close({"me", "p", holding(Role::lead)}, other, {}, riverside()));
  EXPECT_TRUE(may_close({"me", "p", holding(Role::administrator)}, other, wide, riverside()));
  EXPECT_FALSE(may_close({"me", "p", holding(Role::administrator)}, {"me"}, wide, riverside())) << "nobody their own";
  EXPECT_TRUE(looks_after(lead.roles, wide, riverside()));
  EXPECT_FALSE(looks_after(lead.roles, holding(Role::worker, trust), riverside()));
}

TEST(LostSecondStep, IsConfirmedByAnotherPersonOfAnotherOffice) {
  struct Case {
    Teller first;
    Teller second;
    bool another_lead;
    bool may;
  };
  const Teller lead{"lead", true, false};
  const Teller lead2{"lead2", true, false};
  const Teller it{"it", false, true};
  const Teller it2{"it2", false, true};
  const Teller both{"both", true, true};
  const Teller command{"operator", false, true};
  const Teller owner{"owner", true, true};
  const Case cases[] = {{lead, it, true, true},        {it, lead, true, true},      {lead, lead, true, false},
                        {lead, lead2, true, false},    {it, it2, true, false},      {both, it, true, true},
                        {both, both, true, false},     {command, lead, true, true}, {command, it, true, false},
                        {command, it, false, true},    {owner, it, true, false},    {it, owner, true, false},
                        {command, owner, false, false}};
  for (const auto& one : cases)
    EXPECT_EQ(may_confirm_lost(one.first, one.second, "owner", one.another_lead), one.may)
        << one.first.id << " then " << one.second.id;
}

}  // namespace
}  // namespace cairn::accounts
