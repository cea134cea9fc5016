// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_frame.hpp"
#include "evaluation/pages_report_parts.hpp"
#include "web/charts.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

std::int64_t percent(const Finding& finding) {
  return (finding.in_place * 200 + finding.answers_a) / (finding.answers_a * 2);
}

}  // namespace

Html matters_picture(const web::Language& say, const ReportView& view, const std::string& id) {
  web::PriorityChart chart;
  chart.words = {id, say("evaluation.matters.chart", {{"whom", subject_name(say, view.report.about)}}),
                 say("evaluation.matters.chart_says")};
  chart.matters_from_tenths = view.round.thresholds.high_importance;
  chart.in_place_under_percent = view.round.thresholds.low_presence;
  for (const auto& finding : view.content.all) {
    const auto& item = view.round.instrument.items[finding.item];
    web::StatementPoint point{item.id, item.label, {}, finding.mean_tenths};
    if (finding.answers_a > 0) point.in_place_percent = percent(finding);
    chart.points.push_back(std::move(point));
  }
  return web::priority_chart(say, chart);
}

namespace {

Html answers_picture(const web::Language& say, const ReportView& view) {
  const auto* group = view.round.comparison.find(view.report.about.axis, view.report.about.group);
  web::AnswersChart chart;
  chart.words = {"report-answers", say("evaluation.report.answers", {{"question", view.round.instrument.question_a}}),
                 say("evaluation.item.answers_says")};
  for (const auto& priority : view.content.priorities) {
    const auto& row = view.round.comparison.row(view.round.comparison.index_of(*group), priority.finding.item);
    chart.bars.push_back({item_name(view.round.instrument.items[priority.finding.item]), row.presence});
  }
  return web::answers_chart(say, chart);
}

}  // namespace

Html pictures(const web::Language& say, const ReportView& view) {
  Html section =
      web::heading(2, say("evaluation.report.pictures")) + web::panel(matters_picture(say, view, "report-matters"));
  if (!view.content.priorities.empty()) section += web::panel(answers_picture(say, view));
  return section;
}

Html what_changed(const web::Language& say, const ReportView& view) {
  if (view.before_name.empty()) return {};
  Html section = web::heading(2, say("evaluation.changes.title"));
  if (!view.content.compared) return section + web::paragraph(say("evaluation.changes.nothing_shown"));
  const auto n = static_cast<std::int64_t>(view.content.changed.size());
  if (n == 0) return section + web::paragraph(say("evaluation.changes.little"));
  section +=
      web::paragraph(say.count("evaluation.changes.lead", n, {{"before", view.before_name}, {"count", say.words(n)}}));
  std::vector<std::string> sentences;
  for (const auto& change : view.content.changed)
    sentences.push_back(
        say("evaluation.changes.sentence", {{"item", item_name(view.round.instrument.items[change.item])},
                                            {"before", percent_words(say, change.before_percent)},
                                            {"after", percent_words(say, change.after_percent)}}));
  return section + web::bullets(sentences) +
         web::panel(
             web::change_chart(say, changes_chart(say, view.round, view.before_name, round_name(say, view.round.round),
                                                  view.content.changed, "report-changes"))) +
         web::quiet(say("evaluation.changes.people"));
}

Html all_numbers(const web::Language& say, const ReportView& view) {
  using web::Column;
  web::Table table{say("evaluation.numbers.table", {{"whom", subject_name(say, view.report.about)}}),
                   {{say("evaluation.column.statement")}}};
  for (const auto key :
       {"evaluation.answer.yes", "evaluation.answer.partly", "evaluation.answer.no", "evaluation.answer.dk",
        "evaluation.answer.nr", "evaluation.column.mean", "evaluation.column.top3"})
    table.columns.push_back({say(key), Column::number});
  const auto* group = view.round.comparison.find(view.report.about.axis, view.report.about.group);
  for (const auto& finding : view.content.all) {
    std::vector<Html> cells{web::text(item_name(view.round.instrument.items[finding.item]))};
    for (const auto count : view.round.comparison.row(view.round.comparison.index_of(*group), finding.item).presence)
      cells.push_back(web::text(finding.answers_a > 0 ? say.number(count) : say("evaluation.no_one_yet")));
    cells.push_back(web::text(mean_words(say, finding.mean_tenths)));
    cells.push_back(web::text(say.number(finding.top3)));
    table.rows.push_back(std::move(cells));
  }
  const auto left_out = static_cast<std::int64_t>(view.round.instrument.items.size() - view.content.all.size());
  Html section = web::heading(2, say("evaluation.numbers.title")) + web::table(table);
  if (left_out > 0) section += web::quiet(say.count("evaluation.numbers.hidden", left_out));
  return web::tag("div", {{"class", "cairn-report__numbers"}}, section);
}

