// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "agenda/store.hpp"
#include "base/text.hpp"
#include "evaluation/actions_reports.hpp"
#include "evaluation/actions_stage.hpp"
#include "evaluation/pages_report.hpp"
#include "evaluation/pages_spreadsheet.hpp"
#include "evaluation/store.hpp"
#include "instruments/table.hpp"

namespace cairn::evaluation {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

SiteReport asked_report(const Stage& stage, const Request& request, Action action) {
  const auto found = stage.database.read(
      [&](db::Read& read) { return report(read, request.actor, request.id<SiteReport>("report")); });
  stage.must(request, "site_report", action, found.study);
  return found;
}

std::unique_ptr<LoadedReport> loaded(const Stage& stage, const Request& request, Action action) {
  return load_report(stage.database, stage.library, *stage.evidence, request.actor,
                     asked_report(stage, request, action), request.say());
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("evaluation.reports.title"), "/reports"}};
}

std::vector<web::Link> trail(const Request& request, const SiteReport& report) {
  auto links = trail(request);
  links.push_back({report_title(request.say(), report.about), report_path(report)});
  return links;
}

json as_json(const SiteReport& report) {
  return {{"id", report.id.text},
          {"study", report.study.text},
          {"round", report.round},
          {"site", report.about.is_everyone() ? json(nullptr) : json(report.about.group)},
          {"purpose", code(report.purpose)}};
}

json as_json(const LoadedReport& loaded) {
  auto data = as_json(loaded.report);
  data["hidden"] = loaded.content.hidden;
  data["people"] = loaded.content.hidden ? json(nullptr) : json(loaded.content.people);
  data["priorities"] = json::array();
  for (const auto& priority : loaded.content.priorities) {
    json rules = json::array();
    for (const auto rule : priority.finding.rules) rules.push_back(code(rule));
    data["priorities"].push_back({{"item", loaded.opened.instrument.items[priority.finding.item].id},
                                  {"rules", rules},
                                  {"in_place", priority.finding.in_place},
                                  {"answers_a", priority.finding.answers_a},
                                  {"top3", priority.finding.top3}});
  }
  data["strong"] = json::array();
  for (const auto& finding : loaded.content.strong)
    data["strong"].push_back(loaded.opened.instrument.items[finding.item].id);
  data["said"] = json::array();
  for (const auto& words : loaded.said)
    data["said"].push_back({{"item", words.item},
                            {"words", words.words},
                            {"tone", words.tone},
                            {"by", instruments::code(words.beside.axis)},
                            {"group", words.beside.group}});
  data["left_out"] =
      loaded.left_out ? json{{"people", loaded.left_out->people}, {"mostly", loaded.left_out->mostly}} : json(nullptr);
  data["steps"] = json::array();
  for (const auto& step : loaded.steps)
    if (!step.removed_at)
      data["steps"].push_back({{"id", step.id.text},
                               {"words", step.words},
                               {"owner", step.owner},
                               {"due_on", iso(step.due_on)},
                               {"done", step.done_at.has_value()}});
  return data;
}

Reply list_reports(const Stage& stage, const Request& request) {
  std::vector<ReportLine> lines;
  stage.database.read([&](db::Read& read) {
    const auto zone = accounts::programme(read, request.actor).zone;
    std::map<Id<Study>, std::string> names;
    for (const auto& study : studies(read, request.actor)) names[study.id] = study.name;
    for (auto& report : reports(read, request.actor)) {
      if (!stage.may(request, "site_report", Action::list, report.study)) continue;
      const auto made_on = date_in_zone(report.made_at, zone);
      lines.push_back({std::move(report), names[report.study], made_on});
    }
  });
  const auto& say = request.say();
  return web::answer(
      request,
      [&] {
        return web::PageContent{say("evaluation.reports.title"), reports_page(say, lines, stage.evidence->purposes)};
      },
      [&] {
        json data{{"reports", json::array()}};
        for (const auto& line : lines) data["reports"].push_back(as_json(line.report));
        return data;
      });
}

NewReportView new_report_view(const Stage& stage, const OpenedRound& opened) {
  NewReportView view{opened.study, opened.rounds, opened.round.number, {}, {}, stage.evidence->purposes};
  for (const auto& group : opened.comparison.groups)
    if (group.axis == Axis::site)
      (group.hidden == instruments::Hidden::no ? view.sites : view.hidden_sites).push_back(group.name);
  return view;
}

