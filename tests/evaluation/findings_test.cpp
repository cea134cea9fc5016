// SPDX-License-Identifier: Apache-2.0
#include "evaluation/findings.hpp"

#include <gtest/gtest.h>

#include "numbers.hpp"

namespace cairn::evaluation {
namespace {

using figures::Axis;
using figures::Hidden;
using figures::numbers;
using figures::Says;
using figures::statements;

const Thresholds usual;

std::vector<std::size_t> items_of(const std::vector<Finding>& findings) {
  std::vector<std::size_t> items;
  for (const auto& finding : findings) items.push_back(finding.item);
  return items;
}

TEST(Findings, CallAStatementMissingBelowTheLowShareAndNotAtIt) {
  struct Case {
    std::int64_t in_place;
    std::int64_t of;
    std::int64_t tenths;
    bool comes_up;
  };
  for (const auto& [in_place, of, mean, comes_up] :
       {Case{4, 10, 35, true}, Case{5, 10, 35, false}, Case{4, 10, 34, false}, Case{0, 10, 40, true},
        Case{0, 0, 40, false}, Case{4, 10, 0, false},
        // 124 of 250 is 49.6 per cent: shown as 50, and still fewer than half
        Case{124, 250, 35, true}}) {
    const auto found = findings(numbers(1, {{Axis::all, "everyone", {{in_place, of, mean}}}}), everyone(), usual);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].has(Rule::missing_and_matters), comes_up) << in_place << " of " << of << ", mean " << mean;
  }
}

TEST(Findings, HearAGroupThatMissesWhatEveryoneElseHas) {
  const auto comparison = numbers(1, {{Axis::all, "everyone", {{8, 10, 30}}},
                                      {Axis::stakeholder, "peer_worker", {{2, 10, 33}}},
                                      {Axis::site, "Ward", {{1, 10, 34}}}});
  EXPECT_FALSE(findings(comparison, everyone(), usual)[0].has(Rule::missing_and_matters));
  const auto heard = numbers(1, {{Axis::all, "everyone", {{8, 10, 30}}},
                                 {Axis::stakeholder, "peer_worker", {{2, 10, 38}}},
                                 {Axis::site, "Ward", {{1, 10, 39}}}});
  const auto found = findings(heard, everyone(), usual);
  EXPECT_TRUE(found[0].has(Rule::missing_and_matters));
  EXPECT_EQ(found[0].matters_to, (std::vector<std::string>{"peer_worker", "Ward"}));
}

TEST(Findings, OfASiteHearItsOwnPresenceAndTheStakeholderGroupsOfAllSites) {
  const auto comparison = numbers(2, {{Axis::all, "everyone", {{2, 10, 39}, {2, 10, 39}}},
                                      {Axis::stakeholder, "peer_worker", {{1, 10, 38}, {1, 10, 38}}},
                                      {Axis::context, "nhs", {{1, 10, 40}, {1, 10, 40}}},
                                      {Axis::site, "Ward", {{9, 10, 30}, {3, 10, 30}}}});
  const auto found = findings(comparison, site("Ward"), usual);
  EXPECT_FALSE(found[0].has(Rule::missing_and_matters)) << "it is in place at the site, whatever other sites say";
  EXPECT_TRUE(found[1].has(Rule::missing_and_matters));
  EXPECT_EQ(found[1].matters_to, std::vector<std::string>{"peer_worker"});
}

TEST(Findings, CallGroupsAtOddsFromTheThresholdOn) {
  const auto at = [](std::int64_t one, std::int64_t other) {
    return findings(numbers(1, {{Axis::all, "everyone", {{9, 10, 30}}},
                                {Axis::stakeholder, "line_manager", {{9, 10, one}}},
                                {Axis::stakeholder, "peer_worker", {{9, 10, other}}}}),
                    everyone(), usual)[0];
  };
  EXPECT_FALSE(at(30, 34).has(Rule::groups_disagree));
  const auto apart = at(30, 35);
  ASSERT_TRUE(apart.has(Rule::groups_disagree));
  EXPECT_EQ(*apart.widest, (Gap{0, Axis::stakeholder, "peer_worker", "line_manager", 35, 30}));
}

TEST(Findings, NeverUseAHiddenNumber) {
  const auto comparison = numbers(2, {{Axis::all, "everyone", {{9, 10, 30}, {1, 10, 40, 9, Hidden::subtraction}}},
                                      {Axis::stakeholder, "line_manager", {{9, 10, 20, 0, Hidden::few_answers}}},
                                      {Axis::stakeholder, "peer_worker", {{9, 10, 40}}},
                                      {Axis::site, "Hut", {{0, 10, 40}}, Hidden::few_people}});
  const auto found = findings(comparison, everyone(), usual);
  ASSERT_EQ(items_of(found), std::vector<std::size_t>{0});
  EXPECT_TRUE(found[0].rules.empty());
  EXPECT_TRUE(findings(comparison, site("Hut"), usual).empty());
  EXPECT_TRUE(findings(comparison, site("Nowhere"), usual).empty());
}

