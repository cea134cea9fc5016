// SPDX-License-Identifier: Apache-2.0
// What came of a round: for everybody, and telling them of it.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "base/secret.hpp"
#include "evaluation/actions_giving.hpp"
#include "evaluation/actions_letters.hpp"
#include "evaluation/actions_reports.hpp"
#include "evaluation/pages_results.hpp"
#include "evaluation/store.hpp"
#include "evaluation/store_results.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_invitations.hpp"
#include "jobs/mail.hpp"

namespace cairn::evaluation {
namespace {

using instruments::AskingState;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

// Somebody without a name, who may see of this programme what may be shown to everybody.
Actor anybody_of(const std::string& programme) {
  auto actor = Actor::anyone();
  actor.programme_id = programme;
  return actor;
}

// A round by the code of its page of results.
struct Opened {
  instruments::Asking asking;
  Actor reader;
  Study study;
  Round round;
  Date last_day;
  std::string path;
};

Opened opened(const Stage& stage, const Request& request) {
  const auto& code = request.checked_parameter("code");
  if (!could_be_link_secret(code)) throw NotFound("no page of results of that code");
  return stage.database.read([&](db::Read& read) {
    auto asking = instruments::find_asking_by_results(read, code);
    if (!asking) throw NotFound("no page of results of that code");
    const auto reader = anybody_of(asking->programme_id);
    const auto found = find_round_of(read, reader, asking->collection.text);
    if (!found) throw NotFound("the collection is of no round");
    const auto zone = accounts::programme(read, reader).zone;
    const auto last_day = date_in_zone(later(asking->period.closes_at, -1), zone);
    return Opened{*std::move(asking), reader, found->study, found->round, last_day, "/results/" + code};
  });
}

// The latest report of this round about a site or everyone, or one that nobody has made, to see the picture with.
SiteReport newest_report(const std::vector<SiteReport>& latest_first, const Opened& of_it, const Subject& about) {
  for (const auto& report : latest_first)
    if (report.round == of_it.round.number && report.about == about) return report;
  SiteReport none;
  none.study = of_it.study.id;
  none.round = of_it.round.number;
  none.about = about;
  none.purpose = Purpose::show_value;
  return none;
}

struct Results {
  std::vector<std::unique_ptr<LoadedReport>> reports;
  std::vector<ReportView> views;
  std::vector<ResultsPart> parts;
};

Results results(const Stage& stage, const Request& request, const Opened& of_it) {
  const auto made = stage.database.read([&](db::Read& read) { return reports(read, of_it.reader, of_it.study.id); });
  std::vector<Subject> subjects;
  for (const auto& one : of_it.asking.sites) subjects.push_back(site(one.name));
  if (subjects.size() > 1) subjects.push_back(everyone());
  Results all;
  for (const auto& about : subjects)
    all.reports.push_back(load_report(stage.database, stage.library, *stage.evidence, of_it.reader,
                                      newest_report(made, of_it, about), request.say()));
  for (const auto& report : all.reports) all.views.push_back(report->view(request.today));
  for (std::size_t i = 0; i < all.views.size(); ++i)
    all.parts.push_back({&all.views[i], !all.reports[i]->report.id.empty()});
  return all;
}

json as_json(const Results& all) {
  json sites = json::array();
  for (const auto& part : all.parts) {
    const auto& content = part.view->content;
    json one{{"site", part.view->report.about.is_everyone() ? json(nullptr) : json(part.view->report.about.group)},
             {"hidden", content.hidden},
             {"people", content.hidden ? json(nullptr) : json(content.people)},
             {"priorities", json::array()},
             {"steps", json::array()}};
    if (part.reported && !content.hidden)
      for (const auto& priority : content.priorities)
        one["priorities"].push_back(part.view->round.instrument.items[priority.finding.item].id);
    for (const auto& step : part.view->steps)
      if (!step.removed_at)
        one["steps"].push_back(
            {{"words", step.words}, {"due_on", iso(step.due_on)}, {"done", step.done_at.has_value()}});
    sites.push_back(std::move(one));
  }
  return sites;
}

std::optional<NotYet> not_yet(const Opened& of_it, Moment now) {
  switch (of_it.asking.state(now)) {
    case AskingState::planned:
      return NotYet::planned;
    case AskingState::open:
      return NotYet::asking;
    case AskingState::closing:
    case AskingState::over:
      return NotYet::counting;
    case AskingState::closed:
      break;
  }
  return std::nullopt;
}

enum class As { page, poster };

Reply draw(const Stage& stage, const Request& asked_for, As as) {
  const auto of_it = opened(stage, asked_for);
  const auto request = stage.in_language_of(of_it.asking, asked_for);
  web::PageContent page;
  page.title = request.say()("evaluation.results.title");
  if (const auto why = not_yet(of_it, request.now)) {
    page.main = results_not_yet_page(request.say(), *why, of_it.last_day);
    return web::answer(request, page, {{"counted", false}, {"last_day", iso(of_it.last_day)}});
  }
  const auto all = results(stage, request, of_it);
  const ResultsView view{of_it.asking, of_it.path, stage.address() + of_it.path, of_it.last_day, all.parts};
  page.main = as == As::page ? results_page(request.say(), view) : results_poster(request.say(), view);
  return web::answer(request, page, {{"counted", true}, {"sites", as_json(all)}});
}

Reply show_results(const Stage& stage, const Request& request) {
  return draw(stage, request, As::page);
}

Reply show_poster(const Stage& stage, const Request& request) {
  return draw(stage, request, As::poster);
}

// ---- Telling people

AskedRound counted_round(const Stage& stage, const Request& request) {
  auto asked = asked_round(stage, request, "round_results", Action::share);
  if (asked.asking.state(request.now) != AskingState::closed)
    throw Conflict("the round is not counted yet", "evaluation.stop.not_counted");
  return asked;
}

// Whom a letter goes to: who has an address and wants letters, whether or not they answered.
std::vector<std::string> reachable(db::Read& read, const Actor& actor, const AskedRound& asked) {
  std::vector<std::string> all;
  for (const auto& one : instruments::invitations(read, actor, asked.asking.collection))
    if (wants_results_letter(one)) all.push_back(one.id);
  return all;
}

bool was_reported(db::Read& read, const Actor& actor, const AskedRound& asked) {
  const auto made = reports(read, actor, asked.study.id);
  return std::any_of(made.begin(), made.end(),
                     [&](const SiteReport& report) { return report.round == asked.round.number; });
}

Reply draw_telling(const Stage& stage, const Request& request, const std::vector<Problem>& problems) {
  const auto asked = counted_round(stage, request);
  TellView view{asked.path(), "/results/" + asked.asking.results_code};
  stage.database.read([&](db::Read& read) {
    view.reported = was_reported(read, request.actor, asked);
    view.reachable = static_cast<std::int64_t>(reachable(read, request.actor, asked).size());
    if (const auto told = last_told(read, request.actor, asked.study.id, asked.round.number)) {
      view.told_on = date_in_zone(told->at, asked.zone);
      view.letters = told->letters;
    }
  });
  web::PageContent page{request.say()("evaluation.tell.title"), tell_page(web::Form::of(request, problems), view),
                        trail_of(request, asked)};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  return web::answer(request, page,
                     {{"results", view.results_path},
                      {"reported", view.reported},
                      {"reachable", view.reachable},
                      {"told_on", view.told_on ? json(iso(*view.told_on)) : json(nullptr)}});
}

Reply show_telling(const Stage& stage, const Request& request) {
  return draw_telling(stage, request, {});
}

void tell_people(db::Write& write, const AskedRound& asked, bool letters, const Id<ResultsTold>& once) {
  if (!was_reported(write, write.actor(), asked))
    throw Conflict("there is no report to tell of", "evaluation.stop.no_report");
  auto to = letters ? reachable(write, write.actor(), asked) : std::vector<std::string>();
  add_told(write, asked.study.id, asked.round.number, static_cast<std::int64_t>(to.size()), once);
  // Ids are random: in their order letters tell nothing of who was asked when.
  std::sort(to.begin(), to.end());
  for (const auto& invitation : to) jobs::post_letter(write, results_letter, invitation, write.now());
}

Reply tell(const Stage& stage, const Request& request) {
  const auto asked = counted_round(stage, request);
  const auto act = request.form.value("act");
  if (act != "letters" && act != "by_hand")
    return draw_telling(stage, request, {{"act", "evaluation.problem.tell_how"}});
  do_once([&] {
    stage.database.write(
        request.actor, {"round_results.tell", "collection", asked.asking.collection.text},
        [&](db::Write& write) { tell_people(write, asked, act == "letters", request.once<ResultsTold>()); });
  });
  return web::go_to(request, asked.path() + "/results");
}

}  // namespace

void add_results_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/results/{code}", allowed::read_results, act(show_results));
  routes.get("/results/{code}/poster", allowed::read_results, act(show_poster));
  routes.get("/studies/{study}/rounds/{round}/results", allowed::tell_results, act(show_telling));
  routes.post("/studies/{study}/rounds/{round}/results", allowed::tell_results, act(tell));
}

}  // namespace cairn::evaluation
