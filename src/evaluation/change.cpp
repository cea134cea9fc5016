// SPDX-License-Identifier: Apache-2.0
#include "evaluation/change.hpp"

#include <algorithm>
#include <cstdlib>

namespace cairn::evaluation {
namespace {

constexpr std::int64_t least_points = 10;  // smaller moves are one or two people in groups of this size

const instruments::Row* shown_row(const instruments::Comparison& comparison, const Subject& subject, std::size_t item) {
  const auto* group = comparison.find(subject.axis, subject.group);
  if (group == nullptr || group->hidden != instruments::Hidden::no || item >= comparison.items) return nullptr;
  const auto& row = comparison.row(comparison.index_of(*group), item);
  return row.hidden == instruments::Hidden::no ? &row : nullptr;
}

}  // namespace

std::vector<Change> changes(const instruments::Comparison& before, const instruments::Comparison& after,
                            const Subject& subject) {
  std::vector<Change> found;
  for (std::size_t item = 0; item < after.items; ++item) {
    const auto* then = shown_row(before, subject, item);
    const auto* now = shown_row(after, subject, item);
    if (then == nullptr || now == nullptr) continue;
    const auto was = then->in_place_percent();
    const auto is = now->in_place_percent();
    if (was && is) found.push_back({item, *was, *is, then->mean_tenths(), now->mean_tenths()});
  }
  return found;
}

std::vector<Change> largest(const std::vector<Change>& changes, std::size_t most) {
  std::vector<Change> moved;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(moved),
               [](const Change& change) { return std::abs(change.presence()) >= least_points; });
  std::stable_sort(moved.begin(), moved.end(), [](const Change& one, const Change& other) {
    return std::abs(one.presence()) > std::abs(other.presence());
  });
  if (moved.size() > most) moved.resize(most);
  return moved;
}

}  // namespace cairn::evaluation
