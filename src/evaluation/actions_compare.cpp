// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.hpp"
#include "evaluation/actions_stage.hpp"
#include "evaluation/pages_compare.hpp"
#include "evaluation/pages_spreadsheet.hpp"
#include "evaluation/store_thresholds.hpp"
#include "instruments/store_reasons.hpp"
#include "instruments/table.hpp"

namespace cairn::evaluation {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

// A round as somebody asked for it by address, with the thresholds of the programme.
struct Asked {
  OpenedRound opened;
  Thresholds thresholds;
  Axis by = Axis::stakeholder;
};

Asked asked(const Stage& stage, const Request& request, Action action) {
  const auto id = request.id<Study>("study");
  stage.must(request, "inventory_comparison", action, id);
  const auto number = whole_number(request.checked_parameter("round"));
  if (!number || *number < 1 || *number > 999) throw NotFound("no such round");
  Asked found{open_round(stage.database, stage.library, request.actor, id, static_cast<int>(*number), request.say()),
              {}};
  found.thresholds =
      stage.database.read([&](db::Read& read) { return thresholds(read, request.actor, stage.evidence->settings); });
  const auto by = request.query.value("by");
  if (!by.empty()) {
    const auto axis = instruments::axis_from_code(by);
    if (!axis) throw NotFound("no such axis: " + by);
    found.by = *axis;
  }
  return found;
}

RoundView round_view(const Stage& stage, const Asked& found) {
  return {found.opened.study,      found.opened.round,        found.opened.instrument,
          found.opened.comparison, stage.evidence->published, found.thresholds};
}

std::vector<web::Link> trail(const Request& request, const OpenedRound& opened) {
  return {{request.say()("evaluation.studies.title"), "/studies"},
          {opened.study.name, study_path(opened.study)},
          {round_name(request.say(), opened.round), round_path(opened.study, opened.round) + "/compare"}};
}

// The same rows as the command's, so that a program reads one form everywhere.
json rows_as_json(const Asked& found, std::optional<Axis> axis) {
  std::ostringstream text;
  instruments::write_json(text, found.opened.comparison, found.opened.instrument, axis);
  return json::parse(text.str());
}

json as_json(const ShownWords& words) {
  return {{"words", words.words},
          {"tone", words.tone},
          {"by", instruments::code(words.beside.axis)},
          {"group", words.beside.group}};
}

Subject subject_asked(const Request& request, Axis by) {
  const auto group = request.query.value("group");
  return group.empty() ? everyone() : Subject{by, group};
}

web::Html changes_view(const Stage& stage, const Request& request, const Asked& found, const CompareFrame& frame) {
  const auto before = comparison_before(stage.database, request.actor, found.opened);
  if (!before) return changes_page(request.say(), frame, "", {}, {});
  const Round* earlier = nullptr;
  for (const auto& round : found.opened.rounds)
    if (round.number < found.opened.round.number) earlier = &round;
  const auto all = changes(*before, found.opened.comparison, everyone());
  constexpr std::size_t most_drawn = 8;
  return changes_page(request.say(), frame, round_name(request.say(), *earlier), all, largest(all, most_drawn));
}

web::Html drawn(const Stage& stage, const Request& request, const Asked& found, const CompareFrame& frame) {
  const auto& say = request.say();
  switch (frame.view) {
    case View::matters: {
      const auto subject = subject_asked(request, found.by);
      const auto all = findings(found.opened.comparison, subject, found.thresholds);
      return matters_page(say, frame, subject, all, priorities(all));
    }
    case View::statements:
      return statements_page(say, frame);
    case View::differences:
      return differences_page(say, frame, disagreements(found.opened.comparison, found.by, found.thresholds));
    case View::study:
      return study_page(say, frame,
                        beside_the_study(found.opened.comparison, found.opened.instrument, stage.evidence->published,
                                         found.by, found.thresholds.disagreement));
    case View::changes:
      return changes_view(stage, request, found, frame);
  }
  throw NotFound("no such view");
}

CompareFrame frame_of(const Stage& stage, const Request& request, const RoundView& view, const Asked& found,
                      View shown) {
  return {view, shown, found.by, stage.may(request, "inventory_comparison", Action::export_, view.study.id),
          stage.may(request, "site_report", Action::create, view.study.id)};
}

Reply compare(const Stage& stage, const Request& request) {
  const auto found = asked(stage, request, Action::read);
  const auto name = request.query.value("view");
  const auto view = name.empty() ? std::optional(View::matters) : view_from_code(name);
  if (!view) throw NotFound("no such view: " + name);
  web::PageContent page;
  page.trail = trail(request, found.opened);
  page.trail.pop_back();
  page.title = request.say()("evaluation.view." + std::string(code(*view)));
  page.wide = true;
  const auto round = round_view(stage, found);
  if (found.opened.comparison.nothing_shown())
    page.main = too_small_page(request.say(), web::Html::ready(stage.evidence->discussion_guide));
  else
    page.main = drawn(stage, request, found, frame_of(stage, request, round, found, *view));
  const auto axis = request.query.value("by").empty() ? std::nullopt : std::optional(found.by);
  return web::answer(request, page,
                     {{"study", found.opened.study.name},
                      {"round", found.opened.round.number},
                      {"rows", request.wants_json ? rows_as_json(found, axis) : json::array()}});
}

// What people wrote in this round, as it may be shown about everyone.
std::vector<ShownWords> said_in(const Stage& stage, const Request& request, const Asked& found) {
  const auto all = stage.database.read(
      [&](db::Read& read) { return instruments::reasons(read, request.actor, {found.opened.round.collection_id}); });
  return shown_words(all, found.opened.instrument, found.opened.comparison, everyone());
}

Reply one_item(const Stage& stage, const Request& request) {
  const auto found = asked(stage, request, Action::read);
  const auto item = found.opened.instrument.index_of(request.checked_parameter("item"));
  if (!item) throw NotFound("no such item");
  const auto round = round_view(stage, found);
  const auto said = said_in(stage, request, found);
  web::PageContent page;
  page.title = item_name(found.opened.instrument.items[*item]);
  page.trail = trail(request, found.opened);
  page.wide = true;
  if (found.opened.comparison.nothing_shown())
    page.main = too_small_page(request.say(), web::Html::ready(stage.evidence->discussion_guide));
  else
    page.main = item_page(request.say(), frame_of(stage, request, round, found, View::statements), *item,
                          advice(stage.evidence->points, found.opened.instrument.items[*item].id, {}), said);
  json data{{"item", request.checked_parameter("item")}, {"rows", json::array()}, {"said", json::array()}};
  for (const auto& words : said)
    if (words.item == request.checked_parameter("item")) data["said"].push_back(as_json(words));
  if (request.wants_json)
    for (const auto& row : rows_as_json(found, {}))
      if (row["item"] == data["item"]) data["rows"].push_back(row);
  return web::answer(request, page, data);
}

std::string file_name(const Asked& found, std::string_view ending) {
  return "round-" + std::to_string(found.opened.round.number) + "." + std::string(ending);
}

Reply as_csv(const Stage& stage, const Request& request) {
  const auto found = asked(stage, request, Action::export_);
  std::ostringstream text;
  instruments::write_csv(text, found.opened.comparison, found.opened.instrument, {});
  return web::download(text.str(), "text/csv; charset=utf-8", file_name(found, "csv"));
}

Reply as_xlsx(const Stage& stage, const Request& request) {
  const auto found = asked(stage, request, Action::export_);
  return web::download(comparison_spreadsheet(request.say(), round_view(stage, found)), spreadsheet_type,
                       file_name(found, "xlsx"));
}

}  // namespace

void add_compare_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/studies/{study}/rounds/{round}/compare", allowed::compare, act(compare));
  routes.get("/studies/{study}/rounds/{round}/items/{item}", allowed::compare, act(one_item));
  routes.get("/studies/{study}/rounds/{round}/comparison.csv", allowed::export_comparison, act(as_csv));
  routes.get("/studies/{study}/rounds/{round}/comparison.xlsx", allowed::export_comparison, act(as_xlsx),
             web::Pace::slow);
}

}  // namespace cairn::evaluation
