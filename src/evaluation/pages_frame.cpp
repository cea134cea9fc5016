// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_frame.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;
using web::Html;

constexpr std::array<View, 5> all_views{View::matters, View::statements, View::differences, View::study, View::changes};
constexpr std::array<Axis, 5> group_axes{Axis::stakeholder, Axis::context, Axis::setting, Axis::employer, Axis::site};

// The study has no sites of ours, and everyone is not a group of it.
bool has_axes(View view) {
  return view != View::matters && view != View::changes;
}

Html axis_choice(const web::Language& say, const CompareFrame& frame) {
  std::vector<web::Link> links;
  for (const auto axis : group_axes) {
    if (frame.view == View::study && axis == Axis::site) continue;
    links.push_back({axis_name(say, axis), compare_path(frame.round, code(frame.view), axis), axis == frame.by});
  }
  return web::tabs(say("evaluation.compare.by"), links);
}

}  // namespace

Html compare_top(const web::Language& say, const CompareFrame& frame, std::string_view title) {
  std::vector<web::Link> views;
  for (const auto view : all_views)
    views.push_back({say("evaluation.view." + std::string(code(view))), compare_path(frame.round, code(view), frame.by),
                     view == frame.view});
  Html top = web::heading(title) + web::tabs(say("evaluation.compare.views"), views);
  if (has_axes(frame.view)) top += axis_choice(say, frame);
  if (frame.round.comparison.waiting > 0)
    top += web::note(web::paragraph(say.count("evaluation.compare.waiting", frame.round.comparison.waiting)));
  return top;
}

Html compare_foot(const web::Language& say, const CompareFrame& frame) {
  Html foot = warnings(say);
  std::vector<Html> acts;
  if (frame.may_report)
    acts.push_back(
        web::link_button(say("evaluation.compare.make_report"), study_path(frame.round.study) + "/report/new"));
  if (frame.may_export) {
    const auto path = round_path(frame.round.study, frame.round.round);
    acts.push_back(web::link_button(say("evaluation.download.csv"), path + "/comparison.csv", web::Button::second));
    acts.push_back(web::link_button(say("evaluation.download.xlsx"), path + "/comparison.xlsx", web::Button::second));
  }
  return acts.empty() ? foot : foot + web::button_group(acts);
}

Html hidden_group(const web::Language& say, const Subject& subject, const instruments::Group* group) {
  if (group == nullptr) return web::paragraph(say("evaluation.group_absent", {{"group", subject_name(say, subject)}}));
  return web::paragraph(
      say("evaluation.group_hidden", {{"group", subject_name(say, subject)}, {"why", hidden_why(say, group->hidden)}}));
}

Html hidden_groups(const web::Language& say, const instruments::Comparison& comparison, Axis axis) {
  std::vector<std::string> sentences;
  for (const auto& group : comparison.groups)
    if (group.axis == axis && group.hidden != Hidden::no)
      sentences.push_back(say("evaluation.group_hidden",
                              {{"group", group_name(say, axis, group.name)}, {"why", hidden_why(say, group.hidden)}}));
  return sentences.empty() ? Html() : web::note(web::bullets(sentences));
}

web::ChangeChart changes_chart(const web::Language& say, const RoundView& view, const std::string& before,
                               const std::string& now, const std::vector<Change>& changes, const std::string& id) {
  web::ChangeChart chart;
  chart.words = {id, say("evaluation.changes.chart"), say("evaluation.changes.chart_says")};
  chart.before = before;
  chart.after = now;
  for (const auto& change : changes)
    chart.rows.push_back({item_name(view.instrument.items[change.item]), change.before_percent, change.after_percent});
  return chart;
}

Html changes_table(const web::Language& say, const RoundView& view, const std::string& before, const std::string& now,
                   const std::vector<Change>& changes) {
  using web::Column;
  web::Table table{say("evaluation.changes.table"),
                   {{say("evaluation.column.statement")},
                    {say("evaluation.changes.in_place", {{"round", before}}), Column::number},
                    {say("evaluation.changes.in_place", {{"round", now}}), Column::number},
                    {say("evaluation.changes.matters", {{"round", before}}), Column::number},
                    {say("evaluation.changes.matters", {{"round", now}}), Column::number}}};
  for (const auto& change : changes)
    table.rows.push_back(
        {web::text(item_name(view.instrument.items[change.item])), web::text(percent_words(say, change.before_percent)),
         web::text(percent_words(say, change.after_percent)), web::text(mean_words(say, change.before_tenths)),
         web::text(mean_words(say, change.after_tenths))});
  return web::details(say("evaluation.changes.all"), web::table(table));
}

std::string in_address(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

}  // namespace cairn::evaluation
