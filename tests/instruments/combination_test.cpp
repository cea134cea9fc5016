// SPDX-License-Identifier: Apache-2.0
#include "instruments/combination.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "instruments/residue.hpp"

namespace cairn::instruments {
namespace {

using Kind = Combination::Kind;

// The rank over fractions, by elimination without division: whole numbers all the way, small enough for the small
// worlds here.
std::size_t rank(std::vector<std::vector<std::int64_t>> rows) {
  std::size_t found = 0;
  const std::size_t columns = rows.empty() ? 0 : rows[0].size();
  for (std::size_t column = 0; column < columns && found < rows.size(); ++column) {
    auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(found), rows.end(),
                              [&](const auto& row) { return row[column] != 0; });
    if (pivot == rows.end()) continue;
    std::swap(*pivot, rows[found]);
    for (std::size_t i = found + 1; i < rows.size(); ++i) {
      const std::int64_t times = rows[i][column];
      if (times == 0) continue;
      std::int64_t divisor = 0;
      for (std::size_t j = 0; j < columns; ++j) {
        rows[i][j] = rows[i][j] * rows[found][column] - rows[found][j] * times;
        divisor = std::gcd(divisor, rows[i][j]);
      }
      for (std::size_t j = 0; divisor > 1 && j < columns; ++j) rows[i][j] /= divisor;
    }
    ++found;
  }
  return found;
}

std::vector<std::vector<std::int64_t>> indicators(const std::vector<CellSet>& sets, std::size_t cells,
                                                  std::uint64_t without) {
  std::vector<std::vector<std::int64_t>> rows;
  for (const auto& set : sets) {
    rows.emplace_back(cells, 0);
    for (const auto cell : set)
      if ((without >> cell & 1) == 0) rows.back()[cell] = 1;
  }
  return rows;
}

// Independent of the search: a combination that is zero outside some cells exists just where leaving those cells out
// lowers the rank.
bool has_small_combination(const std::vector<CellSet>& sets, const std::vector<std::int64_t>& people,
                           std::int64_t fewest) {
  std::uint64_t empty = 0;
  for (std::size_t cell = 0; cell < people.size(); ++cell)
    if (people[cell] == 0) empty |= std::uint64_t{1} << cell;
  const std::size_t full = rank(indicators(sets, people.size(), empty));
  for (std::uint64_t some = 1; some < std::uint64_t{1} << people.size(); ++some) {
    std::int64_t weight = 0;
    for (std::size_t cell = 0; cell < people.size(); ++cell)
      if ((some >> cell & 1) != 0) weight += people[cell];
    if (weight > 0 && weight < fewest && rank(indicators(sets, people.size(), empty | some)) < full) return true;
  }
  return false;
}

TEST(Combination, FindsTheDifferenceOfTwoSets) {
  const auto found = small_combination({{0, 1}, {0}}, {20, 3}, 5);
  EXPECT_EQ(found.kind, Kind::found);
  EXPECT_EQ(found.sets, (std::vector<std::size_t>{0, 1}));
}

TEST(Combination, LeavesADifferenceOfEnoughPeople) {
  EXPECT_EQ(small_combination({{0, 1}, {0}}, {20, 5}, 5).kind, Kind::none);
}

TEST(Combination, FindsWhatOverlapsAlmostWholly) {  // one set less the other: one person's answer less another's
  EXPECT_EQ(small_combination({{0, 1}, {0, 2}}, {20, 1, 1}, 5).kind, Kind::found);
  EXPECT_EQ(small_combination({{0, 1}, {0, 2}}, {20, 4, 1}, 5).kind, Kind::none);
}

TEST(Combination, FindsAThreeWayCombination) {  // {0,1} + {1,2} - {0,2} is twice cell 1
  const std::vector<CellSet> sets{{0, 1}, {1, 2}, {0, 2}};
  const auto found = small_combination(sets, {10, 2, 10}, 5);
  EXPECT_EQ(found.kind, Kind::found);
  EXPECT_EQ(found.sets, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(small_combination(sets, {10, 5, 10}, 5).kind, Kind::none);
}

TEST(Combination, TakesCellsTogetherThatNoSetTellsApart) {
  EXPECT_EQ(small_combination({{0, 1}, {0, 1, 2}}, {3, 3, 9}, 5).kind, Kind::none);
  EXPECT_EQ(small_combination({{0, 1}, {0, 1, 2}}, {3, 3, 4}, 5).kind, Kind::found);
}

TEST(Combination, HasNothingToFindWithoutSetsOrPeople) {
  EXPECT_EQ(small_combination({}, {}, 5).kind, Kind::none);
  EXPECT_EQ(small_combination({{0}, {0, 1}}, {0, 0}, 5).kind, Kind::none);
}

TEST(Combination, ProvesForOtherNumbersOfPeopleToo) {
  const std::vector<CellSet> sets{{0, 1}, {0}};
  const auto none = small_combination(sets, {20, 9}, 5);
  ASSERT_TRUE(none.proof);
  for (const auto& cells : *none.proof) EXPECT_FALSE(cells.empty());
  EXPECT_EQ(none.proof->size(), 2U);
}

RC_GTEST_PROP(Combination, AgreesWithTryingEverySetOfCells, ()) {
  const auto cells = *rc::gen::inRange<std::size_t>(1, 10);
  const auto fewest = *rc::gen::inRange<std::int64_t>(2, 8);
  const auto people = *rc::gen::container<std::vector<std::int64_t>>(cells, rc::gen::inRange<std::int64_t>(0, 7));
  const auto masks = *rc::gen::container<std::vector<unsigned>>(*rc::gen::inRange<std::size_t>(1, 9),
                                                                rc::gen::inRange(1U, 1U << cells));
  std::vector<CellSet> sets;
  for (const auto mask : masks) {
    sets.emplace_back();
    for (std::uint32_t cell = 0; cell < cells; ++cell)
      if ((mask >> cell & 1U) != 0) sets.back().push_back(cell);
  }
  const auto found = small_combination(sets, people, fewest);
  RC_TAG(found.kind == Kind::none ? "none" : "found");
  RC_ASSERT(found.kind == (has_small_combination(sets, people, fewest) ? Kind::found : Kind::none));
  if (found.kind == Kind::found) RC_ASSERT(!found.sets.empty());
}

RC_GTEST_PROP(Combination, KeepsItsProofForOtherNumbersAndFewerSets, ()) {
  const auto cells = *rc::gen::inRange<std::size_t>(1, 9);
  const std::vector<std::int64_t> people(cells, 9);
  auto other = *rc::gen::container<std::vector<std::int64_t>>(cells, rc::gen::inRange<std::int64_t>(0, 9));
  std::vector<CellSet> sets;
  std::vector<CellSet> fewer;
  for (std::size_t i = *rc::gen::inRange<std::size_t>(1, 6); i > 0; --i) {
    const auto mask = *rc::gen::inRange(1U, 1U << cells);
    sets.emplace_back();
    for (std::uint32_t cell = 0; cell < cells; ++cell)
      if ((mask >> cell & 1U) != 0) sets.back().push_back(cell);
    if (*rc::gen::arbitrary<bool>()) fewer.push_back(sets.back());
  }
  const auto none = small_combination(sets, people, 5);
  RC_ASSERT(none.proof.has_value());
  for (const auto& list : *none.proof) {
    std::int64_t sum = 0;
    for (const auto cell : list) sum += other[cell];
    other[list[0]] += std::max<std::int64_t>(0, 5 - sum);
  }
  RC_ASSERT(!has_small_combination(fewer, other, 5));
}

TEST(Residue, CalculatesModuloThePrime) {
  const Residue one(1);
  const Residue most(Residue::prime - 1);
  EXPECT_TRUE((one + most).zero());
  EXPECT_EQ(one - Residue(2), most);
  EXPECT_EQ(most * most, one);
  EXPECT_TRUE(Residue(Residue::prime).zero());
  for (const std::uint64_t value : {std::uint64_t{2}, std::uint64_t{12345}, Residue::prime - 2})
    EXPECT_EQ(Residue(value) * Residue(value).inverse(), one);
}

}  // namespace
}  // namespace cairn::instruments
