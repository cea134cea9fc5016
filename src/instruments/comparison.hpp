// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "instruments/instrument.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments {

// Why a row is not shown.
enum class Hidden {
  no,
  few_people,   // the group has 1 to smallest_group - 1 people
  few_answers,  // fewer than that answered this item
  subtraction   // shown, it would give away a set of 1 to smallest_group - 1 people by subtraction from other rows
};
std::string_view code(Hidden reason);  // "" few_people few_answers subtraction

// One item in one group. Where hidden, every number is 0 or empty and must not be shown.
struct Row {
  std::size_t item = 0;
  Axis axis = Axis::all;
  std::string group;
  Hidden hidden = Hidden::no;
  std::int64_t people = 0;                   // in the group
  std::int64_t answers_a = 0;                // of them, who answered A in any of the five ways
  std::array<std::int64_t, 5> presence{};    // yes partly no dk nr
  std::int64_t answers_b = 0;                // counted in the mean: scored 1 to 4
  std::array<std::int64_t, 4> importance{};  // score 1, 2, 3, 4
  std::int64_t dont_know_b = 0;
  std::int64_t not_relevant_b = 0;
  std::int64_t score_sum = 0;
  std::int64_t top3 = 0;  // people who named the item among the three that matter most

  // Mean importance in tenths (34 is 3.4), half away from zero, computed in integers; nothing where nobody scored.
  std::optional<std::int64_t> mean_tenths() const;
  // Whole per cent of yes and partly among answers_a, half up; nothing where nobody answered.
  std::optional<std::int64_t> in_place_percent() const;
};

struct Group {
  Axis axis;
  std::string name;  // code, site name or "everyone"
  Hidden hidden = Hidden::no;
  std::int64_t people = 0;  // 0 when hidden
  // Of a site that is shown: by Axis, the value that more than half of its people who gave one agree on, "" where there
  // is none. It says what kind of place it is, and nothing of what anybody answered.
  std::array<std::string, 5> usual = {};
};

// What may be shown of one round: a fixed plan of one-way tables, all axes at once, whatever a reader asks to see of
// it.
struct Comparison {
  std::vector<Group>
      groups;  // axes in the order of all_axes; known groups in their order (those with people), sites by name
  std::vector<Row> rows;  // groups.size() * items; row(g, i) finds one
  std::size_t items = 0;
  std::int64_t waiting =
      0;  // people whose answers came later and are not yet in, since they were too few to add safely

  const Row& row(std::size_t group, std::size_t item) const { return rows[group * items + item]; }
  const Group* find(Axis axis, std::string_view name) const;  // nullptr where no such group has people
  std::size_t index_of(const Group& group) const { return static_cast<std::size_t>(&group - groups.data()); }
  bool nothing_shown() const;  // every group is hidden: offer the discussion guide
};

// A state of the round that has been shown before: batches 1 to `through_batch`, with the smallest group then in force.
// What was shown cannot be taken back, so later states are protected against subtraction from it too.
struct Shown {
  std::int64_t through_batch = 0;
  std::int64_t smallest_group = 5;
  // Which groups and rows were shown and which hidden, as finish() wrote it. Where empty it is worked out again, which
  // comes to the same as long as the rules are the same.
  std::string decided = {};
};

struct Cell;

// Counts responses, one at a time, into the cells no smaller than which any table needs (people alike in every group
// and in time). Several may count parts of the same responses; add() them to one another before finish().
class Counter {
 public:
  // `shown_before` in the order of showing; its `through_batch` never falls.
  Counter(std::size_t items, std::vector<Shown> shown_before);
  // `batch` counts from 1 in the order of publishing. The response is one to this instrument: `items` answers of each
  // kind.
  void add(const Response& response, std::int64_t batch);
  // All that another, made with the same items and shown states, has counted.
  void add(const Counter& other);
  // The comparison of the latest state that can be shown safely, protected as `opinion`. Also which state that is: the
  // newest where nothing was shown before, nobody came since, or at least `smallest_group` people did; the last shown
  // otherwise, and `waiting` says how many came since. A state that was shown before is shown as it was.
  struct Result {
    Comparison comparison;
    Shown shown;  // to be kept with those shown before
  };
  Result finish(std::int64_t smallest_group) const;

 private:
  std::size_t cell(const std::array<std::string, 5>& groups, std::size_t since);
  Shown state_to_show(std::int64_t smallest_group) const;
  std::size_t items_;
  std::vector<Shown> shown_before_;
  std::unordered_map<std::string, std::size_t> cell_of_;
  std::vector<Cell> cells_;
  std::int64_t newest_batch_ = 0;
  std::string key_;  // room to spell a cell's key in

 public:
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  ~Counter();
};

}  // namespace cairn::instruments
