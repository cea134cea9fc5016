// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "instruments/comparison.hpp"
#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

using test::answered;
using test::unanswered;

// Counts so many responses alike.
void add(Counter& counter, int people, const Response& response, std::int64_t batch = 1) {
  for (int i = 0; i < people; ++i) counter.add(response, batch);
}

const Row& row(const Comparison& comparison, Axis axis, std::string_view group, std::size_t item = 0) {
  const Group* found = comparison.find(axis, group);
  if (!found) throw std::runtime_error("no such group: " + std::string(group));
  return comparison.row(comparison.index_of(*found), item);
}

Hidden hidden(const Comparison& comparison, Axis axis, std::string_view group) {
  return row(comparison, axis, group).hidden;
}

TEST(Counter, CountsEveryKindOfAnswer) {
  Counter counter(2, {});
  const auto one = [&](Presence a, Importance b, std::vector<std::uint8_t> top = {}) {
    Response response = unanswered(2, {"voluntary", "", "", "", ""});
    response.presence[0] = a;
    response.importance[0] = b;
    response.most_important = std::move(top);
    counter.add(response, 1);
  };
  one(Presence::yes, Importance::extremely, {0, 1});
  one(Presence::yes, Importance::extremely, {0});
  one(Presence::partly, Importance::quite);
  one(Presence::no, Importance::not_very);
  one(Presence::dont_know, Importance::not_at_all);
  one(Presence::not_relevant, Importance::dont_know);
  one(Presence::yes, Importance::not_relevant);
  one(Presence::unanswered, Importance::extremely);
  for (int i = 0; i < 5; ++i) one(Presence::no, Importance::unanswered, {1});
  const auto shown = counter.finish(5).comparison;
  const Row& of = row(shown, Axis::employer, "voluntary");
  EXPECT_EQ(of.hidden, Hidden::no);
  EXPECT_EQ(of.people, 13);
  EXPECT_EQ(of.answers_a, 12);
  EXPECT_EQ(of.presence, (std::array<std::int64_t, 5>{3, 1, 6, 1, 1}));
  EXPECT_EQ(of.answers_b, 6);
  EXPECT_EQ(of.importance, (std::array<std::int64_t, 4>{1, 1, 1, 3}));
  EXPECT_EQ(of.score_sum, 18);
  EXPECT_EQ(of.dont_know_b, 1);
  EXPECT_EQ(of.not_relevant_b, 1);
  EXPECT_EQ(of.top3, 2);
  EXPECT_EQ(of.mean_tenths(), 30);
  EXPECT_EQ(of.in_place_percent(), 33);
  EXPECT_EQ(row(shown, Axis::all, "everyone", 1).top3, 6);
}

TEST(Counter, SaysNothingWhereNobodyAnsweredYet) {
  Counter counter(1, {});
  add(counter, 5, unanswered(1, {"statutory", "", "", "", ""}));
  const auto shown = counter.finish(5).comparison;
  const Row& of = row(shown, Axis::employer, "statutory");
  EXPECT_EQ(of.hidden, Hidden::no);
  EXPECT_EQ(of.people, 5);
  EXPECT_EQ(of.answers_a, 0);
  EXPECT_FALSE(of.mean_tenths());
  EXPECT_FALSE(of.in_place_percent());
}

TEST(Counter, TellsWhatKindOfPlaceAShownSiteIs) {
  Counter counter(1, {});
  add(counter, 4, answered(1, {"voluntary", "partnership", "inpatient", "", "Hut"}));
  add(counter, 2, answered(1, {"statutory", "partnership", "", "", "Hut"}));
  add(counter, 2, answered(1, {"statutory", "", "community", "", "Hut"}));
  add(counter, 4, answered(1, {"statutory", "nhs", "bme", "", "Shed"}));
  add(counter, 9, answered(1, {"", "", "", "", ""}));
  const auto shown = counter.finish(5).comparison;
  const auto usual = [&](std::string_view site, Axis axis) {
    return shown.find(Axis::site, site)->usual[static_cast<std::size_t>(axis)];
  };
  EXPECT_EQ(usual("Hut", Axis::context), "partnership");
  EXPECT_EQ(usual("Hut", Axis::setting), "inpatient") << "four of the six who gave one";
  EXPECT_EQ(usual("Hut", Axis::employer), "") << "half is not most";
  EXPECT_EQ(usual("Shed", Axis::context), "") << "a hidden site tells nothing";
}

