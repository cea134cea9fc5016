// SPDX-License-Identifier: Apache-2.0
#include "evaluation/said.hpp"

#include <algorithm>

namespace cairn::evaluation {
namespace {

using instruments::Axis;
using instruments::Beside;
using instruments::Comparison;
using instruments::Hidden;

// A group that is shown, or nullptr.
const instruments::Group* shown_group(const Comparison& comparison, Axis axis, std::string_view name) {
  const auto* group = comparison.find(axis, name);
  return group == nullptr || group->hidden != Hidden::no ? nullptr : group;
}

bool shows_row(const Comparison& comparison, const instruments::Group* group, std::size_t item) {
  return group != nullptr && comparison.row(comparison.index_of(*group), item).hidden == Hidden::no;
}

// Everybody answered for this one site, so that its name says nothing more.
bool is_all_there_is(const Comparison& comparison, const instruments::Group& site) {
  const auto* all = shown_group(comparison, Axis::all, "everyone");
  const auto sites = std::count_if(comparison.groups.begin(), comparison.groups.end(),
                                   [](const instruments::Group& group) { return group.axis == Axis::site; });
  return all != nullptr && sites == 1 && site.people == all->people && comparison.waiting == 0;
}

}  // namespace

std::vector<ShownWords> shown_words(const std::vector<instruments::KeptReason>& reasons,
                                    const instruments::Instrument& instrument, const Comparison& comparison,
                                    const Subject& about) {
  std::vector<ShownWords> shown;
  if (shown_group(comparison, Axis::all, "everyone") == nullptr) return shown;
  const auto* site = about.is_everyone() ? nullptr : shown_group(comparison, about.axis, about.group);
  if (!about.is_everyone() && site == nullptr) return shown;
  const bool about_one_of_several = site != nullptr && !is_all_there_is(comparison, *site);
  for (const auto& reason : reasons) {
    if (!reason.is_shown() || reason.review->words.empty()) continue;
    const auto item = instrument.index_of(reason.said.item);
    ShownWords words{reason.said.item, reason.said.tone, reason.review->words, everyone()};
    if (about_one_of_several) {
      if (reason.review->beside != Beside::site || reason.said.site != about.group) continue;
      if (item && !shows_row(comparison, site, *item)) continue;
      words.beside = about;
    } else if (reason.review->beside == Beside::group && item) {
      const auto* group = shown_group(comparison, Axis::stakeholder, reason.said.stakeholder);
      if (shows_row(comparison, group, *item)) words.beside = {Axis::stakeholder, reason.said.stakeholder};
    }
    shown.push_back(std::move(words));
  }
  const auto place = [&](const ShownWords& words) {
    return instrument.index_of(words.item).value_or(instrument.items.size());
  };
  std::stable_sort(shown.begin(), shown.end(),
                   [&](const ShownWords& one, const ShownWords& other) { return place(one) < place(other); });
  return shown;
}

}  // namespace cairn::evaluation
