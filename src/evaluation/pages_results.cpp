// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_results.hpp"

#include "evaluation/pages_report_parts.hpp"
#include "web/qr.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

constexpr std::size_t most_on_a_poster = 3;

std::string part_name(const web::Language& say, const ResultsPart& part) {
  return part.view->report.about.is_everyone() ? say("evaluation.results.everyone") : part.view->report.about.group;
}

// What is left of the steps: removed ones are nobody's business, and who does a thing stands in the report alone.
std::vector<const NextStep*> steps_of(const ResultsPart& part) {
  std::vector<const NextStep*> steps;
  for (const auto& step : part.view->steps)
    if (!step.removed_at) steps.push_back(&step);
  return steps;
}

Html first_to_talk_about(const web::Language& say, const ResultsPart& part) {
  if (!part.reported) return web::paragraph(say("evaluation.results.no_report"));
  const auto& view = *part.view;
  if (view.content.priorities.empty()) return web::paragraph(say("evaluation.priorities.none"));
  Html rows;
  for (const auto& priority : view.content.priorities) {
    const auto& item = view.round.instrument.items[priority.finding.item];
    std::string sentences;
    for (const auto& sentence : why(say, priority.finding)) sentences += (sentences.empty() ? "" : " ") + sentence;
    rows += web::tag("li", {}, web::tag("strong", {}, item.label), web::tag("br", {}), web::text(item.text),
                     web::quiet(sentences));
  }
  return web::tag("ol", {{"class", "nhsuk-list nhsuk-list--number"}}, rows);
}

Html next_steps(const web::Language& say, const ResultsPart& part) {
  const auto steps = steps_of(part);
  if (steps.empty()) return web::paragraph(say("evaluation.results.no_steps"));
  std::vector<web::ListRow> rows;
  for (const auto* step : steps) {
    const bool done = step->done_at.has_value();
    rows.push_back({step->words,
                    {},
                    done ? "" : say("evaluation.results.by", {{"day", say.date(step->due_on)}}),
                    web::tag_mark(say(done ? "evaluation.steps.state_done" : "evaluation.steps.state_open"),
                                  done ? web::Tone::done : web::Tone::waiting)});
  }
  return web::row_list(rows);
}

Html one_part(const web::Language& say, const ResultsPart& part, std::size_t number, bool several) {
  const auto& view = *part.view;
  Html section = several ? web::heading(2, part_name(say, part)) : Html();
  const int level = several ? 3 : 2;
  if (view.content.hidden)
    return section + web::paragraph(say("evaluation.results.hidden")) +
           web::details(say("evaluation.results.guide"), view.guide);
  section += web::paragraph(say.count("evaluation.results.answered", view.content.people));
  section += web::panel(matters_picture(say, view, "results-" + std::to_string(number)));
  section += web::heading(level, say("evaluation.results.first")) + first_to_talk_about(say, part);
  return section + web::heading(level, say("evaluation.results.steps")) + next_steps(say, part);
}

Html how_small_groups_are_protected(const web::Language& say, const instruments::Asking& asking) {
  const auto smallest = say.words(asking.smallest_group);
  return web::note(say("evaluation.results.safe_title"),
                   web::bullets(std::vector<std::string>{say("answer.small", {{"smallest", smallest}}),
                                                         say("evaluation.warning.small"), say("answer.agree")}));
}

Html whom_to_ask(const web::Language& say, const instruments::Asking& asking) {
  return web::summary_list({{.key = say("evaluation.results.ask"), .value = web::line_breaks(asking.words.who)},
                            {.key = say("answer.help.title"), .value = web::line_breaks(asking.words.help)}});
}

std::string site_names(const web::Language& say, const instruments::Asking& asking) {
  std::vector<std::string> names;
  for (const auto& site : asking.sites) names.push_back(site.name);
  return say.list(names);
}

