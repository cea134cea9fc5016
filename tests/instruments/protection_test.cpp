// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "base/stop.hpp"
#include "instruments/comparison.hpp"
#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

struct Person {
  Response response;
  std::int64_t batch;
};
using World = std::vector<Person>;
constexpr std::size_t items = 2;

// Between one and three batches of people in few groups, so that groups overlap in many ways; many leave items out.
World some_world() {
  World world;
  const auto batches = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(1, 4));
  for (std::int64_t batch = 1; batch <= batches; ++batch) {
    const auto people = *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(batch == 1 ? 5 : 1, batch == 1 ? 20 : 9));
    for (int i = 0; i < people; ++i) {
      Response response = test::unanswered(items);
      response.groups = {*rc::gen::element<std::string>("voluntary", "statutory", "statutory"),
                         *rc::gen::element<std::string>("nhs", "nhs", "voluntary", ""), "",
                         *rc::gen::element<std::string>("peer_worker", "coworker", "coworker"),
                         *rc::gen::element<std::string>("North", "South", "")};
      for (std::size_t item = 0; item < items; ++item) {
        response.presence[item] = *rc::gen::weightedElement<Presence>(
            {{4, Presence::yes}, {3, Presence::no}, {1 + 3 * item, Presence::unanswered}});
        response.importance[item] = *rc::gen::weightedElement<Importance>(
            {{4, Importance::quite}, {2, Importance::dont_know}, {1 + 2 * item, Importance::unanswered}});
      }
      world.push_back({std::move(response), batch});
    }
  }
  return world;
}

using Counts = std::function<bool(const Response&, std::size_t item)>;  // whether a person is of the kind

// Everyone the numbers of a row are about, of one kind: a vector of 0 and 1 over people.
struct Equation {
  std::size_t item;
  std::vector<int> people;
};

bool is_member(const Response& response, const Row& row) {
  return row.axis == Axis::all || response.group(row.axis) == row.group;
}

std::vector<Equation> equations(const World& world, const Comparison& shown, std::int64_t through,
                                const Counts& counts) {
  std::vector<Equation> all;
  for (const auto& row : shown.rows) {
    if (row.hidden != Hidden::no) continue;
    Equation equation{row.item, {}};
    for (const auto& person : world)
      equation.people.push_back(
          person.batch <= through && is_member(person.response, row) && counts(person.response, row.item) ? 1 : 0);
    all.push_back(std::move(equation));
  }
  return all;
}

// The rank over a prime field of one word, in the plainest way there is.
std::size_t rank(std::vector<std::vector<int>> rows) {
  constexpr std::int64_t prime = 1'000'003;
  const auto power = [](std::int64_t base, std::int64_t exponent) {
    std::int64_t result = 1;
    for (; exponent > 0; exponent /= 2, base = base * base % prime)
      if (exponent % 2 != 0) result = result * base % prime;
    return result;
  };
  std::size_t found = 0;
  for (std::size_t column = 0; !rows.empty() && column < rows[0].size() && found < rows.size(); ++column) {
    const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(found), rows.end(),
                                    [&](const auto& row) { return row[column] != 0; });
    if (pivot == rows.end()) continue;
    std::swap(*pivot, rows[found]);
    const std::int64_t inverse = power(rows[found][column], prime - 2);
    for (std::size_t i = found + 1; i < rows.size(); ++i) {
      const std::int64_t times = rows[i][column] * inverse % prime;
      for (std::size_t j = column; times != 0 && j < rows[i].size(); ++j)
        rows[i][j] = static_cast<int>(((rows[i][j] - times * rows[found][j]) % prime + prime) % prime);
    }
    ++found;
  }
  return found;
}

// Whether some one to `most` people can be told from the rest: leaving them out of all equations lowers the rank just
// where a combination of the equations is about them alone.
bool tells_few(const std::vector<std::vector<int>>& rows, std::size_t people, std::size_t most) {
  // People who are in the same equations cannot be told apart: take them together, as many as they are.
  std::map<std::vector<int>, std::size_t> alike;
  for (std::size_t i = 0; i < people; ++i) {
    std::vector<int> column;
    for (const auto& row : rows) column.push_back(row[i]);
    if (std::count(column.begin(), column.end(), 0) != static_cast<std::ptrdiff_t>(column.size())) ++alike[column];
  }
  const std::vector<std::pair<std::vector<int>, std::size_t>> kinds(alike.begin(), alike.end());
  const auto rank_without = [&](const std::set<std::size_t>& left_out) {
    std::vector<std::vector<int>> transposed;
    for (std::size_t i = 0; i < kinds.size(); ++i)
      if (!left_out.contains(i)) transposed.push_back(kinds[i].first);
    return rank(std::move(transposed));
  };
  const std::size_t full = rank_without({});
  std::set<std::size_t> left_out;
  const std::function<bool(std::size_t, std::size_t)> any = [&](std::size_t from, std::size_t room) {
    if (!left_out.empty() && rank_without(left_out) < full) return true;
    for (std::size_t i = from; i < kinds.size(); ++i) {
      if (kinds[i].second > room) continue;
      left_out.insert(i);
      if (any(i + 1, room - kinds[i].second)) return true;
      left_out.erase(i);
    }
    return false;
  };
  return any(0, most);
}