// The round the form or the address names; the latest where none.
OpenedRound round_for_report(const Stage& stage, const Request& request) {
  const auto id = request.id<Study>("study");
  stage.must(request, "site_report", Action::create, id);
  auto text = request.form.value("round");
  if (text.empty()) text = request.query.value("round");
  std::optional<int> number;
  if (!text.empty()) {
    const auto typed = whole_number(text);
    if (!typed || *typed < 1 || *typed > 999) throw NotFound("no such round");
    number = static_cast<int>(*typed);
  }
  return open_round(stage.database, stage.library, request.actor, id, number, request.say());
}

web::PageContent new_report_content(const Stage& stage, const Request& request, const OpenedRound& opened,
                                    std::vector<Problem> problems) {
  web::PageContent page;
  page.title = request.say()("evaluation.new_report.title");
  page.main = new_report_page(web::Form::of(request, std::move(problems)), new_report_view(stage, opened));
  page.trail = {{request.say()("evaluation.studies.title"), "/studies"}, {opened.study.name, study_path(opened.study)}};
  return page;
}

Reply new_report(const Stage& stage, const Request& request) {
  return web::answer(request, new_report_content(stage, request, round_for_report(stage, request), {}), json::object());
}

Reply create_report(const Stage& stage, const Request& request) {
  const auto opened = round_for_report(stage, request);
  std::vector<Problem> problems;
  const auto purpose = purpose_from_code(request.form.value("purpose"));
  if (!purpose) problems.push_back({"purpose", "evaluation.problem.purpose_missing"});
  const auto chosen = request.form.value("site");
  std::optional<Subject> about;
  if (chosen == "*") about = everyone();
  for (const auto& group : opened.comparison.groups)
    if (group.axis == Axis::site && chosen == "=" + group.name) about = site(group.name);
  if (!about) problems.push_back({"site", "evaluation.problem.site_missing"});
  if (!problems.empty()) return web::ask_again(request, new_report_content(stage, request, opened, problems), problems);
  SiteReport report;
  report.study = opened.study.id;
  report.round = opened.round.number;
  report.about = *about;
  report.purpose = *purpose;
  report.id = request.once<SiteReport>();
  do_once([&] {
    report.id = stage.database.write(request.actor, {"site_report.add", "site_report", ""},
                                     [&](db::Write& write) { return add_report(write, report); });
  });
  return web::go_to(request, "/reports/" + report.id.text);
}

ReportActs acts_of(const Stage& stage, const Request& request, const SiteReport& of_it) {
  ReportActs acts;
  acts.may_add_steps = stage.may(request, "next_step", Action::create, of_it.study);
  acts.may_change_steps = stage.may(request, "next_step", Action::erase, of_it.study);
  acts.may_give_feedback = stage.may(request, "report_feedback", Action::create, of_it.study);
  acts.may_export = stage.may(request, "site_report", Action::export_, of_it.study);
  acts.now = request.now;
  stage.database.read([&](db::Read& read) {
    acts.mine = feedback_by(read, request.actor, of_it.id);
    if (stage.may(request, "report_feedback", Action::read, of_it.study))
      acts.others = feedback_on(read, request.actor, of_it.id);
  });
  return acts;
}

Reply draw_report(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  const auto report = loaded(stage, request, Action::read);
  web::PageContent page;
  page.title = report_title(request.say(), report->report.about);
  page.trail = trail(request);
  page.main = report_page(web::Form::of(request, problems), report->view(request.today),
                          acts_of(stage, request, report->report));
  if (!problems.empty()) return web::ask_again(request, page, problems);
  return web::answer(request, page, as_json(*report));
}

Reply show_report(const Stage& stage, const Request& request) {
  return draw_report(stage, request, {});
}

web::PageContent step_content(const Stage& stage, const Request& request, const SiteReport& about,
                              std::vector<Problem> problems) {
  const auto of_it = stage.database.read([&](db::Read& read) { return study(read, request.actor, about.study); });
  const auto instrument = instrument_of(stage.library, of_it, request.say());
  auto id = request.form.value("item");
  if (id.empty()) id = request.query.value("item");
  const auto item = instrument.index_of(id);
  web::PageContent page;
  page.title = request.say()("evaluation.new_step.title");
  page.main =
      new_step_page(web::Form::of(request, std::move(problems)), about, item ? &instrument.items[*item] : nullptr);
  page.trail = trail(request, about);
  return page;
}

