// SPDX-License-Identifier: Apache-2.0
#include "evaluation/rounds.hpp"

#include <gtest/gtest.h>

namespace cairn::evaluation {
namespace {

using instruments::AskingState;

TEST(RoundSites, AreTheServicesWithTheGroupsTheyCountFor) {
  accounts::Structure structure;
  structure.organisations = {{{"o1"}, "Stepping Stones", accounts::OrganisationKind::voluntary}};
  accounts::Service one;
  one.id = {"s1"};
  one.employer = {"o1"};
  one.name = "Willow Ward";
  one.context = accounts::Context::partnership;
  one.settings = {accounts::Setting::inpatient};
  auto two = one;
  two.id = {"s2"};
  two.name = "Both";
  two.settings = {accounts::Setting::inpatient, accounts::Setting::community};
  structure.services = {one, two};
  const auto sites = possible_sites(structure);
  ASSERT_EQ(sites.size(), 2U);
  EXPECT_EQ(sites[0], (instruments::AskedSite{1, "s1", "Willow Ward", "voluntary", "partnership", "inpatient"}));
  EXPECT_EQ(sites[1].number, 2);
  EXPECT_EQ(sites[1].setting, "") << "a service in two settings is in no group of settings";
}

TEST(RoundSites, AreNumberedFromOneOnceTheyWereChosen) {
  instruments::NewAsking asking;
  asking.sites = {{2, "s2", "B", "", "", ""}, {5, "s5", "E", "", "", ""}};
  asking.groups = {{5, "coworker", 4, 0}, {2, "coworker", 3, 0}};
  const auto now = numbered(asking);
  EXPECT_EQ(now.sites[0].number, 1);
  EXPECT_EQ(now.sites[1].number, 2);
  EXPECT_EQ(now.groups[0], (instruments::AskedGroup{2, "coworker", 4, 0}));
  EXPECT_EQ(now.groups[1], (instruments::AskedGroup{1, "coworker", 3, 0}));
}

TEST(RoundStanding, IsToldOfGroupsThatAreNotTooSmall) {
  struct Row {
    std::int64_t hoped_for;
    std::int64_t answered;
    std::optional<Told> told;
  };
  const Row rows[] = {{0, 3, {}},           {5, 0, Told::not_yet}, {5, 4, Told::not_yet}, {5, 5, Told::enough},
                      {8, 9, Told::enough}, {4, 0, Told::too_few}, {4, 4, Told::too_few}, {1, 1, Told::too_few}};
  for (const auto& row : rows)
    EXPECT_EQ(told({1, "coworker", row.hoped_for, row.answered}, 5), row.told)
        << row.answered << " of " << row.hoped_for;
}

TEST(RoundNextAct, FollowsFromHowItStands) {
  instruments::Asking asking;
  asking.groups = {{1, "coworker", 5, 0}};
  auto enough = asking;
  enough.groups[0].answered = 5;
  struct Row {
    const instruments::Asking& asking;
    AskingState state;
    bool anybody;
    NextAct act;
  };
  const Row rows[] = {
      {asking, AskingState::planned, false, NextAct::invite}, {asking, AskingState::planned, true, NextAct::wait},
      {asking, AskingState::open, false, NextAct::invite},    {asking, AskingState::open, true, NextAct::remind},
      {enough, AskingState::open, true, NextAct::wait},       {asking, AskingState::closing, true, NextAct::finish},
      {asking, AskingState::over, true, NextAct::finish},     {asking, AskingState::closed, true, NextAct::look}};
  for (const auto& row : rows)
    EXPECT_EQ(code(next_act(row.asking, row.state, row.anybody)), code(row.act)) << instruments::code(row.state);
}

}  // namespace
}  // namespace cairn::evaluation
