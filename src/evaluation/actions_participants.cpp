// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "base/text.hpp"
#include "evaluation/actions_asking.hpp"
#include "evaluation/pages_participants.hpp"
#include "evaluation/store.hpp"
#include "instruments/response.hpp"
#include "instruments/store_asking.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Participant;
using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

void must(const Stage& stage, const Request& request, Action action) {
  if (!stage.may(request, "participant", action)) throw NotFound("the list of people is not the actor's");
}

Services services_of(db::Read& read, const Actor& actor) {
  Services services;
  for (const auto& one : accounts::structure(read, actor).services) services.emplace_back(one.id.text, one.name);
  return services;
}

std::vector<std::string> ids_of(const Services& services) {
  std::vector<std::string> ids;
  for (const auto& [id, name] : services) ids.push_back(id);
  return ids;
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("evaluation.studies.title"), "/studies"},
          {request.say()("evaluation.people.title"), "/participants"}};
}

json as_json(const Participant& one) {
  return {{"id", one.id.text},        {"name", one.name},          {"email", one.email},
          {"group", one.stakeholder}, {"service", one.service_id}, {"ended", one.ended}};
}

Reply list_people(const Stage& stage, const Request& request) {
  must(stage, request, Action::list);
  PeopleView view;
  stage.database.read([&](db::Read& read) {
    view.people = instruments::participants(read, request.actor);
    view.services = services_of(read, request.actor);
  });
  for (const auto& id : ids_of(view.services))
    if (request.query.value("site") == id) view.service = id;
  view.added = whole_number(request.query.value("added")).value_or(-1);
  view.known = whole_number(request.query.value("known")).value_or(0);
  json data{{"people", json::array()}};
  for (const auto& one : view.people) data["people"].push_back(as_json(one));
  auto links = trail(request);
  links.pop_back();
  return web::answer(request, {request.say()("evaluation.people.title"), people_page(request.say(), view), links},
                     data);
}

// ---- Adding

