// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_report.hpp"

namespace cairn::evaluation {

using web::Html;

Html reports_page(const web::Language& say, const std::vector<ReportLine>& lines,
                  const std::vector<PurposeWords>& purposes) {
  Html page = web::heading(say("evaluation.reports.title"));
  if (lines.empty())
    return page + web::empty_state({say("evaluation.reports.empty_what"), say("evaluation.reports.empty_example"),
                                    web::link_button(say("evaluation.reports.empty_step"), "/studies")});
  std::vector<web::ListRow> rows;
  for (const auto& line : lines) {
    const auto& purpose = purposes[static_cast<std::size_t>(line.report.purpose)];
    rows.push_back({report_title(say, line.report.about), report_path(line.report),
                    say("evaluation.reports.line", {{"purpose", purpose.title},
                                                    {"study", line.study_name},
                                                    {"round", std::to_string(line.report.round)},
                                                    {"date", say.short_date(line.made_on)}})});
  }
  return page + web::row_list(rows);
}

Html new_report_page(const web::Form& form, const NewReportView& view) {
  const auto& say = form.say();
  web::ChoiceField purpose{"purpose", say("evaluation.new_report.purpose"), say("evaluation.new_report.purpose_hint")};
  for (const auto& words : view.purposes)
    purpose.options.push_back(
        {std::string(code(words.purpose)), words.title, words.for_whom + ". " + words.leads_with});
  web::ChoiceField site{"site", say("evaluation.new_report.site"), say("evaluation.new_report.site_hint")};
  // The value of everyone is a character no name may hold, so that no site is taken for it.
  site.options.push_back({"*", say("evaluation.everyone"), say("evaluation.new_report.everyone_hint")});
  for (const auto& name : view.sites) site.options.push_back({"=" + name, name});
  for (const auto& name : view.hidden_sites)
    site.options.push_back({"=" + name, name, say("evaluation.new_report.hidden_hint")});
  web::ChoiceField round{"round", say("evaluation.new_report.round")};
  for (const auto& one : view.rounds) round.options.push_back({std::to_string(one.number), round_name(say, one)});
  round.chosen = {std::to_string(view.round)};
  Html fields = web::radios(form, purpose) + web::radios(form, site);
  fields += view.rounds.size() > 1 ? web::radios(form, round) : web::hidden("round", std::to_string(view.round));
  return web::heading(say("evaluation.new_report.title")) + web::lead(say("evaluation.new_report.lead")) +
         web::post_form(form, study_path(view.study) + "/report",
                        web::once_field(form) + fields + web::button(say("evaluation.new_report.make")));
}

Html new_step_page(const web::Form& form, const SiteReport& report, const instruments::Item* item) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.new_step.title"));
  if (item != nullptr) page += web::lead(say("evaluation.new_step.about", {{"item", item_name(*item)}}));
  Html fields = item == nullptr ? Html() : web::hidden("item", item->id);
  fields += web::textarea(
      form, {"words", say("evaluation.new_step.words"), say("evaluation.new_step.words_hint"), "", 3, 500});
  fields += web::text_input(form, {.name = "owner",
                                   .label = say("evaluation.new_step.owner"),
                                   .hint = say("evaluation.new_step.owner_hint"),
                                   .longest = 100});
  fields += web::date_input(form, {"due", say("evaluation.new_step.due"), say("evaluation.new_step.due_hint")});
  return page + web::post_form(form, report_path(report) + "/steps",
                               web::once_field(form) + fields + web::button(say("evaluation.new_step.save")));
}

}  // namespace cairn::evaluation