Html limits(const web::Language& say, const ReportView& view) {
  auto sentences = warning_sentences(say);
  if (!view.report.about.is_everyone()) sentences.push_back(say("evaluation.limits.groups_of_all_sites"));
  Html section = web::heading(2, say("evaluation.limits.title")) + web::bullets(sentences);
  std::vector<std::string> known;
  for (const auto& one : view.known)
    if (one.about == "not_known")
      known.push_back(say("evaluation.limits.dated", {{"text", one.text}, {"year", one.as_of}}));
  std::vector<std::string> reported;
  for (const auto& one : view.known)
    if (one.about == "reported")
      reported.push_back(say("evaluation.limits.dated", {{"text", one.text}, {"year", one.as_of}}));
  if (!known.empty()) section += web::heading(3, say("evaluation.limits.not_known")) + web::bullets(known);
  if (!reported.empty() && (view.report.purpose == Purpose::persuade || view.report.purpose == Purpose::show_value))
    section += web::heading(3, say("evaluation.limits.reported")) + web::bullets(reported);
  return section + web::quiet(say("evaluation.limits.source", {{"source", view.round.published.source}}));
}

Html steps_table(const web::Language& say, const std::vector<NextStep>& steps) {
  web::Table table{say("evaluation.steps.table"),
                   {{say("evaluation.steps.column.words")},
                    {say("evaluation.steps.column.owner")},
                    {say("evaluation.steps.column.due")},
                    {say("evaluation.steps.column.state")}}};
  for (const auto& step : steps) {
    if (step.removed_at) continue;
    table.rows.push_back(
        {web::text(step.words), web::text(step.owner), web::text(say.short_date(step.due_on)),
         web::text(say(step.done_at ? "evaluation.steps.state_done" : "evaluation.steps.state_open"))});
  }
  return table.rows.empty() ? web::paragraph(say("evaluation.steps.none")) : web::table(table);
}

namespace {

std::string step_state(const web::Language& say, const NextStep& step) {
  if (step.removed_at) return say("evaluation.steps.removed", {{"owner", step.owner}});
  if (step.done_at) return say("evaluation.steps.done", {{"owner", step.owner}});
  return say("evaluation.steps.who_when", {{"owner", step.owner}, {"date", say.date(step.due_on)}});
}

Html step_act(const web::Form& form, const ReportView& view, const NextStep& step, std::string_view route,
              std::string_view label) {
  return web::act_form(
      form, "/next-steps/" + step.id.text + "/" + std::string(route),
      web::hidden("back", report_path(view.report) + "#steps") + web::button(label, web::Button::second));
}

Html step_acts(const web::Form& form, const ReportView& view, const NextStep& step) {
  const auto& say = form.say();
  if (step.removed_at) return step_act(form, view, step, "returns", say("evaluation.steps.put_back"));
  if (step.done_at) return step_act(form, view, step, "reopenings", say("agenda.step.not_done"));
  return web::button_group({step_act(form, view, step, "done", say("agenda.step.tick_off")),
                            step_act(form, view, step, "removals", say("evaluation.steps.remove"))});
}

}  // namespace

Html steps_list(const web::Form& form, const ReportView& view, MayChange may, Moment now) {
  std::vector<web::ListRow> rows;
  for (const auto& step : view.steps) {
    if (step.removed_at && !agenda::can_be_put_back(step, now)) continue;
    web::ListRow row{step.words, {}, step_state(form.say(), step)};
    if (may == MayChange::yes) row.beside = step_acts(form, view, step);
    rows.push_back(std::move(row));
  }
  return rows.empty() ? Html() : web::row_list(rows);
}

}  // namespace cairn::evaluation
