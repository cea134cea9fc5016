// SPDX-License-Identifier: Apache-2.0
#include "evaluation/findings.hpp"

#include <algorithm>
#include <array>

namespace cairn::evaluation {
namespace {

using instruments::Axis;
using instruments::Comparison;
using instruments::Group;
using instruments::Hidden;
using instruments::Row;

constexpr std::size_t fewest_priorities = 3;
constexpr std::size_t most_priorities = 5;
constexpr std::size_t most_strengths = 5;
constexpr std::int64_t fewest_choices = 2;  // one person's choice is not the site's

std::int64_t in_place(const Row& row) {
  return row.presence[0] + row.presence[1];
}

// Counted, not rounded: 49.6 per cent is fewer than half.
bool is_low(const Row& row, const Thresholds& thresholds) {
  return row.answers_a > 0 && in_place(row) * 100 < thresholds.low_presence * row.answers_a;
}
bool is_high(const Row& row, const Thresholds& thresholds) {
  return row.answers_a > 0 && in_place(row) * 100 >= thresholds.high_presence * row.answers_a;
}
// By the mean as it is shown, so that what a reader sees is what the rule used.
bool matters(const Row& row, const Thresholds& thresholds) {
  const auto mean = row.mean_tenths();
  return mean && *mean >= thresholds.high_importance;
}

bool speaks_for(const Subject& subject, Axis axis) {
  if (axis == Axis::all) return false;
  return subject.is_everyone() || axis == Axis::stakeholder;
}

std::optional<Gap> gap_between(const Comparison& comparison, Axis axis, std::size_t item) {
  std::optional<Gap> gap;
  std::size_t shown_groups = 0;
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    const auto& row = comparison.row(g, item);
    if (comparison.groups[g].axis != axis || row.hidden != Hidden::no) continue;
    const auto mean = row.mean_tenths();
    if (!mean) continue;
    ++shown_groups;
    if (!gap) gap = Gap{item, axis, row.group, row.group, *mean, *mean};
    if (*mean > gap->higher_tenths) gap->higher = row.group, gap->higher_tenths = *mean;
    if (*mean < gap->lower_tenths) gap->lower = row.group, gap->lower_tenths = *mean;
  }
  return shown_groups > 1 ? gap : std::nullopt;
}

// How often the third most often named statement was named; at least fewest_choices.
std::int64_t third_most_named(const Comparison& comparison, std::size_t group) {
  std::vector<std::int64_t> counts;
  for (std::size_t item = 0; item < comparison.items; ++item) {
    const auto& row = comparison.row(group, item);
    if (row.hidden == Hidden::no) counts.push_back(row.top3);
  }
  std::sort(counts.rbegin(), counts.rend());
  const auto third = counts.empty() ? 0 : counts[std::min<std::size_t>(counts.size(), 3) - 1];
  return std::max(third, fewest_choices);
}

std::vector<std::string> groups_that_miss_it(const Comparison& comparison, const Subject& subject, const Row& row,
                                             const Thresholds& thresholds) {
  std::vector<std::string> missing;
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) {
    const auto& other = comparison.row(g, row.item);
    if (!speaks_for(subject, comparison.groups[g].axis) || other.hidden != Hidden::no) continue;
    const bool low = is_low(row, thresholds) || (subject.is_everyone() && is_low(other, thresholds));
    if (low && matters(other, thresholds)) missing.push_back(other.group);
  }
  return missing;
}

std::optional<Gap> widest_gap(const Comparison& comparison, const Subject& subject, std::size_t item) {
  std::optional<Gap> widest;
  // Stakeholder groups first: where two axes lie equally far apart, who people are says more than where they work.
  for (const auto axis : {Axis::stakeholder, Axis::context, Axis::setting, Axis::employer, Axis::site}) {
    if (!speaks_for(subject, axis)) continue;
    const auto gap = gap_between(comparison, axis, item);
    if (gap && (!widest || gap->tenths() > widest->tenths())) widest = gap;
  }
  return widest;
}