TEST(Counter, HasNoGroupsWithoutResponses) {
  const auto result = Counter(3, {}).finish(5);
  EXPECT_TRUE(result.comparison.groups.empty());
  EXPECT_TRUE(result.comparison.nothing_shown());
  EXPECT_EQ(result.shown.through_batch, 0);
}

TEST(Counter, PutsAnEmptyValueInNoGroupOfThatAxis) {
  Counter counter(1, {});
  add(counter, 6, answered(1, {"", "nhs", "", "", ""}));
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(shown.groups.size(), 2U);
  EXPECT_EQ(shown.find(Axis::employer, ""), nullptr);
  EXPECT_EQ(row(shown, Axis::context, "nhs").people, 6);
}

TEST(Counter, OrdersGroupsAsTheStudyDoesAndSitesByName) {
  Counter counter(1, {});
  add(counter, 5, answered(1, {"statutory", "partnership", "bme", "commissioner", "Zennor"}));
  add(counter, 5, answered(1, {"voluntary", "nhs", "inpatient", "peer_worker", "Ambleside"}));
  std::string order;
  for (const auto& group : counter.finish(5).comparison.groups) order += group.name + " ";
  EXPECT_EQ(order,
            "voluntary statutory nhs partnership inpatient bme peer_worker commissioner Ambleside Zennor everyone ");
}

TEST(Counter, HidesGroupsOfOneToFourPeople) {
  Counter counter(1, {});
  add(counter, 4, answered(1, {"", "", "", "coworker", ""}));
  add(counter, 5, answered(1, {"", "", "", "peer_worker", ""}));
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(hidden(shown, Axis::stakeholder, "coworker"), Hidden::few_people);
  const Row& of = row(shown, Axis::stakeholder, "coworker");
  EXPECT_EQ(of.people + of.answers_a + of.answers_b + of.presence[0] + of.score_sum, 0);
  EXPECT_EQ(shown.find(Axis::stakeholder, "coworker")->people, 0);
  // Nine people less the five peer workers would be the four coworkers.
  EXPECT_EQ(hidden(shown, Axis::stakeholder, "peer_worker"), Hidden::subtraction);
  EXPECT_EQ(hidden(shown, Axis::all, "everyone"), Hidden::no);
}

TEST(Counter, HidesAnItemThatOneToFourPeopleAnswered) {
  Counter counter(2, {});
  Response few = answered(2, {"voluntary", "", "", "", ""});
  add(counter, 4, few);
  few.presence[0] = Presence::unanswered;
  add(counter, 6, few);
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(row(shown, Axis::employer, "voluntary", 0).hidden, Hidden::few_answers);
  EXPECT_EQ(row(shown, Axis::employer, "voluntary", 1).hidden, Hidden::no);
  EXPECT_EQ(row(shown, Axis::employer, "voluntary", 1).people, 10);
}

TEST(Counter, HidesAnItemThatOneToFourPeopleScored) {
  Counter counter(1, {});
  add(counter, 4, answered(1, {}, Presence::yes, Importance::quite));
  add(counter, 6, answered(1, {}, Presence::yes, Importance::dont_know));
  EXPECT_EQ(hidden(counter.finish(5).comparison, Axis::all, "everyone"), Hidden::few_answers);
}

TEST(Counter, ShowsThatEverybodyInAShownGroupAgreed) {
  Counter counter(1, {});
  add(counter, 5, answered(1, {"voluntary", "", "", "", ""}, Presence::no));
  EXPECT_EQ(row(counter.finish(5).comparison, Axis::employer, "voluntary").presence[2], 5);
}

