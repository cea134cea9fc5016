// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_studies.hpp"

namespace cairn::evaluation {
namespace {

using web::Html;

std::string answered(const web::Language& say, const RoundLine& line) {
  if (!line.counted) return line.state;
  if (!line.any) return say("evaluation.round.nobody");
  return line.people ? say.count("evaluation.round.people", *line.people) : say("evaluation.round.too_few");
}

Html round_acts(const web::Language& say, const StudyView& view, const RoundLine& line) {
  if (!line.state.empty() && view.may_ask && !line.counted)
    return web::link_button(say("evaluation.round.look_after"), round_path(view.study, line.round),
                            web::Button::second);
  if (!line.any) return {};
  return web::link_button(say("evaluation.round.compare"), round_path(view.study, line.round) + "/compare",
                          web::Button::second);
}

// To the round's own page for whoever looks after it; else to what people said, where there is something.
std::string line_path(const StudyView& view, const RoundLine& line) {
  const auto path = round_path(view.study, line.round);
  if (!line.state.empty() && view.may_ask) return path;
  return line.any && line.counted ? path + "/compare" : "";
}

}  // namespace

Html studies_page(const web::Language& say, const std::vector<StudyLine>& lines, bool may_create, bool may_ask) {
  Html page = web::heading(say("evaluation.studies.title"));
  const auto make = web::link_button(say("evaluation.studies.make"), "/studies/new");
  if (lines.empty())
    return page + web::empty_state({say("evaluation.studies.empty_what"), say("evaluation.studies.empty_example"),
                                    may_create ? make : Html()});
  page += web::lead(say("evaluation.studies.lead"));
  std::vector<web::ListRow> rows;
  for (const auto& line : lines)
    rows.push_back({line.study.name, study_path(line.study),
                    line.rounds.empty()
                        ? say("evaluation.studies.no_round")
                        : say.count("evaluation.studies.rounds", static_cast<std::int64_t>(line.rounds.size()),
                                    {{"latest", round_name(say, line.rounds.back())}})});
  page += web::row_list(rows);
  if (may_create) page += make;
  return may_ask ? page + web::paragraph(web::link(say("evaluation.people.see"), "/participants")) : page;
}

Html new_study_page(const web::Form& form, const std::vector<FormChoice>& choices) {
  const auto& say = form.say();
  web::ChoiceField which{"instrument", say("evaluation.new_study.form"), say("evaluation.new_study.form_hint")};
  for (const auto& one : choices)
    which.options.push_back({one.id, one.title,
                             say("evaluation.new_study.form_says", {{"statements", std::to_string(one.statements)},
                                                                    {"minutes", std::to_string(one.minutes)}})});
  if (!choices.empty()) which.chosen = {choices.front().id};
  return web::heading(say("evaluation.new_study.title")) + web::lead(say("evaluation.new_study.lead")) +
         web::post_form(form, "/studies",
                        web::text_input(form, {.name = "name",
                                               .label = say("evaluation.new_study.name"),
                                               .hint = say("evaluation.new_study.name_hint"),
                                               .longest = 120}) +
                            web::radios(form, which) + web::button(say("evaluation.new_study.make")));
}

Html one_study_page(const web::Language& say, const StudyView& view) {
  Html page = web::heading(view.study.name) + web::quiet(view.instrument_title);
  const auto path = study_path(view.study);
  const auto ask = [&](std::string_view key, web::Button kind) {
    return view.may_ask ? web::link_button(say(key), path + "/rounds/new", kind) : Html();
  };
  if (view.rounds.empty()) {
    const auto bring = view.may_import
                           ? web::link_button(say("evaluation.study.import"), path + "/import", web::Button::second)
                           : Html();
    return page + web::empty_state({say("evaluation.study.empty_what"), say("evaluation.study.empty_example"),
                                    web::button_group({ask("evaluation.study.ask", web::Button::main), bring})});
  }
  std::vector<web::ListRow> rows;
  for (auto line = view.rounds.rbegin(); line != view.rounds.rend(); ++line)
    rows.push_back(
        {round_name(say, line->round), line_path(view, *line), answered(say, *line), round_acts(say, view, *line)});
  page += web::heading(2, say("evaluation.study.rounds")) + web::row_list(rows);
  page += web::privacy(say("evaluation.study.who_sees"));
  std::vector<Html> acts;
  if (view.may_report) acts.push_back(web::link_button(say("evaluation.compare.make_report"), path + "/report/new"));
  if (view.may_ask) acts.push_back(ask("evaluation.study.ask_again", web::Button::second));
  if (view.may_import)
    acts.push_back(web::link_button(say("evaluation.study.import_more"), path + "/import", web::Button::second));
  if (!acts.empty()) page += web::button_group(acts);
  if (view.reports > 0)
    page += web::paragraph(web::link(say.count("evaluation.study.reports", view.reports), "/reports"));
  return page + web::paragraph(web::link(say("evaluation.thresholds.link"), "/thresholds"));
}

Html import_page(const web::Form& form, const ImportView& view) {
  const auto& say = form.say();
  Html page = web::heading(say("evaluation.import.title")) + web::lead(say("evaluation.import.lead"));
  if (!view.bad.empty()) {
    using web::Column;
    web::Table table{say.count("evaluation.import.bad_table", view.bad_in_all),
                     {{say("evaluation.import.column.row"), Column::number},
                      {say("evaluation.import.column.column")},
                      {say("evaluation.import.column.value")},
                      {say("evaluation.import.column.what")}}};
    for (const auto& line : view.bad)
      table.rows.push_back({web::text(std::to_string(line.row)), web::text(line.column), web::text(line.value),
                            web::text(line.what_to_do)});
    page += web::attention(say("evaluation.import.bad_title"), web::paragraph(say("evaluation.import.bad"))) +
            web::table(table);
    const auto more = view.bad_in_all - static_cast<std::int64_t>(view.bad.size());
    if (more > 0) page += web::quiet(say.count("evaluation.import.bad_more", more));
  }
  web::ChoiceField round{"round", say("evaluation.import.round"), say("evaluation.import.round_hint")};
  for (const auto& one : view.rounds) round.options.push_back({std::to_string(one.number), round_name(say, one)});
  const auto next = view.next;
  const auto dated = web::date_input(
      form,
      {"dated_on", say("evaluation.import.dated_on"), say("evaluation.import.dated_on_hint"), {}, web::Need::optional});
  round.options.push_back(
      {std::to_string(next), say("evaluation.import.new_round", {{"number", std::to_string(next)}}), "", dated});
  round.chosen = {std::to_string(next)};
  const auto fields =
      web::file_input(form, {"file", say("evaluation.import.file"), say("evaluation.import.file_hint"), ".csv"}) +
      web::radios(form, round) +
      web::button_group({web::button(say("evaluation.import.keep"), web::Button::main, "act", "keep"),
                         web::button(say("evaluation.import.check"), web::Button::second, "act", "check")});
  page += web::post_form(form, study_path(view.study) + "/import", fields, web::Carries::files);
  return page + web::details(say("evaluation.import.form_title"),
                             web::bullets({say("evaluation.import.form.respondent"),
                                           say("evaluation.import.form.groups"), say("evaluation.import.form.answers"),
                                           say("evaluation.import.form.top3"), say("evaluation.import.form.empty")}));
}

Html import_done_page(const web::Language& say, const ImportDone& done) {
  const auto number = std::to_string(done.round);
  Html page = web::heading(say(done.kept ? "evaluation.import.kept_title" : "evaluation.import.checked_title"));
  page += web::lead(
      say.count(done.kept ? "evaluation.import.kept" : "evaluation.import.checked", done.added, {{"round", number}}));
  if (done.known > 0) page += web::paragraph(say.count("evaluation.import.known", done.known));
  const auto path = study_path(done.study);
  return page + (done.kept ? web::link_button(say("evaluation.round.compare"), path + "/rounds/" + number + "/compare")
                           : web::link_button(say("evaluation.import.again"), path + "/import"));
}

}  // namespace cairn::evaluation