Finding finding(const Comparison& comparison, const Subject& subject, const Row& row, std::int64_t third,
                const Thresholds& thresholds) {
  Finding found;
  found.item = row.item;
  found.in_place = in_place(row);
  found.answers_a = row.answers_a;
  found.mean_tenths = row.mean_tenths();
  found.top3 = row.top3;
  found.people = row.people;
  found.low_presence = is_low(row, thresholds);
  found.high_presence = is_high(row, thresholds);
  found.matters_to = groups_that_miss_it(comparison, subject, row, thresholds);
  if (!found.matters_to.empty() || (found.low_presence && matters(row, thresholds)))
    found.rules.push_back(Rule::missing_and_matters);
  auto widest = widest_gap(comparison, subject, row.item);
  if (widest && widest->tenths() >= thresholds.disagreement) {
    found.rules.push_back(Rule::groups_disagree);
    found.widest = std::move(widest);
  }
  if (row.top3 >= third) found.rules.push_back(Rule::in_top_three);
  return found;
}

bool higher_mean(const Finding& one, const Finding& other) {
  return one.mean_tenths > other.mean_tenths;
}

}  // namespace

std::string_view code(Rule rule) {
  constexpr std::array<std::string_view, 3> codes{"missing_and_matters", "groups_disagree", "in_top_three"};
  return codes[static_cast<std::size_t>(rule)];
}

bool Finding::has(Rule rule) const {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

std::vector<Finding> findings(const Comparison& comparison, const Subject& subject, const Thresholds& thresholds) {
  std::vector<Finding> all;
  const Group* group = comparison.find(subject.axis, subject.group);
  if (group == nullptr || group->hidden != Hidden::no) return all;
  const auto index = comparison.index_of(*group);
  const auto third = third_most_named(comparison, index);
  for (std::size_t item = 0; item < comparison.items; ++item) {
    const auto& row = comparison.row(index, item);
    if (row.hidden == Hidden::no) all.push_back(finding(comparison, subject, row, third, thresholds));
  }
  return all;
}

std::vector<Finding> priorities(const std::vector<Finding>& findings) {
  std::vector<Finding> picked;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(picked),
               [](const Finding& finding) { return !finding.rules.empty(); });
  std::stable_sort(picked.begin(), picked.end(), [](const Finding& one, const Finding& other) {
    if (one.rules.size() != other.rules.size()) return one.rules.size() > other.rules.size();
    if (one.top3 != other.top3) return one.top3 > other.top3;
    return higher_mean(one, other);
  });
  if (picked.size() <= fewest_priorities) return picked;
  const auto as_many = picked[fewest_priorities - 1].rules.size();
  std::size_t count = fewest_priorities;
  while (count < most_priorities && count < picked.size() && picked[count].rules.size() >= as_many) ++count;
  picked.resize(count);
  return picked;
}

std::vector<Finding> strengths(const std::vector<Finding>& findings, const instruments::Instrument& instrument,
                               std::string_view context, const Thresholds& thresholds) {
  std::vector<Finding> strong;
  for (const auto& finding : findings) {
    const bool valued = finding.mean_tenths && *finding.mean_tenths >= thresholds.high_importance;
    if (finding.high_presence && valued && !instrument.contested(instrument.items[finding.item], context))
      strong.push_back(finding);
  }
  std::stable_sort(strong.begin(), strong.end(), [](const Finding& one, const Finding& other) {
    if (one.mean_tenths != other.mean_tenths) return higher_mean(one, other);
    return one.in_place * other.answers_a > other.in_place * one.answers_a;
  });
  if (strong.size() > most_strengths) strong.resize(most_strengths);
  return strong;
}

std::vector<Gap> disagreements(const Comparison& comparison, Axis axis, const Thresholds& thresholds) {
  std::vector<Gap> gaps;
  for (std::size_t item = 0; item < comparison.items; ++item) {
    const auto gap = gap_between(comparison, axis, item);
    if (gap && gap->tenths() >= thresholds.disagreement) gaps.push_back(*gap);
  }
  std::stable_sort(gaps.begin(), gaps.end(),
                   [](const Gap& one, const Gap& other) { return one.tenths() > other.tenths(); });
  return gaps;
}

std::vector<Finding> questions(const std::vector<Finding>& findings, const instruments::Instrument& instrument,
                               std::string_view context) {
  std::vector<Finding> asked;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(asked), [&](const Finding& finding) {
    return finding.answers_a > 0 && instrument.contested(instrument.items[finding.item], context);
  });
  return asked;
}

}  // namespace cairn::evaluation
