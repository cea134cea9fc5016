// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_compare.hpp"

#include "evaluation/pages_frame.hpp"
#include "web/charts.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;
using web::Html;

constexpr std::array<std::string_view, 5> view_codes{"matters", "statements", "differences", "study", "changes"};
constexpr std::size_t to_talk_about = 3;

web::PriorityChart matters_chart(const web::Language& say, const RoundView& view, const Subject& subject,
                                 const std::vector<Finding>& findings, Axis by) {
  web::PriorityChart chart;
  chart.words = {"matters", say("evaluation.matters.chart", {{"whom", subject_name(say, subject)}}),
                 say("evaluation.matters.chart_says")};
  chart.matters_from_tenths = view.thresholds.high_importance;
  chart.in_place_under_percent = view.thresholds.low_presence;
  for (const auto& finding : findings) {
    const auto& item = view.instrument.items[finding.item];
    web::StatementPoint point{item.id, item.label, {}, finding.mean_tenths, item_path(view, item.id, by)};
    if (finding.answers_a > 0)
      point.in_place_percent = (finding.in_place * 200 + finding.answers_a) / (finding.answers_a * 2);
    chart.points.push_back(std::move(point));
  }
  return chart;
}

Html talk_about(const web::Language& say, const CompareFrame& frame, const std::vector<Finding>& first) {
  if (first.empty())
    return web::note(say("evaluation.matters.none_title"), web::paragraph(say("evaluation.matters.none")));
  Html cards = web::heading(2, say("evaluation.matters.talk"));
  for (std::size_t i = 0; i < first.size() && i < to_talk_about; ++i) {
    const auto& item = frame.round.instrument.items[first[i].item];
    std::string sentences;
    for (const auto& sentence : why(say, first[i])) sentences += (sentences.empty() ? "" : " ") + sentence;
    Html words = web::paragraph(sentences);
    if (frame.round.instrument.contested(item, "")) words += web::quiet(say("evaluation.contested.short"));
    words += web::paragraph(
        web::link(say("evaluation.matters.more", {{"id", item.id}}), item_path(frame.round, item.id, frame.by)));
    cards += web::panel(item_name(item), words);
  }
  return cards;
}

// Links to the shown groups, so that the picture can be seen for each.
Html for_whom(const web::Language& say, const CompareFrame& frame, const Subject& subject) {
  std::vector<web::Link> links;
  for (const auto& group : frame.round.comparison.groups) {
    if (group.hidden != Hidden::no) continue;
    links.push_back({group_name(say, group.axis, group.name),
                     compare_path(frame.round, "matters", group.axis) + "&group=" + in_address(group.name),
                     group.axis == subject.axis && group.name == subject.group});
  }
  Html list = web::each(links, [](const web::Link& one) {
    return web::tag("li", {}, one.current ? web::tag("strong", {}, one.label) : web::link(one.label, one.path));
  });
  return web::details(say("evaluation.matters.for_whom"), web::tag("ul", {{"class", "nhsuk-list"}}, list));
}

}  // namespace

std::string_view code(View view) {
  return view_codes[static_cast<std::size_t>(view)];
}

std::optional<View> view_from_code(std::string_view code) {
  for (std::size_t i = 0; i < view_codes.size(); ++i)
    if (view_codes[i] == code) return static_cast<View>(i);
  return std::nullopt;
}

Html matters_page(const web::Language& say, const CompareFrame& frame, const Subject& subject,
                  const std::vector<Finding>& findings, const std::vector<Finding>& first) {
  const auto* group = frame.round.comparison.find(subject.axis, subject.group);
  Html page = compare_top(say, frame, say("evaluation.matters.title"));
  if (group == nullptr || group->hidden != Hidden::no)
    return page + web::note(hidden_group(say, subject, group)) + for_whom(say, frame, subject) +
           compare_foot(say, frame);
  page += web::lead(say.count("evaluation.matters.lead", group->people, {{"whom", subject_name(say, subject)}}));
  const auto chart = web::priority_chart(say, matters_chart(say, frame.round, subject, findings, frame.by));
  page += web::columns(web::panel(chart) + for_whom(say, frame, subject), talk_about(say, frame, first));
  return page + compare_foot(say, frame);
}

Html changes_page(const web::Language& say, const CompareFrame& frame, const std::string& before_name,
                  const std::vector<Change>& changes, const std::vector<Change>& largest) {
  Html page = compare_top(say, frame, say("evaluation.changes.title"));
  if (before_name.empty())
    return page + web::paragraph(say("evaluation.changes.first_round")) + compare_foot(say, frame);
  if (changes.empty()) return page + web::paragraph(say("evaluation.changes.nothing_shown")) + compare_foot(say, frame);
  const auto now = round_name(say, frame.round.round);
  page += web::lead(largest.empty() ? say("evaluation.changes.little")
                                    : say.count("evaluation.changes.lead", static_cast<std::int64_t>(largest.size()),
                                                {{"before", before_name},
                                                 {"count", say.words(static_cast<std::int64_t>(largest.size()))}}));
  page += web::panel(web::change_chart(
      say, changes_chart(say, frame.round, before_name, now, largest.empty() ? changes : largest, "changes")));
  page += changes_table(say, frame.round, before_name, now, changes);
  return page + web::note(web::paragraph(say("evaluation.changes.people"))) + compare_foot(say, frame);
}

Html too_small_page(const web::Language& say, const Html& guide) {
  return web::heading(say("evaluation.small.title")) + web::lead(say("evaluation.small.lead")) +
         web::paragraph(say("evaluation.small.why")) + guide;
}

}  // namespace cairn::evaluation