// One line each, as much as can be read from two steps away.
Html poster_part(const web::Language& say, const ResultsPart& part, bool several) {
  const auto& view = *part.view;
  Html section = several ? web::heading(2, part_name(say, part)) : Html();
  const int level = several ? 3 : 2;
  if (view.content.hidden) return section + web::paragraph(say("evaluation.results.hidden"));
  section += web::paragraph(say.count("evaluation.results.answered", view.content.people));
  if (!part.reported) return section + web::paragraph(say("evaluation.results.no_report"));
  std::vector<std::string> first;
  for (const auto& priority : view.content.priorities) {
    if (first.size() == most_on_a_poster) break;
    first.push_back(view.round.instrument.items[priority.finding.item].label);
  }
  std::vector<std::string> steps;
  for (const auto* step : steps_of(part))
    steps.push_back(step->words + " – " +
                    (step->done_at ? say("evaluation.steps.state_done")
                                   : say("evaluation.results.by", {{"day", say.short_date(step->due_on)}})));
  if (!first.empty()) section += web::heading(level, say("evaluation.results.first")) + web::bullets(first);
  if (!steps.empty()) section += web::heading(level, say("evaluation.results.steps")) + web::bullets(steps);
  return web::tag("section", {}, section);
}

}  // namespace

Html results_page(const web::Language& say, const ResultsView& view) {
  Html page = web::heading(say("evaluation.results.title"));
  page += web::lead(say("evaluation.results.lead", {{"sites", site_names(say, view.asking)}}));
  const bool several = view.parts.size() > 1;
  std::size_t number = 0;
  for (const auto& part : view.parts) page += one_part(say, part, ++number, several);
  page += how_small_groups_are_protected(say, view.asking) + whom_to_ask(say, view.asking);
  return page + web::tag("div", {{"class", "cairn-screen-only"}},
                         web::button_group({web::link_button(say("evaluation.results.poster"), view.path + "/poster",
                                                             web::Button::second),
                                            web::print_button(say)}));
}

Html results_not_yet_page(const web::Language& say, NotYet why, Date last_day) {
  const auto key = why == NotYet::planned    ? "evaluation.results.planned"
                   : why == NotYet::counting ? "evaluation.results.counting"
                                             : "evaluation.results.asking";
  return web::heading(say("evaluation.results.title")) + web::lead(say(key, {{"day", say.date(last_day)}})) +
         web::paragraph(say("evaluation.results.later"));
}

Html results_poster(const web::Language& say, const ResultsView& view) {
  Html sheet = web::heading(say("evaluation.results.poster_title"));
  sheet += web::lead(say("evaluation.results.poster_lead", {{"sites", site_names(say, view.asking)}}));
  const bool several = view.parts.size() > 1;
  for (const auto& part : view.parts) sheet += poster_part(say, part, several);
  sheet += web::tag("div", {{"class", "cairn-poster__way"}}, web::qr_code(view.address, say("evaluation.results.qr")),
                    web::tag("div", {}, web::paragraph(say("evaluation.results.way")),
                             web::tag("p", {{"class", "cairn-poster__address"}}, view.address),
                             web::paragraph(say("answer.small", {{"smallest", say.words(view.asking.smallest_group)}})),
                             web::paragraph(say("evaluation.results.ask_who", {{"who", view.asking.words.who}}))));
  return web::tag("article", {{"class", "cairn-poster"}}, sheet) +
         web::tag("div", {{"class", "cairn-screen-only"}},
                  web::button_group({web::print_button(say), web::link_button(say("evaluation.results.back"), view.path,
                                                                              web::Button::second)}));
}

Html tell_page(const web::Form& form, const TellView& view) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.tell.title")) + web::lead(say("evaluation.tell.lead"));
  if (view.told_on)
    page +=
        web::note(web::paragraph(say.count("evaluation.tell.told", view.letters, {{"day", say.date(*view.told_on)}})));
  page += web::row_list(
      {{say("evaluation.tell.page"), view.results_path, say("evaluation.tell.page_why")},
       {say("evaluation.results.poster"), view.results_path + "/poster", say("evaluation.tell.poster_why")}});
  if (!view.reported) return page + web::note(web::paragraph(say("evaluation.tell.no_report")));
  page += web::heading(2, say("evaluation.tell.letters"));
  page += web::paragraph(say.count("evaluation.tell.reachable", view.reachable));
  std::vector<Html> acts;
  if (view.reachable > 0) acts.push_back(web::button(say("evaluation.tell.send"), web::Button::main, "act", "letters"));
  acts.push_back(web::button(say("evaluation.tell.by_hand"),
                             view.reachable > 0 ? web::Button::second : web::Button::main, "act", "by_hand"));
  return page + web::post_form(form, view.path + "/results", web::once_field(form) + web::button_group(acts));
}

}  // namespace cairn::evaluation
