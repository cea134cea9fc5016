// SPDX-License-Identifier: Apache-2.0
#include "instruments/comparison.hpp"

#include <algorithm>

namespace cairn::instruments {

std::string_view code(Hidden reason) {
  constexpr std::array<std::string_view, 4> codes{"", "few_people", "few_answers", "subtraction"};
  return codes[static_cast<std::size_t>(reason)];
}

std::optional<std::int64_t> Row::mean_tenths() const {
  if (hidden != Hidden::no || answers_b == 0) return {};
  return (20 * score_sum + answers_b) / (2 * answers_b);
}

std::optional<std::int64_t> Row::in_place_percent() const {
  if (hidden != Hidden::no || answers_a == 0) return {};
  return (200 * (presence[0] + presence[1]) + answers_a) / (2 * answers_a);
}

const Group* Comparison::find(Axis axis, std::string_view name) const {
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& group) { return group.axis == axis && group.name == name; });
  return found == groups.end() ? nullptr : &*found;
}

bool Comparison::nothing_shown() const {
  return std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.hidden != Hidden::no; });
}

}  // namespace cairn::instruments
