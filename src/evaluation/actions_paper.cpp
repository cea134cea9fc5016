// SPDX-License-Identifier: Apache-2.0
// Paper: the form to print, and typing in what comes back.
#include <nlohmann/json.hpp>

#include "accounts/store_accounts.hpp"
#include "evaluation/actions_giving.hpp"
#include "evaluation/pages_frame.hpp"
#include "evaluation/pages_paper.hpp"
#include "instruments/store_paper.hpp"

namespace cairn::evaluation {
namespace {

using instruments::PaperSheet;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view record = "paper_sheet";

PaperRound paper_round(const AskedRound& asked) {
  return {asked.instrument, asked.asking, asked.path(), last_day_of(asked)};
}

instruments::FieldOf fields_of(const Request& request) {
  return [&request](std::string_view name) { return request.form.find(name); };
}

// Nobody sees what is typed in twice, but who did it stands in the list.
std::string name_of(db::Read& read, const std::string& account) {
  const auto found = accounts::find_account(read, {account});
  return found ? found->display_name : "";
}

SheetLine line_of(db::Read& read, const PaperSheet& sheet, std::string_view zone) {
  return {sheet.id.text,
          sheet.number,
          sheet.outcome,
          name_of(read, sheet.entered_by),
          date_in_zone(sheet.entered_at, zone),
          sheet.differences};
}

json as_json(const SheetLine& line) {
  return {{"id", line.id},
          {"number", line.number},
          {"outcome", line.outcome},
          {"entered_by", line.entered_by},
          {"entered_on", iso(line.entered_on)},
          {"differences", line.differences}};
}

Reply show_form(const Stage& stage, const Request& asked_for) {
  const auto asked = asked_round(stage, asked_for, record, Action::read);
  const auto request = stage.in_language_of(asked.asking, asked_for);
  web::PageContent page{request.say()("evaluation.paper.title"), paper_form_page(request.say(), paper_round(asked)),
                        trail_of(request, asked)};
  return web::answer(request, page, {{"path", asked.path() + "/paper"}});
}

Reply list_sheets(const Stage& stage, const Request& request) {
  const auto asked = asked_round(stage, request, record, Action::list);
  SheetsView view{paper_round(asked), {}, asked.asking.may_go_on(request.now), request.query.value("kept")};
  if (view.kept.size() > instruments::longest_sheet_number) view.kept.clear();
  stage.database.read([&](db::Read& read) {
    for (const auto& sheet : instruments::paper_sheets(read, request.actor, asked.asking.collection))
      view.lines.push_back(line_of(read, sheet, asked.zone));
  });
  json data{{"sheets", json::array()}, {"waiting", 0}};
  for (const auto& line : view.lines) {
    if (line.outcome == "removed") continue;
    if (line.outcome.empty()) data["waiting"] = data["waiting"].get<int>() + 1;
    data["sheets"].push_back(as_json(line));
  }
  web::PageContent page{request.say()("evaluation.sheets.title"), sheets_page(request.say(), view),
                        trail_of(request, asked)};
  return web::answer(request, page, data);
}

// Typing in is for as long as answers are taken.
AskedRound round_taking_sheets(const Stage& stage, const Request& request, Action action) {
  auto asked = asked_round(stage, request, record, action);
  if (!asked.asking.may_go_on(request.now)) throw Conflict("the round takes no sheets now", "answer.over");
  return asked;
}

web::PageContent new_sheet_content(const Request& request, const AskedRound& asked, std::vector<Problem> problems) {
  SheetForm view{paper_round(asked), asked.path() + "/sheets"};
  view.kept = request.query.value("kept");
  // A pile is mostly of one place and one group: the next sheet begins with those of the last.
  for (const auto* name : {"site", "stakeholder"}) view.begins_with.emplace_back(name, request.query.value(name));
  web::PageContent page;
  page.title = request.say()("evaluation.sheets.new_title");
  page.main = sheet_form_page(web::Form::of(request, std::move(problems)), view);
  page.trail = trail_to(request, asked, "evaluation.sheets.title", "/sheets");
  return page;
}

Reply new_sheet(const Stage& stage, const Request& request) {
  const auto asked = round_taking_sheets(stage, request, Action::create);
  return web::answer(request, new_sheet_content(request, asked, {}), json::object());
}

Reply keep_sheet(const Stage& stage, const Request& request) {
  const auto asked = round_taking_sheets(stage, request, Action::create);
  const auto sheet = instruments::check_sheet(fields_of(request), asked.asking, asked.instrument);
  const auto again = [&](const std::vector<Problem>& problems) {
    return web::ask_again(request, new_sheet_content(request, asked, problems), problems);
  };
  if (!sheet) return again(sheet.problems());
  const auto taken = stage.database.read([&](db::Read& read) {
    const auto id = instruments::sheet_numbered(read, request.actor, asked.asking.collection, sheet->number);
    return id && *id != request.once<PaperSheet>();
  });
  if (taken) return again({{"number", "instruments.paper.number_taken"}});
  do_once([&] {
    stage.database.write(request.actor, {"paper_sheet.add", "paper_sheet", ""}, [&](db::Write& write) {
      instruments::add_sheet(write, asked.asking, asked.instrument, *sheet, request.once<PaperSheet>());
    });
  });
  const auto kept = "kept=" + in_address(sheet->number);
  if (request.form.value("then") != "next") return web::go_to(request, asked.path() + "/sheets?" + kept);
  return web::go_to(request, asked.path() + "/sheets/new?" + kept + "&site=" + std::to_string(sheet->answers.site) +
                                 "&stakeholder=" + sheet->answers.stakeholder);
}

// A sheet that waits for its second check, with what was typed in first.
struct WaitingSheet {
  AskedRound asked;
  PaperSheet sheet;
  instruments::Answers first;
  std::string first_by;

