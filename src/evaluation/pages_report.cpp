// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_report.hpp"

#include "evaluation/pages_report_parts.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

Html downloads(const web::Language& say, const ReportView& view, const ReportActs& acts) {
  std::vector<Html> buttons{web::print_button(say)};
  if (acts.may_export) {
    const auto path = report_path(view.report);
    buttons.push_back(web::link_button(say("evaluation.download.pdf"), path + "/report.pdf", web::Button::second));
    buttons.push_back(web::link_button(say("evaluation.download.xlsx"), path + "/report.xlsx", web::Button::second));
    buttons.push_back(web::link_button(say("evaluation.download.csv"), path + "/report.csv", web::Button::second));
  }
  return on_screen(web::button_group(buttons) + web::quiet(say("evaluation.download.print_hint")));
}

Html next_steps(const web::Form& form, const ReportView& view, const ReportActs& acts) {
  const auto& say = form.say();
  Html section = web::heading(2, say("evaluation.steps.title"), "steps") + web::paragraph(view.purpose.ask);
  const auto list = steps_list(form, view, acts.may_change_steps ? MayChange::yes : MayChange::no, acts.now);
  section += on_screen(list.empty() ? web::paragraph(say("evaluation.steps.none")) : list);
  section += printed_only(steps_table(say, view.steps));
  if (acts.may_add_steps)
    section += on_screen(web::link_button(say("evaluation.steps.add"), report_path(view.report) + "/steps/new"));
  return section;
}

Html feedback(const web::Form& form, const ReportView& view, const ReportActs& acts) {
  const auto& say = form.say();
  Html section;
  if (acts.mine && acts.mine->useful != Useful::not_now)
    section += web::note(web::paragraph(say("evaluation.feedback.thanks." + std::string(code(acts.mine->useful)))));
  else if (acts.may_give_feedback) {
    std::vector<web::Option> options;
    for (const auto answer : {Useful::yes, Useful::partly, Useful::no, Useful::not_now})
      options.push_back({std::string(code(answer)), say("evaluation.feedback.answer." + std::string(code(answer)))});
    section += web::post_form(
        form, report_path(view.report) + "/feedback",
        web::once_field(form) +
            web::radios(form, {"useful", say("evaluation.feedback.question"), "", options, {}, web::Shape::pills}) +
            web::textarea(form, {"words", say("evaluation.feedback.words"), say("evaluation.feedback.words_hint"), "",
                                 3, 2000, web::Need::optional}) +
            web::privacy(say("evaluation.feedback.who_sees")) +
            web::button(say("evaluation.feedback.send"), web::Button::second));
  }
  std::vector<std::string> said;
  for (const auto& other : acts.others)
    if (!other.words.empty())
      said.push_back(say("evaluation.feedback.answer." + std::string(code(other.useful))) + ": " + other.words);
  if (!said.empty()) section += web::details(say("evaluation.feedback.said"), web::bullets(said));
  if (section.empty()) return {};
  return on_screen(web::heading(2, say("evaluation.feedback.title"), "feedback") + section);
}

}  // namespace

Html report_words(const web::Language& say, const ReportView& view) {
  Html words = title_block(say, view) + opening(say, view);
  words += view.content.hidden ? view.guide : body(say, view, Acts::none);
  words += web::heading(2, say("evaluation.steps.title")) + web::paragraph(view.purpose.ask);
  words += steps_table(say, view.steps);
  if (!view.content.hidden) words += limits(say, view) + all_numbers(say, view);
  return web::tag("div", {{"class", "cairn-report"}}, words);
}

Html report_page(const web::Form& form, const ReportView& view, const ReportActs& acts) {
  const auto& say = form.say();
  Html page = title_block(say, view) + downloads(say, view, acts) + opening(say, view);
  page += view.content.hidden ? view.guide : body(say, view, acts.may_add_steps ? Acts::add_step : Acts::none);
  page += next_steps(form, view, acts);
  if (!view.content.hidden) page += limits(say, view) + all_numbers(say, view);
  return web::tag("div", {{"class", "cairn-report"}}, page + feedback(form, view, acts));
}

std::string report_title(const web::Language& say, const Subject& about) {
  return about.is_everyone() ? say("evaluation.report.title_everyone")
                             : say("evaluation.report.title", {{"site", about.group}});
}

}  // namespace cairn::evaluation