TEST(Findings, PutAStatementInTheTopThreeByCountWithTiesAndNeverForOnePerson) {
  const auto found = findings(
      numbers(
          5,
          {{Axis::all, "everyone", {{9, 10, 30, 7}, {9, 10, 30, 4}, {9, 10, 30, 4}, {9, 10, 30, 4}, {9, 10, 30, 3}}}}),
      everyone(), usual);
  std::vector<bool> top;
  for (const auto& one : found) top.push_back(one.has(Rule::in_top_three));
  EXPECT_EQ(top, (std::vector<bool>{true, true, true, true, false}));
  const auto thin =
      findings(numbers(2, {{Axis::all, "everyone", {{9, 10, 30, 2}, {9, 10, 30, 1}}}}), everyone(), usual);
  EXPECT_TRUE(thin[0].has(Rule::in_top_three));
  EXPECT_FALSE(thin[1].has(Rule::in_top_three));
}

Finding with(std::size_t item, std::vector<Rule> rules, std::int64_t top3, std::int64_t mean) {
  Finding finding;
  finding.item = item;
  finding.rules = std::move(rules);
  finding.top3 = top3;
  finding.mean_tenths = mean;
  return finding;
}

TEST(Priorities, StandByRulesThenTopThreeThenMeanThenNumber) {
  const auto one = Rule::missing_and_matters;
  const auto two = Rule::groups_disagree;
  const auto picked = priorities({with(0, {one}, 9, 40), with(1, {one, two}, 1, 35), with(2, {one, two}, 3, 35),
                                  with(3, {one, two}, 3, 38), with(4, {one, two}, 3, 38)});
  EXPECT_EQ(items_of(picked), (std::vector<std::size_t>{3, 4, 2, 1}));
}

TEST(Priorities, AreThreeAndUpToFiveWhileTheNextMeetAsManyRules) {
  const auto one = Rule::missing_and_matters;
  const auto two = Rule::groups_disagree;
  std::vector<Finding> six;
  for (std::size_t i = 0; i < 6; ++i) six.push_back(with(i, {one}, 0, 35));
  EXPECT_EQ(priorities(six).size(), 5U);
  EXPECT_EQ(priorities({with(0, {one, two}, 0, 35), with(1, {one, two}, 0, 35), with(2, {one, two}, 0, 35),
                        with(3, {one}, 9, 40)})
                .size(),
            3U);
  EXPECT_EQ(priorities({with(0, {one}, 0, 35), with(1, {}, 9, 40)}).size(), 1U);
  EXPECT_TRUE(priorities({}).empty());
}

TEST(Strengths, NeedHighPresenceAndHighImportanceAndNobodyWhoDoubtsThem) {
  auto instrument = statements(5);
  instrument.items[3].reading = instruments::Reading::contested;
  instrument.items[4].contested_in = {"voluntary"};
  const auto found =
      findings(numbers(5, {{Axis::all, "everyone", {{8, 10, 35}, {7, 10, 40}, {8, 10, 34}, {9, 10, 40}, {9, 10, 36}}}}),
               everyone(), usual);
  EXPECT_EQ(items_of(strengths(found, instrument, "nhs", usual)), (std::vector<std::size_t>{4, 0}));
  EXPECT_EQ(items_of(strengths(found, instrument, "voluntary", usual)), (std::vector<std::size_t>{0}));
}

TEST(Disagreements, ComeWidestFirstOnOneAxis) {
  const auto comparison = numbers(3, {{Axis::setting, "inpatient", {{9, 10, 30}, {9, 10, 20}, {9, 10, 30}}},
                                      {Axis::setting, "community", {{9, 10, 35}, {9, 10, 40}, {9, 10, 33}}},
                                      {Axis::employer, "statutory", {{9, 10, 10}, {9, 10, 10}, {9, 10, 10}}}});
  const auto gaps = disagreements(comparison, Axis::setting, usual);
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0].item, 1U);
  EXPECT_EQ(gaps[0].tenths(), 20);
  EXPECT_EQ(gaps[1].item, 0U);
  EXPECT_TRUE(disagreements(comparison, Axis::employer, usual).empty()) << "one group cannot disagree with itself";
}

TEST(Questions, AskAboutContestedStatementsWhetherFewOrManySayTheyHappen) {
  auto instrument = statements(4);
  for (const std::size_t i : {0U, 1U, 2U}) instrument.items[i].reading = instruments::Reading::contested;
  const auto found = findings(
      numbers(4, {{Axis::all, "everyone", {{9, 10, 20}, {1, 10, 20}, {0, 0, 20}, {1, 10, 20}}}}), everyone(), usual);
  EXPECT_EQ(items_of(questions(found, instrument, "")), (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace cairn::evaluation
