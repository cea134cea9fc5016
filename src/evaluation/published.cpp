// SPDX-License-Identifier: Apache-2.0
#include "evaluation/published.hpp"

#include <algorithm>
#include <cstdlib>

namespace cairn::evaluation {

using instruments::Axis;

std::optional<std::int64_t> Published::mean(std::string_view item, Axis axis, std::string_view group) const {
  const auto found = mean_tenths.find({std::string(item), axis, std::string(group)});
  return found == mean_tenths.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::int64_t> Published::chosen(std::string_view item, Axis axis, std::string_view group) const {
  if (!mean(item, axis, group)) return std::nullopt;
  const auto found = top3.find({std::string(item), axis, std::string(group)});
  // The study prints only what somebody chose; a statement that is absent there was chosen by nobody.
  return found == top3.end() ? 0 : found->second;
}

std::int64_t Beside::apart() const {
  return std::abs(here_tenths - published_tenths);
}

std::vector<Beside> beside_the_study(const instruments::Comparison& comparison,
                                     const instruments::Instrument& instrument, const Published& published, Axis axis,
                                     std::int64_t apart_tenths) {
  std::vector<Beside> found;
  for (const auto& row : comparison.rows) {
    if (row.axis != axis || row.hidden != instruments::Hidden::no) continue;
    const auto here = row.mean_tenths();
    const auto there = published.mean(instrument.items[row.item].id, axis, row.group);
    if (!here || !there) continue;
    const Beside beside{row.item, axis, row.group, *here, *there};
    if (beside.apart() >= apart_tenths) found.push_back(beside);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Beside& one, const Beside& other) { return one.apart() > other.apart(); });
  return found;
}

}  // namespace cairn::evaluation
