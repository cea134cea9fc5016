// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "evaluation/model.hpp"
#include "instruments/comparison.hpp"

namespace cairn::evaluation {

// One statement in two rounds, for the same subject, shown in both.
struct Change {
  std::size_t item = 0;
  std::int64_t before_percent = 0;  // in place, at least partly
  std::int64_t after_percent = 0;
  std::optional<std::int64_t> before_tenths;  // importance; nothing where nobody scored it
  std::optional<std::int64_t> after_tenths;
  std::int64_t presence() const { return after_percent - before_percent; }
};

// In the order of the statements; only those with shown answers in both rounds. Both comparisons are of the same
// instrument.
std::vector<Change> changes(const instruments::Comparison& before, const instruments::Comparison& after,
                            const Subject& subject);
// The `most` that moved furthest either way, by at least 10 points of a hundred; the furthest first.
std::vector<Change> largest(const std::vector<Change>& changes, std::size_t most);

}  // namespace cairn::evaluation