const std::vector<Counts>& kinds_of_people() {
  static const std::vector<Counts> kinds{
      [](const Response&, std::size_t) { return true; },
      [](const Response& r, std::size_t i) { return r.presence[i] != Presence::unanswered; },
      [](const Response& r, std::size_t i) { return r.importance[i] == Importance::quite; },
      [](const Response& r, std::size_t i) { return r.importance[i] != Importance::unanswered; },
  };
  return kinds;
}

bool contains(const std::vector<Shown>& states, const Shown& state) {
  return std::any_of(states.begin(), states.end(), [&](const Shown& each) {
    return each.through_batch == state.through_batch && each.smallest_group == state.smallest_group;
  });
}

// Shows the world as it grows, batch after batch, and keeps every equation a reader has seen.
void show_all(const World& world, const std::vector<std::int64_t>& smallest,
              const std::function<void(const Comparison&, const Shown&)>& see) {
  std::vector<Shown> before;
  const std::int64_t last = world.back().batch;
  for (std::int64_t batch = 1; batch <= last; ++batch) {
    Counter counter(items, before);
    for (const auto& person : world)
      if (person.batch <= batch) counter.add(person.response, person.batch);
    const auto result = counter.finish(smallest[static_cast<std::size_t>(batch - 1) % smallest.size()]);
    see(result.comparison, result.shown);
    if (!result.comparison.nothing_shown() && !contains(before, result.shown)) before.push_back(result.shown);
  }
}

RC_GTEST_PROP(Protection, LetsNobodyComputeTheAnswersOfAFew, ()) {
  const World world = some_world();
  for (const auto& counts : kinds_of_people()) {
    std::vector<Equation> seen;
    show_all(world, {5}, [&](const Comparison& comparison, const Shown& shown) {
      const auto more = equations(world, comparison, shown.through_batch, counts);
      seen.insert(seen.end(), more.begin(), more.end());
    });
    for (std::size_t item = 0; item < items; ++item) {
      std::vector<std::vector<int>> rows;
      for (const auto& equation : seen)
        if (equation.item == item) rows.push_back(equation.people);
      RC_ASSERT(!tells_few(rows, world.size(), 4));
    }
  }
}

RC_GTEST_PROP(Protection, HoldsToTheSmallestGroupEverInForce, ()) {
  const World world = some_world();
  std::vector<std::vector<int>> rows;
  show_all(world, {6, 5, 7}, [&](const Comparison& comparison, const Shown& shown) {
    for (auto& equation : equations(world, comparison, shown.through_batch, kinds_of_people()[0]))
      rows.push_back(std::move(equation.people));
  });
  RC_ASSERT(!tells_few(rows, world.size(), 4));
}

RC_GTEST_PROP(Protection, ShowsNoGroupAndNoRowOfAFew, ()) {
  const World world = some_world();
  show_all(world, {5}, [&](const Comparison& comparison, const Shown& shown) {
    for (const auto& row : comparison.rows)
      for (const auto& counts : kinds_of_people()) {
        const auto people = std::count_if(world.begin(), world.end(), [&](const Person& person) {
          return person.batch <= shown.through_batch && is_member(person.response, row) &&
                 counts(person.response, row.item);
        });
        if (row.hidden == Hidden::no) RC_ASSERT(people == 0 || people >= 5);
      }
  });
}

RC_GTEST_PROP(Protection, DecidesTheSameAgain, ()) {
  const World world = some_world();
  std::vector<Shown> kept;
  std::vector<Shown> worked_out;
  show_all(world, {5}, [&](const Comparison& comparison, const Shown& shown) {
    if (comparison.nothing_shown() || contains(kept, shown)) return;
    kept.push_back(shown);
    worked_out.push_back({shown.through_batch, shown.smallest_group, {}});
  });
  RC_PRE(!kept.empty());
  std::vector<Comparison> both;
  for (const auto& before : {kept, worked_out}) {
    Counter counter(items, before);
    for (const auto& person : world) counter.add(person.response, person.batch);
    both.push_back(counter.finish(5).comparison);
  }
  RC_ASSERT(both[0].rows.size() == both[1].rows.size());
  for (std::size_t i = 0; i < both[0].rows.size(); ++i) {
    RC_ASSERT(both[0].rows[i].hidden == both[1].rows[i].hidden);
    RC_ASSERT(both[0].rows[i].presence == both[1].rows[i].presence);
  }
}

TEST(Protection, RefusesADecisionItDidNotWrite) {
  for (const std::string decided : {"\x02", "\x01\x05", "\x01\x07", "x"}) {
    Counter counter(1, {{1, 5, decided}});
    for (int i = 0; i < 6; ++i) counter.add(test::answered(1, {}), 1);
    EXPECT_THROW(counter.finish(5), Corrupt);
  }
}

}  // namespace
}  // namespace cairn::instruments
