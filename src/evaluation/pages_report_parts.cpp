// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_report_parts.hpp"

#include "evaluation/pages_advice.hpp"
#include "evaluation/pages_said.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

const instruments::Item& item_of(const ReportView& view, const Finding& finding) {
  return view.round.instrument.items[finding.item];
}

std::string site_name(const web::Language& say, const ReportView& view) {
  return view.report.about.is_everyone() ? say("evaluation.report.your_programme") : view.report.about.group;
}

std::string kind_of_site(const web::Language& say, const SiteDescription& site) {
  std::vector<std::string> settings;
  for (const auto& setting : site.place.settings) settings.push_back(say("evaluation.site.setting." + setting));
  std::string words;
  if (!site.place.context.empty())
    words = say("evaluation.site.context",
                {{"site", site.name}, {"context", say("evaluation.site.context." + site.place.context)}});
  if (!settings.empty())
    words += (words.empty() ? "" : " ") + say("evaluation.site.settings", {{"settings", say.list(settings)}});
  return words;
}

// "Why now": the rules met, as words.
Html reasons(const web::Language& say, const Finding& finding) {
  Html marks;
  for (const auto rule : finding.rules)
    marks += web::tag_mark(say("evaluation.rule." + std::string(code(rule))),
                           rule == Rule::in_top_three ? web::Tone::plain : web::Tone::talk) +
             web::text(" ");
  return web::tag("p", {}, marks);
}

Html priority_words(const web::Language& say, const ReportView& view, const Priority& priority, std::size_t number,
                    Acts acts) {
  const auto& item = item_of(view, priority.finding);
  Html words = web::heading(3, std::to_string(number) + ". " + item.label);
  words += web::quiet(say("evaluation.report.statement", {{"id", item.id}, {"text", item.text}}));
  words += reasons(say, priority.finding);
  std::string sentences;
  for (const auto& sentence : why(say, priority.finding)) sentences += (sentences.empty() ? "" : " ") + sentence;
  if (priority.beside)
    sentences +=
        " " + say("evaluation.report.beside", {{"context", say("evaluation.site.context." + priority.beside->group)},
                                               {"mean", tenths(priority.beside->published_tenths)}});
  words += web::paragraph(sentences);
  words += advice_in_short(say, priority.advice, priority.as_question ? Tone::question : Tone::advice);
  if (acts == Acts::add_step)
    words += web::link_button(say("evaluation.steps.add_for", {{"item", item.label}}),
                              report_path(view.report) + "/steps/new?item=" + item.id, web::Button::second);
  return web::tag("div", {{"class", "cairn-panel cairn-priority"}}, words);
}

}  // namespace

Html on_screen(const Html& content) {
  return web::tag("div", {{"class", "cairn-screen-only"}}, content);
}

Html printed_only(const Html& content) {
  return web::tag("div", {{"class", "cairn-paper-only"}}, content);
}

Html title_block(const web::Language& say, const ReportView& view) {
  Html block;
  if (!view.programme.empty()) block += web::tag("p", {{"class", "cairn-report-head__programme"}}, view.programme);
  block += web::heading(report_title(say, view.report.about));
  block += web::paragraph(say("evaluation.report.head", {{"purpose", view.purpose.title},
                                                         {"study", view.round.study.name},
                                                         {"round", round_name(say, view.round.round)}}));
  block += web::quiet(say("evaluation.report.made_on", {{"date", say.short_date(view.made_on)}}));
  return web::tag("div", {{"class", "cairn-report-head"}}, block);
}

Html opening(const web::Language& say, const ReportView& view) {
  if (view.content.hidden) return web::lead(say("evaluation.small.lead")) + web::paragraph(say("evaluation.small.why"));
  return web::lead(opened(view.purpose.opening, say.number(view.content.people), site_name(say, view),
                          round_name(say, view.round.round)));
}