  std::string path() const { return asked.path() + "/sheets/" + sheet.id.text; }
};

WaitingSheet waiting_sheet(const Stage& stage, const Request& request) {
  WaitingSheet found{round_taking_sheets(stage, request, Action::amend), {}, {}, {}};
  const auto& collection = found.asked.asking.collection;
  stage.database.read([&](db::Read& read) {
    const auto id = request.id<PaperSheet>("sheet");
    found.sheet = instruments::paper_sheet(read, request.actor, collection, id);
    found.first = instruments::first_typing(read, request.actor, collection, id, found.asked.instrument);
    found.first_by = name_of(read, found.sheet.entered_by);
  });
  return found;
}

web::PageContent check_content(const Request& request, const WaitingSheet& found, std::vector<Problem> problems) {
  SheetForm view{paper_round(found.asked), found.path()};
  view.check_number = found.sheet.number;
  view.first_by = found.first_by;
  view.own = found.sheet.entered_by == request.actor.account_id;
  view.begins_with = instruments::fields_to_read_again({found.sheet.number, found.first}, found.asked.instrument);
  web::PageContent page;
  page.title = request.say()("evaluation.sheets.check_title", {{"number", found.sheet.number}});
  page.main = sheet_form_page(web::Form::of(request, std::move(problems)), view);
  page.trail = trail_to(request, found.asked, "evaluation.sheets.title", "/sheets");
  return page;
}

Reply show_check(const Stage& stage, const Request& request) {
  const auto found = waiting_sheet(stage, request);
  return web::answer(request, check_content(request, found, {}), {{"number", found.sheet.number}});
}

web::PageContent choice_content(const Request& request, const WaitingSheet& found,
                                const std::vector<instruments::Difference>& all, std::vector<Problem> problems) {
  web::PageContent page;
  page.title = request.say()("evaluation.sheets.choice_title", {{"number", found.sheet.number}});
  page.main = sheet_choice_page(web::Form::of(request, std::move(problems)),
                                {paper_round(found.asked), found.path(), found.sheet.number, all});
  page.trail = trail_to(request, found.asked, "evaluation.sheets.title", "/sheets");
  return page;
}

json as_json(const std::vector<instruments::Difference>& all) {
  json data = json::array();
  for (const auto& one : all) data.push_back({{"field", one.field}, {"first", one.first}, {"second", one.second}});
  return data;
}

Reply check_typed(const Stage& stage, const Request& request) {
  const auto found = waiting_sheet(stage, request);
  const auto act = request.form.value("act");
  if (act == "back") return web::answer(request, check_content(request, found, {}), json::object());
  const auto second = instruments::check_sheet(fields_of(request), found.asked.asking, found.asked.instrument);
  if (!second) return web::ask_again(request, check_content(request, found, second.problems()), second.problems());
  const auto all = instruments::differences(found.first, second->answers, found.asked.instrument);
  std::vector<std::string> keep_first;
  std::vector<Problem> problems;
  for (const auto& one : all) {
    const auto chosen = request.form.value(choice_name(one));
    if (chosen == "first") keep_first.push_back(one.field);
    if (chosen != "first" && chosen != "second")
      problems.push_back({choice_name(one), "evaluation.problem.sheet_choice"});
  }
  if (!problems.empty() && act == "count")
    return web::ask_again(request, choice_content(request, found, all, problems), problems);
  if (!problems.empty())
    return web::answer(request, choice_content(request, found, all, {}), {{"differences", as_json(all)}});
  const auto answers = instruments::decided(found.first, second->answers, keep_first, found.asked.instrument);
  stage.database.write(request.actor, {"paper_sheet.count", "paper_sheet", found.sheet.id.text}, [&](db::Write& write) {
    instruments::count_sheet(write, found.asked.asking, found.asked.instrument, found.sheet.id, answers,
                             static_cast<std::int64_t>(all.size()));
  });
  return web::go_to(request, found.asked.path() + "/sheets");
}

Reply draw_removal(const Stage& stage, const Request& request, const std::vector<Problem>& problems) {
  const auto asked = asked_round(stage, request, record, Action::erase);
  const auto sheet = stage.database.read([&](db::Read& read) {
    const auto one =
        instruments::paper_sheet(read, request.actor, asked.asking.collection, request.id<PaperSheet>("sheet"));
    return line_of(read, one, asked.zone);
  });
  if (!sheet.outcome.empty()) throw NotFound("the sheet does not wait any more: " + sheet.id);
  web::PageContent page;
  page.title = request.say()("evaluation.sheets.removal_title", {{"number", sheet.number}});
  page.main = sheet_removal_page(web::Form::of(request, problems), paper_round(asked), sheet);
  page.trail = trail_to(request, asked, "evaluation.sheets.title", "/sheets");
  if (!problems.empty()) return web::ask_again(request, page, problems);
  return web::answer(request, page, as_json(sheet));
}

Reply show_removal(const Stage& stage, const Request& request) {
  return draw_removal(stage, request, {});
}

Reply remove(const Stage& stage, const Request& request) {
  const auto why = request.form.value("why");
  if (!instruments::is_sheet_removal(why))
    return draw_removal(stage, request, {{"why", "evaluation.problem.sheet_removal"}});
  const auto asked = asked_round(stage, request, record, Action::erase);
  const auto id = request.id<PaperSheet>("sheet");
  stage.database.write(request.actor, {"paper_sheet.remove", "paper_sheet", id.text},
                       [&](db::Write& write) { instruments::remove_sheet(write, asked.asking, id, why); });
  return web::go_to(request, asked.path() + "/sheets");
}

}  // namespace

void add_paper_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/studies/{study}/rounds/{round}/paper", allowed::read_sheets, act(show_form));
  routes.get("/studies/{study}/rounds/{round}/sheets", allowed::list_sheets, act(list_sheets));
  routes.get("/studies/{study}/rounds/{round}/sheets/new", allowed::create_sheet, act(new_sheet));
  routes.post("/studies/{study}/rounds/{round}/sheets", allowed::create_sheet, act(keep_sheet));
  routes.get("/studies/{study}/rounds/{round}/sheets/{sheet}", allowed::amend_sheet, act(show_check));
  routes.post("/studies/{study}/rounds/{round}/sheets/{sheet}", allowed::amend_sheet, act(check_typed));
  routes.get("/studies/{study}/rounds/{round}/sheets/{sheet}/removal", allowed::erase_sheet, act(show_removal));
  routes.post("/studies/{study}/rounds/{round}/sheets/{sheet}/removal", allowed::erase_sheet, act(remove));
}

}  // namespace cairn::evaluation
