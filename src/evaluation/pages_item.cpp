// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_advice.hpp"
#include "evaluation/pages_compare.hpp"
#include "evaluation/pages_frame.hpp"
#include "evaluation/pages_said.hpp"
#include "web/charts.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;
using instruments::Row;
using web::Html;

// The groups of the axis, then everyone.
std::vector<const Row*> rows_of(const CompareFrame& frame, std::size_t item) {
  const auto& comparison = frame.round.comparison;
  std::vector<const Row*> rows;
  for (const auto axis : {frame.by, Axis::all})
    for (std::size_t g = 0; g < comparison.groups.size(); ++g)
      if (comparison.groups[g].axis == axis) rows.push_back(&comparison.row(g, item));
  return rows;
}

Html answers(const web::Language& say, const CompareFrame& frame, const std::vector<const Row*>& rows) {
  web::AnswersChart chart;
  chart.words = {"answers", frame.round.instrument.question_a, say("evaluation.item.answers_says")};
  for (const auto* row : rows) {
    web::AnswerBar bar{group_name(say, row->axis, row->group), {}, hidden_why(say, row->hidden)};
    if (row->hidden == Hidden::no) bar.counts = row->presence;
    chart.bars.push_back(std::move(bar));
  }
  return web::answers_chart(say, chart);
}

Html means(const web::Language& say, const CompareFrame& frame, const instruments::Item& item,
           const std::vector<const Row*>& rows) {
  web::MeansChart chart;
  chart.words = {"means", frame.round.instrument.question_b, say("evaluation.item.means_says"),
                 say("evaluation.item.means_note")};
  chart.published = frame.round.published.short_name;
  for (const auto* row : rows) {
    web::MeanRow drawn{group_name(say, row->axis, row->group), {}, {}, hidden_why(say, row->hidden)};
    if (row->hidden == Hidden::no) {
      drawn.tenths = row->mean_tenths();
      drawn.published_tenths = frame.round.published.mean(item.id, row->axis, row->group);
    }
    chart.rows.push_back(std::move(drawn));
  }
  return web::means_chart(say, chart);
}

Html numbers(const web::Language& say, const CompareFrame& frame, const instruments::Item& item,
             const std::vector<const Row*>& rows) {
  using web::Column;
  web::Table table{say("evaluation.item.numbers"),
                   {{axis_name(say, frame.by)},
                    {say("evaluation.column.people"), Column::number},
                    {say("evaluation.column.mean"), Column::number},
                    {say("evaluation.column.left_out"), Column::number},
                    {say("evaluation.column.top3"), Column::number},
                    {say("evaluation.column.top3_study"), Column::number}}};
  for (const auto* row : rows) {
    const auto name = web::text(group_name(say, row->axis, row->group));
    if (row->hidden != Hidden::no) {
      const auto none = web::text(say("evaluation.hidden.short"));
      table.rows.push_back({name, none, none, none, none, none});
      continue;
    }
    const auto study = frame.round.published.chosen(item.id, row->axis, row->group);
    table.rows.push_back({name, web::text(say.number(row->people)), web::text(mean_words(say, row->mean_tenths())),
                          web::text(say.number(row->dont_know_b + row->not_relevant_b)),
                          web::text(say.number(row->top3)), web::text(study ? say.number(*study) : "–")});
  }
  return web::table(table) + web::quiet(say("evaluation.item.left_out_note"));
}

Html axis_links(const web::Language& say, const CompareFrame& frame, const instruments::Item& item) {
  std::vector<web::Link> links;
  for (const auto axis : {Axis::stakeholder, Axis::context, Axis::setting, Axis::employer, Axis::site})
    links.push_back({axis_name(say, axis), item_path(frame.round, item.id, axis), axis == frame.by});
  return web::tabs(say("evaluation.compare.by"), links);
}

// Everyone's answer in a sentence before any chart.
Html in_a_sentence(const web::Language& say, const CompareFrame& frame, std::size_t item) {
  const auto& comparison = frame.round.comparison;
  for (const auto& finding : findings(comparison, everyone(), frame.round.thresholds))
    if (finding.item == item) {
      std::string words;
      for (const auto& sentence : why(say, finding)) words += (words.empty() ? "" : " ") + sentence;
      return web::lead(words);
    }
  return web::lead(say("evaluation.item.hidden"));
}

}  // namespace

Html item_page(const web::Language& say, const CompareFrame& frame, std::size_t item, const Advice& advice,
               const std::vector<ShownWords>& said) {
  const auto& one = frame.round.instrument.items[item];
  const auto rows = rows_of(frame, item);
  Html page = web::heading(item_name(one)) + web::quotation(one.text, say("evaluation.item.statement"));
  if (!one.explain.empty()) page += web::quiet(one.explain);
  page += in_a_sentence(say, frame, item) + axis_links(say, frame, one);
  page += web::panel(answers(say, frame, rows)) + web::panel(means(say, frame, one, rows));
  page += numbers(say, frame, one, rows) + said_about_item(say, said, one.id);
  page += web::heading(2, say("evaluation.advice.title"));
  page += advice_words(say, advice, frame.round.instrument.contested(one, "") ? Tone::question : Tone::advice);
  return page + warnings(say);
}

}  // namespace cairn::evaluation
