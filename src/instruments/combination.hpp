// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cairn::instruments {

// People who are alike in every way that could tell them apart are a cell; a set of people is a list of cells,
// ascending.
using CellSet = std::vector<std::uint32_t>;

// What can be computed from the sums of some sets: any sum over people in which each person counts with a coefficient
// that is a combination of the sets' indicator vectors.
struct Combination {
  enum class Kind {
    none,    // proven: every combination that is not zero everywhere counts `fewest` people or more
    found,   // this one counts 1 to fewest - 1 people
    unknown  // the search was given up: take it as if there were one
  };
  Kind kind = Kind::none;
  std::vector<std::size_t> sets;  // where found: the sets that take part

  // Where none, and the proof was short: lists of cells such that none can be found among these sets, or some of them,
  // for any other number of people in the cells as long as each list has `fewest` people or more.
  std::optional<std::vector<CellSet>> proof = {};
};

// Is there a combination of the sets, with any coefficients, in which 1 to fewest - 1 people count and all others
// cancel out? Then their answers, or a weighted sum of them, could be computed from the sums over the sets. `people`
// says how many are in each cell.
Combination small_combination(const std::vector<CellSet>& sets, const std::vector<std::int64_t>& people,
                              std::int64_t fewest);

}  // namespace cairn::instruments
