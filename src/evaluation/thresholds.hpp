// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"

namespace cairn::evaluation {

// The numbers the rules work with. Shares are whole per cent, means are tenths of a point (35 is 3.5).
struct Thresholds {
  std::int64_t low_presence = 50;     // fewer than this share say yes or partly: low
  std::int64_t high_presence = 75;    // at least this share: high
  std::int64_t high_importance = 35;  // a mean of at least this: it matters
  std::int64_t disagreement = 5;      // means of two groups at least this far apart: they disagree
  bool operator==(const Thresholds&) const = default;
};

// One threshold as content/rules/evaluation.v1.toml describes it: what it may be set to, what it is at first, and where
// that comes from.
struct Setting {
  std::string id;    // "low_presence"
  std::string rule;  // "EV-122a"
  std::string unit;  // "percent" or "tenths"
  std::int64_t standard = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string source;
};

bool is_threshold(std::string_view id);
Thresholds standard(const std::vector<Setting>& settings);

std::int64_t value_of(const Thresholds& thresholds, std::string_view id);  // throws std::out_of_range for an unknown id
void set(Thresholds& thresholds, std::string_view id, std::int64_t value);

// What somebody typed for one threshold: "50" for per cent, "3.5" (or "3,5") for tenths. Refuses anything outside the
// range, and an empty reason: a threshold is changed with a reason that others can read.
struct NewThreshold {
  std::string id;
  std::int64_t value;
  std::string reason;
};
Checked<NewThreshold> check_threshold(const std::vector<Setting>& settings, std::string_view id, std::string_view typed,
                                      std::string_view reason);

// "50 %" or "3.5", as read by people.
std::string shown(std::string_view unit, std::int64_t value);
// 35 is "3.5".
std::string tenths(std::int64_t value);

}  // namespace cairn::evaluation
