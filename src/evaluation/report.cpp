// SPDX-License-Identifier: Apache-2.0
#include "evaluation/report.hpp"

#include <algorithm>

namespace cairn::evaluation {
namespace {

constexpr std::size_t most_changes = 6;
constexpr std::size_t most_for_the_purpose = 5;

bool is_among(const std::vector<Priority>& priorities, const Finding& finding) {
  return std::any_of(priorities.begin(), priorities.end(),
                     [&](const Priority& priority) { return priority.finding.item == finding.item; });
}

std::optional<Beside> beside(const RoundView& view, const Finding& finding, const std::string& context) {
  const auto there = view.published.mean(view.instrument.items[finding.item].id, instruments::Axis::context, context);
  if (!there || !finding.mean_tenths) return std::nullopt;
  return Beside{finding.item, instruments::Axis::context, context, *finding.mean_tenths, *there};
}

Priority priority(const RoundView& view, const Finding& finding, const SiteDescription& site,
                  const std::vector<Point>& points) {
  const auto& item = view.instrument.items[finding.item];
  return {finding, advice(points, item.id, site.place), view.instrument.contested(item, site.place.context),
          beside(view, finding, site.place.context)};
}

}  // namespace

std::string opened(std::string_view opening, std::string_view people, std::string_view site, std::string_view round) {
  std::string text(opening);
  for (const auto& [place, value] :
       {std::pair("{people}", people), std::pair("{site}", site), std::pair("{round}", round)})
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
      text.replace(at, std::string_view(place).size(), value);
  return text;
}

ReportContent report_content(const RoundView& view, const instruments::Comparison* before, const Subject& subject,
                             const SiteDescription& site, const PurposeWords& purpose,
                             const std::vector<Point>& points) {
  ReportContent content;
  const auto* group = view.comparison.find(subject.axis, subject.group);
  content.hidden = group == nullptr || group->hidden != instruments::Hidden::no;
  if (content.hidden) return content;
  content.people = group->people;
  content.all = findings(view.comparison, subject, view.thresholds);
  content.strong = strengths(content.all, view.instrument, site.place.context, view.thresholds);
  for (const auto& finding : priorities(content.all))
    content.priorities.push_back(priority(view, finding, site, points));
  for (const auto& id : purpose.items)
    for (const auto& finding : content.all)
      if (view.instrument.items[finding.item].id == id && !is_among(content.priorities, finding) &&
          content.for_the_purpose.size() < most_for_the_purpose)
        content.for_the_purpose.push_back(finding);
  for (const auto& finding : questions(content.all, view.instrument, site.place.context))
    if (!is_among(content.priorities, finding)) content.questions.push_back(priority(view, finding, site, points));
  if (before != nullptr) {
    const auto all = changes(*before, view.comparison, subject);
    content.compared = !all.empty();
    content.changed = largest(all, most_changes);
  }
  return content;
}

}  // namespace cairn::evaluation
