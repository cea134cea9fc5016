// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "evaluation/actions_asking.hpp"
#include "evaluation/pages_studies.hpp"
#include "evaluation/store.hpp"
#include "instruments/store.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_import.hpp"

namespace cairn::evaluation {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::size_t largest_upload = 32 * 1024 * 1024;
constexpr std::size_t most_bad_shown = 200;

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("evaluation.studies.title"), "/studies"}};
}

std::vector<web::Link> trail(const Request& request, const Study& study) {
  auto links = trail(request);
  links.push_back({study.name, study_path(study)});
  return links;
}

json as_json(const Round& round) {
  return {{"number", round.number}, {"dated_on", round.dated_on ? json(iso(*round.dated_on)) : json(nullptr)}};
}

Reply list_studies(const Stage& stage, const Request& request) {
  std::vector<StudyLine> lines;
  stage.database.read([&](db::Read& read) {
    for (auto& study : studies(read, request.actor))
      if (stage.may(request, "study", Action::list, study.id)) {
        auto of_it = rounds(read, request.actor, study.id);
        lines.push_back({std::move(study), std::move(of_it)});
      }
  });
  json data{{"studies", json::array()}};
  for (const auto& line : lines)
    data["studies"].push_back({{"id", line.study.id.text},
                               {"name", line.study.name},
                               {"rounds", line.rounds.size()},
                               {"path", study_path(line.study)}});
  web::PageContent page{request.say()("evaluation.studies.title"),
                        studies_page(request.say(), lines, stage.may(request, "study", Action::create),
                                     stage.may(request, "participant", Action::list))};
  return web::answer(request, page, data);
}

web::PageContent new_study_form(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  std::vector<FormChoice> choices;
  for (const auto& one : possible_instruments(stage.library))
    choices.push_back(
        {one.id, one.title, static_cast<std::int64_t>(one.items.size()), instruments::minutes_to_answer(one)});
  return {request.say()("evaluation.new_study.title"),
          new_study_page(web::Form::of(request, std::move(problems)), choices), trail(request)};
}

Reply new_study(const Stage& stage, const Request& request) {
  return web::answer(request, new_study_form(stage, request, {}), json::object());
}

// The form the study uses: the usual one where nothing was chosen, as by a program.
std::optional<instruments::Instrument> chosen_instrument(const Stage& stage, const Request& request) {
  auto all = possible_instruments(stage.library);
  const auto wanted = request.form.value("instrument");
  if (wanted.empty()) return std::move(all.front());
  for (auto& one : all)
    if (one.id == wanted) return std::move(one);
  return {};
}

Reply create_study(const Stage& stage, const Request& request) {
  std::vector<std::string> taken;
  stage.database.read([&](db::Read& read) {
    for (const auto& study : studies(read, request.actor)) taken.push_back(study.name);
  });
  const auto name = check_study_name(request.form.value("name"), taken);
  const auto instrument = chosen_instrument(stage, request);
  auto problems = name ? std::vector<Problem>() : name.problems();
  if (!instrument) problems.push_back({"instrument", "evaluation.problem.form_missing"});
  if (!problems.empty()) return web::ask_again(request, new_study_form(stage, request, problems), problems);
  const auto id = stage.database.write(request.actor, {"study.add", "study", ""}, [&](db::Write& write) {
    return add_study(write, *name, instrument->id, instrument->version);
  });
  return web::go_to(request, "/studies/" + id.text);
}

RoundLine round_line(const Stage& stage, const Request& request, const Study& study, const Round& round) {
  RoundLine line{round};
  const auto asking = stage.database.read(
      [&](db::Read& read) { return instruments::find_asking(read, request.actor, {round.collection_id}); });
  if (asking) {
    const auto zone =
        stage.database.read([&](db::Read& read) { return accounts::programme(read, request.actor).zone; });
    const AskedRound asked{study, round, *asking, {}, zone};
    const auto view = view_of(asked, request, true);
    line.state = state_sentence(request.say(), view);
    line.counted = view.state == instruments::AskingState::closed;
    if (!line.counted) return line;
  }
  line.any = stage.database.read([&](db::Read& read) {
    return instruments::responses(read, request.actor, {round.collection_id});
  }) > 0;
  if (!line.any || !stage.may(request, "inventory_comparison", Action::read, study.id)) return line;
  const auto opened = open_round(stage.database, stage.library, request.actor, study.id, round.number, request.say());
  const auto* all = opened.comparison.find(Axis::all, "everyone");
  if (all != nullptr && all->hidden == instruments::Hidden::no) line.people = all->people;
  return line;
}

Reply one_study(const Stage& stage, const Request& request) {
  Study of_it;
  std::vector<Round> its_rounds;
  std::int64_t its_reports = 0;
  const auto id = request.id<Study>("study");
  stage.database.read([&](db::Read& read) {
    of_it = study(read, request.actor, id);
    its_rounds = rounds(read, request.actor, id);
    its_reports = static_cast<std::int64_t>(reports(read, request.actor, id).size());
  });
  stage.must(request, "study", Action::read, id);
  StudyView view{of_it, instrument_of(stage.library, of_it, request.say()).title};
  view.reports = its_reports;
  view.may_import = stage.may(request, "response_import", Action::create, id);
  view.may_report = stage.may(request, "site_report", Action::create, id);
  view.may_ask = stage.may(request, "invitation", Action::list, id);
  json data{{"id", id.text}, {"name", of_it.name}, {"rounds", json::array()}};
  for (const auto& round : its_rounds) {
    view.rounds.push_back(round_line(stage, request, of_it, round));
    auto one = as_json(round);
    one["people"] = view.rounds.back().people ? json(*view.rounds.back().people) : json(nullptr);
    one["asks"] = !view.rounds.back().state.empty();
    data["rounds"].push_back(std::move(one));
  }
  web::PageContent page{of_it.name, one_study_page(request.say(), view), trail(request)};
  return web::answer(request, page, data);
}