TEST(Counter, HidesTheSmallestSetOfADifference) {
  // Of 20 people at two sites, 3 are at neither: everyone less both sites would be those.
  Counter counter(1, {});
  add(counter, 9, answered(1, {"", "", "", "", "North"}));
  add(counter, 8, answered(1, {"", "", "", "", "South"}));
  add(counter, 3, answered(1, {}));
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(hidden(shown, Axis::site, "South"), Hidden::subtraction);
  EXPECT_EQ(hidden(shown, Axis::site, "North"), Hidden::no);
  EXPECT_EQ(hidden(shown, Axis::all, "everyone"), Hidden::no);
}

TEST(Counter, HidesASiteBeforeASettingOfTheSameSize) {
  // The setting and the site differ by one person each way: one answer less another.
  Counter counter(1, {});
  add(counter, 9, answered(1, {"", "", "inpatient", "", "North"}));
  add(counter, 1, answered(1, {"", "", "inpatient", "", ""}));
  add(counter, 1, answered(1, {"", "", "", "", "North"}));
  add(counter, 9, answered(1, {}));
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(hidden(shown, Axis::site, "North"), Hidden::subtraction);
  EXPECT_EQ(hidden(shown, Axis::setting, "inpatient"), Hidden::no);
}

TEST(Counter, ProtectsThoseWhoAnsweredAnItemToo) {
  // Eight of twenty are voluntary; of the twelve others three answered item 1.
  Counter counter(2, {});
  add(counter, 8, answered(2, {"voluntary", "", "", "", ""}));
  add(counter, 3, answered(2, {}));
  Response without = answered(2, {});
  without.presence[0] = Presence::unanswered;
  add(counter, 9, without);
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(row(shown, Axis::employer, "voluntary", 0).hidden, Hidden::subtraction);
  EXPECT_EQ(row(shown, Axis::employer, "voluntary", 1).hidden, Hidden::no);
  EXPECT_EQ(row(shown, Axis::all, "everyone", 0).hidden, Hidden::no);
}

TEST(Counter, WaitsUntilEnoughPeopleJoined) {
  Counter counter(1, {{1, 5}});
  add(counter, 8, answered(1, {}), 1);
  add(counter, 4, answered(1, {}), 2);
  auto result = counter.finish(5);
  EXPECT_EQ(result.shown.through_batch, 1);
  EXPECT_EQ(result.comparison.waiting, 4);
  EXPECT_EQ(row(result.comparison, Axis::all, "everyone").people, 8);
  add(counter, 1, answered(1, {}), 3);
  result = counter.finish(5);
  EXPECT_EQ(result.shown.through_batch, 3);
  EXPECT_EQ(result.comparison.waiting, 0);
  EXPECT_EQ(row(result.comparison, Axis::all, "everyone").people, 13);
}

TEST(Counter, ShowsAStateAgainAsItWasShown) {
  const auto fill = [](Counter& counter) {
    add(counter, 9, answered(1, {"voluntary", "", "", "", "North"}), 1);
    add(counter, 7, answered(1, {"statutory", "", "", "", "South"}), 1);
  };
  Counter first(1, {});
  fill(first);
  const auto before = first.finish(5);
  Counter again(1, {before.shown});
  fill(again);
  add(again, 2, answered(1, {"statutory", "", "", "", "South"}), 2);
  const auto after = again.finish(5);
  ASSERT_EQ(after.comparison.rows.size(), before.comparison.rows.size());
  for (std::size_t i = 0; i < after.comparison.rows.size(); ++i) {
    EXPECT_EQ(after.comparison.rows[i].hidden, before.comparison.rows[i].hidden);
    EXPECT_EQ(after.comparison.rows[i].people, before.comparison.rows[i].people);
  }
}

