// SPDX-License-Identifier: Apache-2.0
#include "instruments/protection.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/stop.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t groups_by_site = static_cast<std::size_t>(Axis::site);

bool few(std::int64_t people, std::int64_t smallest) {
  return people > 0 && people < smallest;
}

std::int64_t sum_over(const CellSet& cells, const std::vector<std::int64_t>& counts) {
  return std::accumulate(cells.begin(), cells.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::uint32_t cell) { return sum + counts[cell]; });
}

// Which of equals is hidden first.
std::size_t hiding_order(Axis axis) {
  constexpr std::array<std::size_t, 6> order{4, 3, 1, 2, 0, 5};  // employer context setting stakeholder site all
  return order[static_cast<std::size_t>(axis)];
}

// Where a group stands in a comparison: axes in their order, known groups in theirs, others by name.
std::tuple<std::size_t, std::size_t, std::string> showing_order(Axis axis, const std::string& name) {
  const auto& known = known_groups(axis);
  const auto at = std::find(known.begin(), known.end(), name);
  return {static_cast<std::size_t>(axis), static_cast<std::size_t>(at - known.begin()), name};
}

}  // namespace

namespace {

constexpr char decided_form = 1;

// By axis and name: what was decided about the group, and then about each item.
using Decided = std::map<std::pair<Axis, std::string>, std::vector<Hidden>>;

// Reads what decided() writes.
Decided groups_decided(std::string_view bytes, std::size_t items) {
  Decided result;
  const auto take = [&](std::size_t size) {
    if (bytes.size() < size) throw Corrupt("what was decided about a shown state cannot be read");
    const std::string_view taken = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return taken;
  };
  const auto number = [&](std::size_t limit) {
    const auto value = static_cast<unsigned char>(take(1)[0]);
    if (value >= limit) throw Corrupt("what was decided about a shown state cannot be read");
    return static_cast<std::size_t>(value);
  };
  if (take(1)[0] != decided_form) throw Corrupt("what was decided about a shown state is of another form");
  while (!bytes.empty()) {
    const auto axis = static_cast<Axis>(number(all_axes.size()));
    const std::size_t length = number(256) * 256 + number(256);
    auto& decisions = result[{axis, std::string(take(length))}];
    for (std::size_t i = 0; i < items + 1; ++i) decisions.push_back(static_cast<Hidden>(number(4)));
  }
  return result;
}

}  // namespace

std::string decided(const Protection::State& state, std::size_t items) {
  std::string bytes(1, decided_form);
  for (std::size_t group = 0; group < state.groups.size(); ++group) {
    const std::string& name = state.groups[group].name;
    bytes.push_back(static_cast<char>(state.groups[group].axis));
    bytes.push_back(static_cast<char>(name.size() / 256));
    bytes.push_back(static_cast<char>(name.size() % 256));
    bytes += name;
    bytes.push_back(static_cast<char>(state.groups[group].hidden));
    for (std::size_t item = 0; item < items; ++item)
      bytes.push_back(static_cast<char>(state.rows[group * items + item]));
  }
  return bytes;
}

struct Protection::Shown {
  const CellSet* cells;
  std::optional<std::size_t> group;  // of the state in hand; none where it was shown before and cannot be hidden
  std::size_t partition;             // sets of one axis and state have the same, and are disjoint
  Axis axis;
  std::string name;
};

namespace {

// What a difference of sets leaves: one set less another, or less all sets of one partition, that lie wholly inside it.
// Calls `take` with the sets taking part of each difference of few people.
template <class Shown, class Take>
void each_small_difference(const std::vector<Shown>& sets, const std::vector<std::int64_t>& counts,
                           std::int64_t smallest, Take take) {
  std::vector<std::vector<std::size_t>> holding(counts.size());
  for (std::size_t i = 0; i < sets.size(); ++i)
    for (const auto cell : *sets[i].cells)
      if (counts[cell] > 0) holding[cell].push_back(i);
  std::vector<std::vector<std::int64_t>> common(sets.size(), std::vector<std::int64_t>(sets.size()));
  for (std::size_t cell = 0; cell < counts.size(); ++cell)
    for (const auto one : holding[cell])
      for (const auto other : holding[cell]) common[one][other] += counts[cell];

  for (std::size_t whole = 0; whole < sets.size(); ++whole) {
    std::map<std::size_t, std::vector<std::size_t>> inside;
    for (std::size_t part = 0; part < sets.size(); ++part)
      if (part != whole && common[part][part] > 0 && common[whole][part] == common[part][part]) {
        inside[sets[part].partition].push_back(part);
        if (few(common[whole][whole] - common[part][part], smallest)) take({whole, part});
      }
    for (auto& [partition, parts] : inside) {
      std::int64_t left = common[whole][whole];
      for (const auto part : parts) left -= common[part][part];
      parts.push_back(whole);
      if (few(left, smallest)) take(parts);
    }
  }
}

}  // namespace