ImportView import_view(const Stage& stage, const Request& request, Study& into) {
  const auto id = request.id<Study>("study");
  std::vector<Round> its_rounds;
  int next = 1;
  stage.database.read([&](db::Read& read) {
    into = study(read, request.actor, id);
    its_rounds = rounds(read, request.actor, id);
    if (!its_rounds.empty()) next = its_rounds.back().number + 1;
    std::erase_if(its_rounds, [&](const Round& round) {
      return instruments::find_asking(read, request.actor, {round.collection_id}).has_value();
    });
  });
  stage.must(request, "response_import", Action::create, id);
  return {into, std::move(its_rounds), next};
}

Reply show_import(const Stage& stage, const Request& request) {
  Study into;
  const auto view = import_view(stage, request, into);
  web::PageContent page{request.say()("evaluation.import.title"), import_page(web::Form::of(request), view),
                        trail(request, into)};
  return web::answer(request, page, json::object());
}

// Where the form says the answers go, or what is wrong with that.
Checked<Destination> destination(const Request& request, const ImportView& view) {
  Destination chosen;
  chosen.study = view.study;
  std::vector<Problem> problems;
  const auto number = request.form.value("round");
  for (const auto& round : view.rounds)
    if (std::to_string(round.number) == number) chosen.round = round;
  chosen.number = chosen.round ? chosen.round->number : view.next;
  if (!chosen.round && number != std::to_string(view.next))
    problems.push_back({"round", "evaluation.problem.round_missing"});
  if (!chosen.round && !web::no_date(request.form, "dated_on")) {
    chosen.dated_on = web::sent_date(request.form, "dated_on");
    if (!chosen.dated_on) problems.push_back({"dated_on", "evaluation.problem.date_wrong"});
  }
  if (request.uploads.empty() || request.uploads.front().bytes.empty())
    problems.push_back({"file", "evaluation.problem.file_missing"});
  if (!problems.empty()) return problems;
  return chosen;
}

Reply bad_file(const Request& request, const ImportView& view, const std::vector<instruments::BadCell>& bad) {
  const std::vector<Problem> problems{{"file", "evaluation.problem.file_bad"}};
  web::PageContent page{request.say()("evaluation.import.title"), import_page(web::Form::of(request, problems), view),
                        trail(request, view.study)};
  if (!request.wants_json) return web::ask_again(request, page, problems);
  std::vector<Problem> each;
  for (const auto& cell : bad) each.push_back(cell.problem);
  return web::ask_again(request, page, each);
}

Reply import_file(const Stage& stage, const Request& request) {
  Study into;
  auto view = import_view(stage, request, into);
  const auto chosen = destination(request, view);
  if (!chosen) {
    web::PageContent page{request.say()("evaluation.import.title"),
                          import_page(web::Form::of(request, chosen.problems()), view), trail(request, into)};
    return web::ask_again(request, page, chosen.problems());
  }
  const auto instrument = instrument_of(stage.library, into, request.say());
  const auto file = instruments::ResponseFile::in_memory(request.uploads.front().bytes);
  std::vector<instruments::BadCell> bad;
  instruments::ImportWatch watch;
  watch.bad = [&](const instruments::BadCell& cell) {
    if (bad.size() < most_bad_shown) bad.push_back(cell);
  };
  std::optional<Id<instruments::Collection>> known;
  if (chosen->round) known = Id<instruments::Collection>{chosen->round->collection_id};
  const auto checked = instruments::check_responses(stage.database, request.actor, known, instrument, file, watch);
  if (!checked.accepted) {
    for (const auto& cell : bad) view.bad.push_back({cell.row, cell.column, cell.value, request.say()(cell.problem)});
    view.bad_in_all = checked.bad;
    return bad_file(request, view, bad);
  }
  ImportDone done{into, chosen->number, checked.added, checked.known, request.form.value("act") != "check"};
  if (done.kept) {
    const auto made = make_destination(stage.database, request.actor, *chosen, instrument);
    instruments::keep_responses(stage.database, request.actor, {made.collection_id}, instrument, file, checked, watch);
  }
  web::PageContent page{request.say()("evaluation.import.title"), import_done_page(request.say(), done),
                        trail(request, into)};
  return web::answer(request, page,
                     {{"added", done.added}, {"known", done.known}, {"kept", done.kept}, {"round", done.round}});
}

}  // namespace

void add_study_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  routes.get("/studies", allowed::list_studies, act(list_studies));
  routes.get("/studies/new", allowed::create_study, act(new_study));
  routes.post("/studies", allowed::create_study, act(create_study));
  routes.get("/studies/{study}", allowed::read_study, act(one_study));
  routes.get("/studies/{study}/import", allowed::import_file, act(show_import));
  routes.post("/studies/{study}/import", allowed::import_file, act(import_file), web::Pace::slow, largest_upload);
}

}  // namespace cairn::evaluation
