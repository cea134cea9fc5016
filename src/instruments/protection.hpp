// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "instruments/combination.hpp"
#include "instruments/comparison.hpp"

namespace cairn::instruments {

// People alike in all five groups and in which shown states they are part of, and how many of them answered what.
struct Cell {
  std::array<std::string, 5> groups;  // by Axis, without all
  std::size_t since = 0;              // the first state they are part of, counted in the order of states
  std::int64_t people = 0;
  // For each item 12 counts: yes partly no dk nr of A, scores 1 2 3 4, dk, nr of B, and the choices among the three
  // that matter most.
  std::vector<std::uint32_t> counts;
};
inline constexpr std::size_t counts_each = 12;

// Decides what may be shown of a collection, state after state: each is protected together with those before it, which
// were shown and cannot be taken back. Deterministic: the same cells and states give the same answer.
//
// Hidden: a group of 1 to smallest - 1 people; in a shown group, an item that as few answered to A, answered to B, or
// scored on B; and as many of the smallest groups or rows as it takes until no combination of what is shown, with any
// coefficients, is a sum over 1 to smallest - 1 people (small_combination), be it of everybody, of those who answered
// A, scored on B, or answered B at all. Among sets that take part the one with the fewest people is hidden; of equals a
// site first, then setting, stakeholder, context, employer, everyone, then by name. Earlier states were protected with
// the smallest group then in force, and are so still.
class Protection {
 public:
  // The cells must outlive this.
  Protection(const std::vector<Cell>& cells, std::size_t items);
  ~Protection();
  Protection(const Protection&) = delete;
  Protection& operator=(const Protection&) = delete;

  // What is shown of the next state: people of cells with `since` up to the number of states before it.
  struct State {
    std::vector<Group> groups;
    std::vector<CellSet> cells;  // of each group
    std::vector<Hidden> rows;    // groups.size() * items
  };
  const State& show_next(std::int64_t smallest_group);
  // The same for a state that was shown before, as it was decided then. Throws Corrupt for what decided() did not
  // write.
  const State& show_again(std::int64_t smallest_group, std::string_view decided);

 private:
  enum class Answered { people, to_a, scored_b, to_b };
  using Counts = std::vector<std::int64_t>;  // by cell
  struct Shown;                              // one set of people whose numbers are shown
  struct Proof {
    std::vector<CellSet> lists;
    bool holds(const Counts& counts, std::int64_t smallest) const;
  };

  const State& keep(State state, std::int64_t smallest_group);
  State groups_of(std::size_t state) const;
  Counts counts_of(Answered answered, std::size_t item, std::size_t state) const;
  void hide_few_people(State& state, std::int64_t smallest) const;
  void hide_few_answers(State& state, std::int64_t smallest) const;
  void hide_groups_by_subtraction(State& state, std::int64_t smallest);
  void hide_rows_by_subtraction(State& state, std::int64_t smallest);
  std::vector<Shown> shown_sets(const State& state, std::optional<std::size_t> item) const;
  std::vector<std::size_t> to_hide(std::vector<Shown> sets, const Counts& counts, std::int64_t smallest,
                                   std::optional<Proof>& proof) const;

  const std::vector<Cell>& cells_;
  std::size_t items_;
  std::vector<State> states_;
  std::int64_t smallest_so_far_ = 0;            // of the states shown; 0 where there are none
  std::array<std::optional<Proof>, 2> proofs_;  // of the groups of the state in hand: alone, and with those before
};

// What was decided about each group and row of a state, in a compact form that stands for itself.
std::string decided(const Protection::State& state, std::size_t items);

}  // namespace cairn::instruments