bool Protection::Proof::holds(const Counts& counts, std::int64_t smallest) const {
  return std::all_of(lists.begin(), lists.end(),
                     [&](const CellSet& cells) { return sum_over(cells, counts) >= smallest; });
}

Protection::Protection(const std::vector<Cell>& cells, std::size_t items) : cells_(cells), items_(items) {}
Protection::~Protection() = default;

const Protection::State& Protection::show_next(std::int64_t smallest_group) {
  State state = groups_of(states_.size());
  proofs_ = {};
  hide_few_people(state, smallest_group);
  hide_groups_by_subtraction(state, smallest_group);
  hide_few_answers(state, smallest_group);
  hide_rows_by_subtraction(state, smallest_group);
  return keep(std::move(state), smallest_group);
}

const Protection::State& Protection::show_again(std::int64_t smallest_group, std::string_view decided) {
  State state = groups_of(states_.size());
  const auto before = groups_decided(decided, items_);
  for (std::size_t group = 0; group < state.groups.size(); ++group) {
    const auto known = before.find({state.groups[group].axis, state.groups[group].name});
    for (std::size_t item = 0; item < items_; ++item)
      state.rows[group * items_ + item] = known == before.end() ? Hidden::few_people : known->second[item + 1];
    state.groups[group].hidden = known == before.end() ? Hidden::few_people : known->second[0];
  }
  return keep(std::move(state), smallest_group);
}

const Protection::State& Protection::keep(State state, std::int64_t smallest_group) {
  states_.push_back(std::move(state));
  smallest_so_far_ = smallest_so_far_ == 0 ? smallest_group : std::min(smallest_so_far_, smallest_group);
  return states_.back();
}

Protection::State Protection::groups_of(std::size_t state) const {
  std::map<std::tuple<std::size_t, std::size_t, std::string>, CellSet> found;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    if (cells_[cell].since > state) continue;
    for (std::size_t axis = 0; axis <= groups_by_site; ++axis)
      if (const auto& name = cells_[cell].groups[axis]; !name.empty())
        found[showing_order(static_cast<Axis>(axis), name)].push_back(static_cast<std::uint32_t>(cell));
    found[showing_order(Axis::all, "everyone")].push_back(static_cast<std::uint32_t>(cell));
  }
  State result;
  const Counts people = counts_of(Answered::people, 0, state);
  for (auto& [place, cells] : found) {
    result.groups.push_back(
        {static_cast<Axis>(std::get<0>(place)), std::get<2>(place), Hidden::no, sum_over(cells, people)});
    result.cells.push_back(std::move(cells));
  }
  result.rows.assign(result.groups.size() * items_, Hidden::no);
  return result;
}

Protection::Counts Protection::counts_of(Answered answered, std::size_t item, std::size_t state) const {
  Counts result(cells_.size(), 0);
  const auto add = [&](std::int64_t& sum, const Cell& cell, std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) sum += cell.counts[item * counts_each + i];
  };
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Cell& cell = cells_[i];
    if (cell.since > state) continue;
    switch (answered) {
      case Answered::people:
        result[i] = cell.people;
        break;
      case Answered::to_a:
        add(result[i], cell, 0, 5);
        break;
      case Answered::scored_b:
        add(result[i], cell, 5, 9);
        break;
      case Answered::to_b:
        add(result[i], cell, 5, 11);
        break;
    }
  }
  return result;
}

void Protection::hide_few_people(State& state, std::int64_t smallest) const {
  for (auto& group : state.groups)
    if (few(group.people, smallest)) group.hidden = Hidden::few_people;
}

void Protection::hide_few_answers(State& state, std::int64_t smallest) const {
  for (std::size_t group = 0; group < state.groups.size(); ++group)
    for (std::size_t item = 0; item < items_; ++item) state.rows[group * items_ + item] = state.groups[group].hidden;
  for (std::size_t item = 0; item < items_; ++item)
    for (const auto answered : {Answered::to_a, Answered::scored_b, Answered::to_b}) {
      const Counts counts = counts_of(answered, item, states_.size());
      for (std::size_t group = 0; group < state.groups.size(); ++group) {
        auto& row = state.rows[group * items_ + item];
        if (row == Hidden::no && few(sum_over(state.cells[group], counts), smallest)) row = Hidden::few_answers;
      }
    }
}