TEST(Counter, HidesAGroupThatAFewJoinedSinceItWasShown) {
  // Two voluntary people and six others join: voluntary now less voluntary then would be those two.
  Counter counter(1, {{1, 5}});
  add(counter, 9, answered(1, {"voluntary", "", "", "", ""}), 1);
  add(counter, 9, answered(1, {"statutory", "", "", "", ""}), 1);
  add(counter, 2, answered(1, {"voluntary", "", "", "", ""}), 2);
  add(counter, 6, answered(1, {"statutory", "", "", "", ""}), 2);
  const auto shown = counter.finish(5).comparison;
  EXPECT_EQ(hidden(shown, Axis::employer, "voluntary"), Hidden::subtraction);
  // Statutory is hidden too: everyone less statutory is voluntary.
  EXPECT_EQ(hidden(shown, Axis::employer, "statutory"), Hidden::subtraction);
  EXPECT_EQ(hidden(shown, Axis::all, "everyone"), Hidden::no);
}

TEST(Counter, KeepsAnEarlierPromiseWhenTheSmallestGroupChanges) {
  Counter counter(1, {{1, 5}});
  add(counter, 7, answered(1, {"voluntary", "", "", "", ""}), 1);
  add(counter, 30, answered(1, {"statutory", "", "", "", ""}), 1);
  const auto result = counter.finish(10);
  EXPECT_EQ(result.shown.smallest_group, 10);
  EXPECT_EQ(hidden(result.comparison, Axis::employer, "voluntary"), Hidden::few_people);
  EXPECT_EQ(hidden(result.comparison, Axis::all, "everyone"), Hidden::no);
}

TEST(Counter, AddsUpWhatSeveralHaveCounted) {
  Counter whole(2, {{1, 5}});
  Counter one(2, {{1, 5}});
  Counter other(2, {{1, 5}});
  for (int i = 0; i < 40; ++i) {
    const Response response = answered(2, {i % 3 == 0 ? "voluntary" : "statutory", "", "", "", i % 2 == 0 ? "N" : "S"},
                                       i % 4 == 0 ? Presence::no : Presence::yes);
    whole.add(response, 1 + i / 20);
    (i % 7 < 3 ? one : other).add(response, 1 + i / 20);
  }
  one.add(other);
  const auto expected = whole.finish(5).comparison;
  const auto sum = one.finish(5).comparison;
  ASSERT_EQ(sum.rows.size(), expected.rows.size());
  for (std::size_t i = 0; i < sum.rows.size(); ++i) {
    EXPECT_EQ(sum.rows[i].group, expected.rows[i].group);
    EXPECT_EQ(sum.rows[i].hidden, expected.rows[i].hidden);
    EXPECT_EQ(sum.rows[i].presence, expected.rows[i].presence);
  }
}

TEST(Row, RoundsTheMeanHalfAwayFromZero) {
  struct Case {
    std::int64_t sum, people, tenths;
  };
  for (const auto& [sum, people, tenths] :
       {Case{13, 4, 33}, Case{63, 20, 32}, Case{61, 20, 31}, Case{65, 20, 33}, Case{10, 3, 33}, Case{11, 3, 37},
        Case{5, 5, 10}, Case{20, 5, 40}, Case{69, 20, 35}, Case{137, 40, 34}, Case{138, 40, 35}, Case{7, 4, 18}}) {
    Row row;
    row.score_sum = sum;
    row.answers_b = people;
    EXPECT_EQ(row.mean_tenths(), tenths) << sum << " of " << people;
  }
}

TEST(Row, RoundsPercentagesHalfUp) {
  Row row;
  row.answers_a = 8;
  row.presence = {1, 0, 7, 0, 0};
  EXPECT_EQ(row.in_place_percent(), 13);
  row.presence = {1, 2, 5, 0, 0};
  EXPECT_EQ(row.in_place_percent(), 38);
}

TEST(Row, TellsNothingWhenHidden) {
  Row row;
  row.hidden = Hidden::few_people;
  row.answers_a = row.answers_b = row.score_sum = 5;
  EXPECT_FALSE(row.mean_tenths());
  EXPECT_FALSE(row.in_place_percent());
}

}  // namespace
}  // namespace cairn::instruments
