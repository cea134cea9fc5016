// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_compare.hpp"
#include "evaluation/pages_frame.hpp"
#include "web/charts.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;
using instruments::Row;
using web::Html;

std::vector<std::size_t> groups_of(const instruments::Comparison& comparison, Axis axis) {
  std::vector<std::size_t> indices;
  for (std::size_t g = 0; g < comparison.groups.size(); ++g)
    if (comparison.groups[g].axis == axis) indices.push_back(g);
  return indices;
}

// "45 %" above "3.7 · 4": in place, then mean and how many named it.
Html cell(const web::Language& say, const Row& row) {
  if (row.hidden != Hidden::no) return web::tag("span", {{"class", "cairn-quiet"}}, say("evaluation.hidden.short"));
  return web::tag(
      "span", {{"class", "cairn-cell"}}, web::tag("strong", {}, percent_words(say, row.in_place_percent())),
      web::void_tag("br", {}),
      say("evaluation.cell", {{"mean", mean_words(say, row.mean_tenths())}, {"top3", say.number(row.top3)}}));
}

Html section_table(const web::Language& say, const CompareFrame& frame, std::size_t section) {
  const auto& view = frame.round;
  const auto groups = groups_of(view.comparison, frame.by);
  const auto& title = view.instrument.sections[section];
  web::Table table{title.id + " " + title.title, {{say("evaluation.column.statement")}}};
  table.fold = web::Fold::scroll;
  for (const auto g : groups) {
    const auto& group = view.comparison.groups[g];
    auto label = group_name(say, frame.by, group.name);
    if (group.hidden == Hidden::no)
      label = say("evaluation.column.group", {{"group", label}, {"n", say.number(group.people)}});
    table.columns.push_back({label, web::Column::number});
  }
  for (std::size_t item = 0; item < view.instrument.items.size(); ++item) {
    const auto& one = view.instrument.items[item];
    if (one.section != section) continue;
    std::vector<Html> cells{web::link(item_name(one), item_path(view, one.id, frame.by))};
    for (const auto g : groups) cells.push_back(cell(say, view.comparison.row(g, item)));
    table.rows.push_back(std::move(cells));
  }
  return web::table(table);
}

web::MeansChart gaps_chart(const web::Language& say, const CompareFrame& frame, const Gap& gap, std::size_t number) {
  const auto& view = frame.round;
  web::MeansChart chart;
  const auto& item = view.instrument.items[gap.item];
  chart.words = {"gap-" + std::to_string(number), view.instrument.question_b, gap_sentence(say, gap)};
  chart.published = view.published.short_name;
  for (const auto g : groups_of(view.comparison, frame.by)) {
    const auto& row = view.comparison.row(g, gap.item);
    web::MeanRow drawn{group_name(say, frame.by, row.group), {}, {}, hidden_why(say, row.hidden)};
    if (row.hidden == Hidden::no) {
      drawn.tenths = row.mean_tenths();
      drawn.published_tenths = view.published.mean(item.id, frame.by, row.group);
    }
    chart.rows.push_back(std::move(drawn));
  }
  return chart;
}

constexpr std::size_t most_drawn = 5;

}  // namespace

Html statements_page(const web::Language& say, const CompareFrame& frame) {
  Html page = compare_top(say, frame, say("evaluation.statements.title"));
  if (groups_of(frame.round.comparison, frame.by).empty())
    return page + web::paragraph(say("evaluation.statements.no_groups")) + compare_foot(say, frame);
  page += web::lead(say("evaluation.statements.lead")) + hidden_groups(say, frame.round.comparison, frame.by);
  for (std::size_t section = 0; section < frame.round.instrument.sections.size(); ++section)
    page += section_table(say, frame, section);
  return page + compare_foot(say, frame);
}

Html differences_page(const web::Language& say, const CompareFrame& frame, const std::vector<Gap>& gaps) {
  Html page = compare_top(say, frame, say("evaluation.differences.title"));
  const auto apart = tenths(frame.round.thresholds.disagreement);
  page +=
      web::lead(say.count("evaluation.differences.lead", static_cast<std::int64_t>(gaps.size()), {{"apart", apart}}));
  page += hidden_groups(say, frame.round.comparison, frame.by);
  for (std::size_t i = 0; i < gaps.size() && i < most_drawn; ++i) {
    const auto& item = frame.round.instrument.items[gaps[i].item];
    page += web::panel(item_name(item), web::paragraph(gap_sentence(say, gaps[i])) +
                                            web::means_chart(say, gaps_chart(say, frame, gaps[i], i)) +
                                            web::paragraph(web::link(say("evaluation.matters.more", {{"id", item.id}}),
                                                                     item_path(frame.round, item.id, frame.by))));
  }
  std::vector<Html> rest;
  for (std::size_t i = most_drawn; i < gaps.size(); ++i) {
    const auto& item = frame.round.instrument.items[gaps[i].item];
    rest.push_back(web::link(item_name(item), item_path(frame.round, item.id, frame.by)) + web::text(". ") +
                   web::text(gap_sentence(say, gaps[i])));
  }
  if (!rest.empty()) page += web::heading(2, say("evaluation.differences.rest")) + web::bullets(rest);
  return page + compare_foot(say, frame);
}

Html study_page(const web::Language& say, const CompareFrame& frame, const std::vector<Beside>& beside) {
  using web::Column;
  const auto& published = frame.round.published;
  Html page = compare_top(say, frame, say("evaluation.beside.title"));
  page += web::lead(say.count("evaluation.beside.lead", static_cast<std::int64_t>(beside.size()),
                              {{"apart", tenths(frame.round.thresholds.disagreement)}}));
  web::Table table{say("evaluation.beside.table"),
                   {{say("evaluation.column.statement")},
                    {axis_name(say, frame.by)},
                    {say("evaluation.beside.here"), Column::number},
                    {published.short_name, Column::number}}};
  for (const auto& one : beside) {
    const auto& item = frame.round.instrument.items[one.item];
    table.rows.push_back({web::link(item_name(item), item_path(frame.round, item.id, frame.by)),
                          web::text(group_name(say, one.axis, one.group)), web::text(tenths(one.here_tenths)),
                          web::text(tenths(one.published_tenths))});
  }
  if (!table.rows.empty()) page += web::table(table);
  page += web::note(published.short_name, web::bullets(published.warnings) + web::quiet(published.source));
  return page + compare_foot(say, frame);
}

}  // namespace cairn::evaluation