// Without an item, the groups shown; with one, those in which it is shown. What was shown before stands first.
std::vector<Protection::Shown> Protection::shown_sets(const State& state, std::optional<std::size_t> item) const {
  std::vector<Shown> sets;
  const auto add = [&](const State& from, std::size_t number, bool fixed) {
    for (std::size_t group = 0; group < from.groups.size(); ++group) {
      const bool shown =
          item ? from.rows[group * items_ + *item] == Hidden::no : from.groups[group].hidden == Hidden::no;
      if (shown)
        sets.push_back({&from.cells[group], fixed ? std::nullopt : std::optional(group),
                        number * all_axes.size() + static_cast<std::size_t>(from.groups[group].axis),
                        from.groups[group].axis, from.groups[group].name});
    }
  };
  for (std::size_t number = 0; number < states_.size(); ++number) add(states_[number], number, true);
  add(state, states_.size(), false);
  return sets;
}

void Protection::hide_groups_by_subtraction(State& state, std::int64_t smallest) {
  const Counts people = counts_of(Answered::people, 0, states_.size());
  for (const bool with_earlier : {false, true}) {
    if (with_earlier && states_.empty()) break;
    auto sets = shown_sets(state, {});
    if (!with_earlier) std::erase_if(sets, [](const Shown& set) { return !set.group; });
    const auto least = with_earlier ? std::min(smallest, smallest_so_far_) : smallest;
    for (const auto group : to_hide(std::move(sets), people, least, proofs_[with_earlier ? 1 : 0]))
      state.groups[group].hidden = Hidden::subtraction;
  }
}

void Protection::hide_rows_by_subtraction(State& state, std::int64_t smallest) {
  // Most items have been answered by the same people: what was decided once for the same sets and counts is not worked
  // out again.
  std::map<std::pair<std::vector<const CellSet*>, Counts>, std::vector<std::size_t>> decided;
  for (std::size_t item = 0; item < items_; ++item)
    for (const auto answered : {Answered::to_a, Answered::scored_b, Answered::to_b}) {
      const Counts counts = counts_of(answered, item, states_.size());
      for (const bool with_earlier : {false, true}) {
        if (with_earlier && states_.empty()) break;
        auto& proof = proofs_[with_earlier ? 1 : 0];
        const auto least = with_earlier ? std::min(smallest, smallest_so_far_) : smallest;
        if (proof && proof->holds(counts, least)) continue;
        auto sets = shown_sets(state, item);
        if (!with_earlier) std::erase_if(sets, [](const Shown& set) { return !set.group; });
        std::pair<std::vector<const CellSet*>, Counts> asked{{}, counts};
        for (const auto& set : sets) asked.first.push_back(set.cells);
        auto known = decided.find(asked);
        if (known == decided.end()) {
          std::optional<Proof> unused;
          known = decided.emplace(std::move(asked), to_hide(std::move(sets), counts, least, unused)).first;
        }
        for (const auto group : known->second) state.rows[group * items_ + item] = Hidden::subtraction;
      }
    }
}

// Which groups of the state in hand to hide so that no combination of the sets left is a sum over few people; `proof`
// of what is left.
std::vector<std::size_t> Protection::to_hide(std::vector<Shown> sets, const Counts& counts, std::int64_t smallest,
                                             std::optional<Proof>& proof) const {
  std::vector<std::size_t> hidden;
  const auto before = [&](std::size_t one, std::size_t other) {
    const auto place = [&](std::size_t i) {
      return std::tuple(sum_over(*sets[i].cells, counts), hiding_order(sets[i].axis), sets[i].name);
    };
    return place(one) < place(other);
  };
  std::optional<std::size_t> first;  // to be hidden next
  const auto propose = [&](const std::vector<std::size_t>& taking_part) {
    for (const auto i : taking_part)
      if (sets[i].group && (!first || before(i, *first))) first = i;
  };
  const bool all_large =
      std::none_of(counts.begin(), counts.end(), [&](std::int64_t count) { return few(count, smallest); });
  if (all_large) return hidden;
  for (;;) {
    first.reset();
    each_small_difference(sets, counts, smallest, propose);
    if (!first) {
      std::vector<CellSet> cells;
      for (const auto& set : sets) cells.push_back(*set.cells);
      auto combination = small_combination(cells, counts, smallest);
      if (combination.kind == Combination::Kind::unknown) {
        combination.sets.resize(sets.size());
        std::iota(combination.sets.begin(), combination.sets.end(), std::size_t{0});
      }
      propose(combination.sets);
      if (combination.proof) proof = Proof{*std::move(combination.proof)};
    }
    if (!first) return hidden;
    hidden.push_back(*sets[*first].group);
    sets.erase(sets.begin() + static_cast<std::ptrdiff_t>(*first));
  }
}

}  // namespace cairn::instruments