Reply new_step(const Stage& stage, const Request& request) {
  const auto about = asked_report(stage, request, Action::read);
  stage.must(request, "next_step", Action::create, about.study);
  return web::answer(request, step_content(stage, request, about, {}), json::object());
}

Reply add_step(const Stage& stage, const Request& request) {
  const auto about = asked_report(stage, request, Action::read);
  stage.must(request, "next_step", Action::create, about.study);
  const auto of_it = stage.database.read([&](db::Read& read) { return study(read, request.actor, about.study); });
  agenda::StepForm form;
  form.words = request.form.value("words");
  form.owner = request.form.value("owner");
  form.due_on = web::sent_date(request.form, "due");
  form.no_date = web::no_date(request.form, "due");
  if (instrument_of(stage.library, of_it, request.say()).index_of(request.form.value("item")))
    form.item = request.form.value("item");
  const auto step = agenda::check_step(form, about_report(about.id.text), request.today);
  if (!step) return web::ask_again(request, step_content(stage, request, about, step.problems()), step.problems());
  do_once([&] {
    stage.database.write(request.actor, {"next_step.add", "next_step", ""},
                         [&](db::Write& write) { agenda::add(write, *step, request.once<agenda::NextStep>()); });
  });
  return web::go_to(request, report_path(about) + "#steps");
}

Reply give_feedback(const Stage& stage, const Request& request) {
  const auto about = asked_report(stage, request, Action::read);
  stage.must(request, "report_feedback", Action::create, about.study);
  const auto feedback = check_feedback(request.form.value("useful"), request.form.value("words"));
  if (!feedback) return draw_report(stage, request, feedback.problems());
  do_once([&] {
    stage.database.write(request.actor, {"report_feedback.add", "site_report", about.id.text},
                         [&](db::Write& write) { add_feedback(write, about.id, *feedback, request.once<Feedback>()); });
  });
  const auto back = request.form.value("back");
  return web::go_to(request, back == "/today" ? back : report_path(about) + "#feedback");
}

Reply as_pdf(const Stage& stage, const Request& request) {
  const auto report = loaded(stage, request, Action::export_);
  return web::download(pdf_from_html(standalone_html(request.say(), report->view(request.today))), "application/pdf",
                       "report.pdf");
}

Reply as_xlsx(const Stage& stage, const Request& request) {
  const auto report = loaded(stage, request, Action::export_);
  return web::download(report_spreadsheet(request.say(), report->view(request.today)), spreadsheet_type, "report.xlsx");
}

Reply as_csv(const Stage& stage, const Request& request) {
  const auto report = loaded(stage, request, Action::export_);
  std::string csv = "item,statement,people,answers_a,in_place,mean,top3\n";
  for (const auto& finding : report->content.all) {
    const auto& item = report->opened.instrument.items[finding.item];
    csv += item.id + ',' + instruments::csv_cell(item.label) + ',' + std::to_string(finding.people) + ',' +
           std::to_string(finding.answers_a) + ',' + std::to_string(finding.in_place) + ',' +
           (finding.mean_tenths ? tenths(*finding.mean_tenths) : "") + ',' + std::to_string(finding.top3) + '\n';
  }
  return web::download(csv, "text/csv; charset=utf-8", "report.csv");
}

}  // namespace

void add_report_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/reports", allowed::list_reports, act(list_reports));
  routes.get("/studies/{study}/report/new", allowed::create_report, act(new_report));
  routes.post("/studies/{study}/report", allowed::create_report, act(create_report));
  routes.get("/reports/{report}", allowed::read_report, act(show_report));
  routes.get("/reports/{report}/report.pdf", allowed::export_report, act(as_pdf), web::Pace::slow);
  routes.get("/reports/{report}/report.xlsx", allowed::export_report, act(as_xlsx), web::Pace::slow);
  routes.get("/reports/{report}/report.csv", allowed::export_report, act(as_csv));
  routes.get("/reports/{report}/steps/new", allowed::add_step, act(new_step));
  routes.post("/reports/{report}/steps", allowed::add_step, act(add_step));
  routes.post("/reports/{report}/feedback", allowed::give_feedback, act(give_feedback));
}

}  // namespace cairn::evaluation