Reply person_form(const Stage& stage, const Request& request, const Participant& person,
                  std::vector<Problem> problems) {
  const auto services = stage.database.read([&](db::Read& read) { return services_of(read, request.actor); });
  const auto title = person.id.empty() ? request.say()("evaluation.people.add")
                                       : request.say()("evaluation.people.change", {{"name", person.name}});
  const web::PageContent page{title, person_form_page(web::Form::of(request, problems), services, person),
                              trail(request)};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply new_person(const Stage& stage, const Request& request) {
  must(stage, request, Action::create);
  return person_form(stage, request, {}, {});
}

Checked<instruments::NewParticipant> typed(const Stage& stage, const Request& request) {
  const auto services = stage.database.read([&](db::Read& read) { return services_of(read, request.actor); });
  const auto& form = request.form;
  return instruments::check_participant(
      {form.value("name"), form.value("email"), form.value("stakeholder"), form.value("service")}, ids_of(services));
}

// Somebody else has the address, or its owner is not to be asked again.
std::optional<Problem> taken(const Stage& stage, const Request& request, const instruments::NewParticipant& typed,
                             const std::string& self) {
  if (typed.email.empty()) return {};
  return stage.database.read([&](db::Read& read) -> std::optional<Problem> {
    for (const auto& one : instruments::participants(read, request.actor))
      if (one.email == typed.email && one.id.text != self)
        return Problem{"email", "evaluation.people.problem.taken", {{"name", one.name}}};
    if (instruments::said_no(read, request.actor, typed.email))
      return Problem{"email", "instruments.participant.said_no"};
    return {};
  });
}

Reply add_person(const Stage& stage, const Request& request) {
  must(stage, request, Action::create);
  const auto checked = typed(stage, request);
  if (!checked) return person_form(stage, request, {}, checked.problems());
  if (const auto problem = taken(stage, request, *checked, "")) return person_form(stage, request, {}, {*problem});
  stage.database.write(request.actor, {"participant.add", "participant", ""},
                       [&](db::Write& write) { instruments::add(write, *checked); });
  return web::go_to(request, "/participants?added=1");
}

Reply several_form(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  must(stage, request, Action::create);
  const auto services = stage.database.read([&](db::Read& read) { return services_of(read, request.actor); });
  const web::PageContent page{request.say()("evaluation.people.add_several"),
                              several_page(web::Form::of(request, problems), services), trail(request)};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

// Every word by which a line may name a group: as one person, and as many.
std::vector<std::pair<std::string, std::string>> words_for_groups(const web::Language& say) {
  std::vector<std::pair<std::string, std::string>> words;
  for (const auto& group : instruments::known_groups(Axis::stakeholder)) {
    words.emplace_back(group, person_of(say, group));
    words.emplace_back(group, group_name(say, Axis::stakeholder, group));
    words.emplace_back(group, say("evaluation.people.short." + group));
  }
  return words;
}

Reply add_several(const Stage& stage, const Request& request) {
  must(stage, request, Action::create);
  const auto services = stage.database.read([&](db::Read& read) { return services_of(read, request.actor); });
  const auto service = request.form.value("service");
  auto checked = instruments::check_participants(request.form.value("lines"), service, words_for_groups(request.say()));
  std::vector<Problem> problems;
  const auto ids = ids_of(services);
  if (std::find(ids.begin(), ids.end(), service) == ids.end())
    problems.push_back({"service", "instruments.participant.no_service"});
  if (!checked) problems.insert(problems.end(), checked.problems().begin(), checked.problems().end());
  if (!problems.empty()) return several_form(stage, request, problems);
  const auto sent = static_cast<std::int64_t>(checked->size());
  const auto added = stage.database.write(request.actor, {"participant.add", "participant", "", sent},
                                          [&](db::Write& write) { return instruments::add_all(write, *checked); });
  return web::go_to(request, "/participants?added=" + std::to_string(added) + "&known=" + std::to_string(sent - added));
}

// ---- One of them

Participant asked_person(const Stage& stage, const Request& request, Action action) {
  must(stage, request, action);
  return stage.database.read([&](db::Read& read) {
    return instruments::participant(read, request.actor, request.id<Participant>("participant"));
  });
}

PathLine line_of(db::Read& read, const Request& request, const RoundOfCollection& where, const std::string& zone,
                 const instruments::Invitation& invitation) {
  const auto asking = instruments::asking_of(read, invitation.collection);
  PathLine line{request.say()("evaluation.asked.title",
                              {{"study", where.study.name}, {"number", std::to_string(where.round.number)}}),
                round_path(where.study, where.round), way_words(request.say(), read, zone, invitation),
                invitation.ended};
  if (asking.mode == instruments::Mode::named && asking.period.settled) line.answered = invitation.answered;
  return line;
}

Reply show_person(const Stage& stage, const Request& request, std::vector<Problem> problems) {
  PersonView view{asked_person(stage, request, Action::read), "", {}};
  stage.database.read([&](db::Read& read) {
    for (const auto& [id, name] : services_of(read, request.actor))
      if (id == view.person.service_id) view.site = name;
    const auto zone = accounts::programme(read, request.actor).zone;
    for (const auto& invitation : instruments::invitations_of(read, request.actor, view.person.id))
      if (const auto where = find_round_of(read, request.actor, invitation.collection.text))
        view.rounds.push_back(line_of(read, request, *where, zone, invitation));
  });
  const web::PageContent page{view.person.name, person_page(web::Form::of(request, problems), view), trail(request)};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  auto data = as_json(view.person);
  data["rounds"] = json::array();
  for (const auto& line : view.rounds) {
    json one{{"round", line.study}, {"path", line.path}, {"ended", line.ended}};
    if (line.answered) one["has_answered"] = *line.answered;
    data["rounds"].push_back(std::move(one));
  }
  return web::answer(request, page, data);
}

Reply change_form(const Stage& stage, const Request& request) {
  return person_form(stage, request, asked_person(stage, request, Action::amend), {});
}

Reply change_person(const Stage& stage, const Request& request) {
  const auto person = asked_person(stage, request, Action::amend);
  const auto checked = typed(stage, request);
  if (!checked) return person_form(stage, request, person, checked.problems());
  if (const auto problem = taken(stage, request, *checked, person.id.text))
    return person_form(stage, request, person, {*problem});
  stage.database.write(request.actor, {"participant.change", "participant", person.id.text},
                       [&](db::Write& write) { instruments::amend(write, person.id, *checked); });
  return web::go_to(request, "/participants/" + person.id.text);
}

Reply end_person(const Stage& stage, const Request& request) {
  const auto person = asked_person(stage, request, Action::erase);
  const auto why = instruments::check_end(request.form.value("why"));
  if (!why) return show_person(stage, request, why.problems());
  stage.database.write(request.actor, {"participant.end", "participant", person.id.text},
                       [&](db::Write& write) { instruments::end_participant(write, person.id, *why); });
  return web::go_to(request, "/participants/" + person.id.text);
}

}  // namespace

void add_participant_routes(web::Routes& routes, const Stage& stage) {
  const auto act = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request); };
  };
  const auto form = [&stage](auto what) {
    return [stage, what](const Request& request) { return what(stage, request, {}); };
  };
  routes.get("/participants", allowed::list_participants, act(list_people));
  routes.get("/participants/new", allowed::add_participant, act(new_person));
  routes.post("/participants", allowed::add_participant, act(add_person));
  routes.get("/participants/several", allowed::add_participant, form(several_form));
  routes.post("/participants/several", allowed::add_participant, act(add_several));
  routes.get("/participants/{participant}", allowed::read_participant, form(show_person));
  routes.get("/participants/{participant}/change", allowed::amend_participant, act(change_form));
  routes.post("/participants/{participant}/change", allowed::amend_participant, act(change_person));
  routes.post("/participants/{participant}/endings", allowed::end_participant, act(end_person));
}

}  // namespace cairn::evaluation