Html site_paragraph(const web::Language& say, const ReportView& view) {
  auto words = view.report.about.is_everyone() ? say("evaluation.site.everyone") : kind_of_site(say, view.site);
  if (words.empty()) words = say("evaluation.site.unknown");
  words +=
      " " + say.count("evaluation.site.answered", view.content.people, {{"round", round_name(say, view.round.round)}});
  Html section = web::heading(2, say("evaluation.site.title")) + web::paragraph(words);
  if (!view.report.about.is_everyone() && !view.site.described && !view.site.place.context.empty())
    section += web::quiet(say("evaluation.site.from_answers"));
  return section;
}

Html strong_points(const web::Language& say, const ReportView& view) {
  Html section = web::heading(2, say("evaluation.strong.title"));
  if (view.content.strong.empty()) return section + web::paragraph(say("evaluation.strong.none"));
  std::vector<Html> points;
  for (const auto& finding : view.content.strong)
    points.push_back(web::tag("strong", {}, item_name(item_of(view, finding)) + ":") + web::text(" ") +
                     web::text(presence_sentence(say, finding) + " " + importance_sentence(say, finding)));
  return section + web::bullets(points);
}

Html priority_list(const web::Language& say, const ReportView& view, Acts acts) {
  Html section = web::heading(2, say("evaluation.priorities.title"), "priorities");
  if (view.content.priorities.empty()) return section + web::paragraph(say("evaluation.priorities.none"));
  const auto n = static_cast<std::int64_t>(view.content.priorities.size());
  section += web::paragraph(say.count("evaluation.priorities.lead", n, {{"count", say.words(n)}}));
  std::size_t number = 0;
  for (const auto& priority : view.content.priorities) section += priority_words(say, view, priority, ++number, acts);
  const auto how = say("evaluation.priorities.how");
  const auto words = say("evaluation.priorities.how_words");
  // Nobody can open a fold on paper.
  return section + on_screen(web::details(how, web::paragraph(words))) + printed_only(web::quiet(how + ": " + words));
}

Html for_the_purpose(const web::Language& say, const ReportView& view) {
  if (view.content.for_the_purpose.empty()) return {};
  std::vector<Html> points;
  for (const auto& finding : view.content.for_the_purpose)
    points.push_back(web::tag("strong", {}, item_name(item_of(view, finding)) + ":") + web::text(" ") +
                     web::text(presence_sentence(say, finding) + " " + importance_sentence(say, finding)));
  return web::heading(2, say("evaluation.for_purpose.title")) + web::paragraph(view.purpose.leads_with) +
         web::bullets(points);
}

Html to_ask_about(const web::Language& say, const ReportView& view) {
  if (view.content.questions.empty()) return {};
  std::vector<Html> points;
  for (const auto& question : view.content.questions) {
    const auto& finding = question.finding;
    points.push_back(web::tag("strong", {}, item_name(item_of(view, finding)) + ":") +
                     web::text(" " + presence_sentence(say, finding) + " " +
                               say(finding.low_presence ? "evaluation.questions.low" : "evaluation.questions.high") +
                               " " + guidance_text(say, question.advice.reading)));
  }
  return web::heading(2, say("evaluation.questions.title")) + web::paragraph(say("evaluation.questions.lead")) +
         web::bullets(points);
}

Html what_people_said(const web::Language& say, const ReportView& view) {
  Html section = said_in_report(say, view.said, view.round.instrument);
  if (view.left_out)
    section += web::heading(2, say("evaluation.left_out.title")) +
               web::paragraph(left_out_sentence(say, *view.left_out) + " " + say("evaluation.left_out.why"));
  return section;
}

Html body(const web::Language& say, const ReportView& view, Acts acts) {
  const auto strong = strong_points(say, view);
  const auto first = priority_list(say, view, acts);
  const auto changed = what_changed(say, view);
  Html words = site_paragraph(say, view);
  switch (view.report.purpose) {
    case Purpose::persuade:
      words += strong + first + changed + for_the_purpose(say, view);
      break;
    case Purpose::show_value:
      words += strong + changed + for_the_purpose(say, view) + first;
      break;
    case Purpose::set_up:
    case Purpose::train:
    case Purpose::job_description:
      words += first + for_the_purpose(say, view) + strong + changed;
      break;
  }
  return words + to_ask_about(say, view) + what_people_said(say, view) + pictures(say, view);
}

}  // namespace cairn::evaluation
