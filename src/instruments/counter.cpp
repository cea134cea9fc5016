// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "instruments/comparison.hpp"
#include "instruments/protection.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t first_score = 5;
constexpr std::size_t dont_know = 9;
constexpr std::size_t not_relevant = 10;
constexpr std::size_t chosen = 11;

// Where an answer is counted, among the counts of its item.
std::size_t place_of(Presence answer) {
  return static_cast<std::size_t>(answer) - 1;
}
std::size_t place_of(Importance answer) {
  return static_cast<std::size_t>(answer) - 1 + first_score;
}

// The numbers of one item in one group, from those of its cells.
Row counted(const Group& group, const CellSet& members, const std::vector<Cell>& cells, std::size_t item) {
  std::array<std::int64_t, counts_each> sums{};
  for (const auto cell : members)
    for (std::size_t i = 0; i < counts_each; ++i) sums[i] += cells[cell].counts[item * counts_each + i];
  Row row;
  row.people = group.people;
  for (std::size_t i = 0; i < 5; ++i) row.answers_a += row.presence[i] = sums[i];
  for (std::size_t i = 0; i < 4; ++i) {
    row.answers_b += row.importance[i] = sums[first_score + i];
    row.score_sum += static_cast<std::int64_t>(i + 1) * sums[first_score + i];
  }
  row.dont_know_b = sums[dont_know];
  row.not_relevant_b = sums[not_relevant];
  row.top3 = sums[chosen];
  return row;
}

// What more than half of those who gave a value on this axis gave.
std::string usual_value(const CellSet& members, const std::vector<Cell>& cells, std::size_t axis) {
  std::map<std::string, std::int64_t> people;
  std::int64_t all = 0;
  for (const auto cell : members) {
    if (cells[cell].groups[axis].empty()) continue;
    people[cells[cell].groups[axis]] += cells[cell].people;
    all += cells[cell].people;
  }
  for (const auto& [value, count] : people)
    if (count * 2 > all) return value;
  return "";
}

Comparison shown_of(const Protection::State& state, const std::vector<Cell>& cells, std::size_t items) {
  Comparison comparison;
  comparison.items = items;
  comparison.groups = state.groups;
  comparison.rows.reserve(state.rows.size());
  for (std::size_t i = 0; i < state.rows.size(); ++i) {
    const auto& group = state.groups[i / items];
    Row row;
    if (state.rows[i] == Hidden::no) row = counted(group, state.cells[i / items], cells, i % items);
    row.item = i % items;
    row.axis = group.axis;
    row.group = group.name;
    row.hidden = state.rows[i];
    comparison.rows.push_back(std::move(row));
  }
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    auto& group = comparison.groups[g];
    if (group.hidden != Hidden::no) group.people = 0;
    if (group.hidden != Hidden::no || group.axis != Axis::site) continue;
    for (std::size_t axis = 0; axis < group.usual.size(); ++axis)
      group.usual[axis] = usual_value(state.cells[g], cells, axis);
  }
  return comparison;
}

bool same(const Shown& one, const Shown& other) {
  return one.through_batch == other.through_batch && one.smallest_group == other.smallest_group;
}

}  // namespace

Counter::Counter(std::size_t items, std::vector<Shown> shown_before)
    : items_(items), shown_before_(std::move(shown_before)) {}
Counter::~Counter() = default;

void Counter::add(const Response& response, std::int64_t batch) {
  assert(response.presence.size() == items_ && response.importance.size() == items_);
  newest_batch_ = std::max(newest_batch_, batch);
  std::size_t since = 0;
  while (since < shown_before_.size() && shown_before_[since].through_batch < batch) ++since;
  Cell& to = cells_[cell(response.groups, since)];
  ++to.people;
  auto* counts = to.counts.data();
  for (std::size_t i = 0; i < items_; ++i, counts += counts_each) {
    if (response.presence[i] != Presence::unanswered) ++counts[place_of(response.presence[i])];
    if (response.importance[i] != Importance::unanswered) ++counts[place_of(response.importance[i])];
  }
  for (const auto item : response.most_important) ++to.counts[item * counts_each + chosen];
}

void Counter::add(const Counter& other) {
  assert(items_ == other.items_ && shown_before_.size() == other.shown_before_.size());
  newest_batch_ = std::max(newest_batch_, other.newest_batch_);
  for (const auto& from : other.cells_) {
    Cell& to = cells_[cell(from.groups, from.since)];
    to.people += from.people;
    for (std::size_t i = 0; i < to.counts.size(); ++i) to.counts[i] += from.counts[i];
  }
}

std::size_t Counter::cell(const std::array<std::string, 5>& groups, std::size_t since) {
  key_.assign(1, static_cast<char>(since & 0xFF)).push_back(static_cast<char>(since >> 8));
  for (const auto& group : groups) key_.append(group).push_back('\0');
  const auto [at, fresh] = cell_of_.try_emplace(key_, cells_.size());
  if (fresh) cells_.push_back({groups, since, 0, std::vector<std::uint32_t>(items_ * counts_each, 0)});
  return at->second;
}

Shown Counter::state_to_show(std::int64_t smallest_group) const {
  if (shown_before_.empty()) return {newest_batch_, smallest_group, {}};
  std::int64_t joined = 0;
  for (const auto& each : cells_)
    if (each.since == shown_before_.size()) joined += each.people;
  const std::int64_t last = shown_before_.back().through_batch;
  return {joined >= smallest_group ? std::max(newest_batch_, last) : last, smallest_group, {}};
}

Counter::Result Counter::finish(std::int64_t smallest_group) const {
  // Cells in one order, whichever came first or was counted where.
  std::vector<Cell> cells = cells_;
  std::sort(cells.begin(), cells.end(), [](const Cell& one, const Cell& other) {
    return std::tie(one.since, one.groups) < std::tie(other.since, other.groups);
  });
  const Shown wanted = state_to_show(smallest_group);
  Protection protection(cells, items_);
  Result result{{}, wanted};
  bool found = false;
  for (const auto& before : shown_before_) {
    const auto& state = before.decided.empty() ? protection.show_next(before.smallest_group)
                                               : protection.show_again(before.smallest_group, before.decided);
    found = same(before, wanted);
    if (!found) continue;
    result.comparison = shown_of(state, cells, items_);
    result.shown.decided = decided(state, items_);
    break;
  }
  if (!found) {
    // A state with the last shown batch, yet another smallest group: people who came since are not part of it.
    const bool newest = shown_before_.empty() || wanted.through_batch > shown_before_.back().through_batch;
    if (!newest) std::erase_if(cells, [&](const Cell& each) { return each.since == shown_before_.size(); });
    const auto& state = protection.show_next(smallest_group);
    result.comparison = shown_of(state, cells, items_);
    result.shown.decided = decided(state, items_);
  }
  result.comparison.items = items_;
  for (const auto& each : cells_)
    if (each.since == shown_before_.size() && wanted.through_batch < newest_batch_)
      result.comparison.waiting += each.people;
  return result;
}

}  // namespace cairn::instruments
