// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_structure.hpp"
#include "accounts/store.hpp"
#include "web/components.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view structure_record = "organisation_structure";

// The whole programme is the reach all of its structure lies in.
bool may(const Request& request, const Doors& doors, std::string_view record, Action action) {
  policy::Facts facts;
  facts.lies_in = {Reach{}};
  return doors.policy.decide(request.actor, record, action, facts).allowed;
}

void must(const Request& request, const Doors& doors, std::string_view record, Action action) {
  if (!may(request, doors, record, action)) throw NotFound("the structure is not the actor's to change");
}

Structure structure_for(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) { return structure(read, request.actor); });
}

Id<Programme> programme_of(const Request& request) {
  return {request.actor.programme_id};
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("structure.title"), "/structure"}};
}

json as_json(const Structure& structure) {
  json organisations = json::array();
  json services = json::array();
  for (const auto& one : structure.organisations)
    organisations.push_back({{"id", one.id.text}, {"name", one.name}, {"kind", std::string(code(one.kind))}});
  for (const auto& one : structure.services) {
    json settings = json::array();
    json teams = json::array();
    for (const auto setting : one.settings) settings.push_back(std::string(code(setting)));
    for (const auto& team : structure.teams)
      if (team.service == one.id) teams.push_back({{"id", team.id.text}, {"name", team.name}});
    services.push_back({{"id", one.id.text},
                        {"name", one.name},
                        {"employer", one.employer.text},
                        {"context", std::string(code(one.context))},
                        {"settings", settings},
                        {"teams", teams}});
  }
  return {{"organisations", organisations}, {"services", services}};
}

Reply show(const Request& request, const Doors& doors) {
  const auto name = doors.database.read([&](db::Read& read) { return programme(read, request.actor).name; });
  StructureView view{name, structure_for(request, doors), Changes::none,
                     may(request, doors, "programme", Action::amend)};
  if (may(request, doors, structure_record, Action::create)) view.changes = Changes::add;
  if (may(request, doors, structure_record, Action::amend)) view.changes = Changes::add_and_rename;
  auto data = as_json(view.structure);
  data["programme"] = name;
  auto main = structure_page(request.say(), view);
  if (may(request, doors, "programme_words", Action::list))
    main += web::heading(2, request.say()("words.title")) + web::paragraph(request.say()("words.lead")) +
            web::paragraph(web::link(request.say()("words.see"), "/words"));
  return web::answer(request, {.title = request.say()("structure.title"), .main = std::move(main)}, data);
}

// The form of something new, empty or with what is wrong with it.
Reply form_reply(const Request& request, const std::string& title, web::Html main,
                 const std::vector<Problem>& problems) {
  const web::PageContent page{.title = title, .main = std::move(main), .trail = trail(request)};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply organisation_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  must(request, doors, structure_record, Action::create);
  return form_reply(request, request.say()("structure.organisation.add"),
                    organisation_form_page(web::Form::of(request, problems)), problems);
}

Reply add_organisation(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::create);
  const auto checked =
      check(OrganisationForm{request.form.value("name"), request.form.value("kind")}, structure_for(request, doors));
  if (!checked) return organisation_form(request, doors, checked.problems());
  doors.database.write(request.actor, {"organisation.create", "organisation", ""},
                       [&](db::Write& write) { add(write, programme_of(request), *checked); });
  return web::go_to(request, "/structure");
}

Reply service_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  must(request, doors, structure_record, Action::create);
  const auto structure = structure_for(request, doors);
  // A service needs an employer first.
  if (structure.organisations.empty()) return web::go_to(request, "/structure/organisations/new");
  return form_reply(request, request.say()("structure.service.add"),
                    service_form_page(web::Form::of(request, problems), structure), problems);
}

Reply add_service(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::create);
  const auto& form = request.form;
  const auto checked = check(ServiceForm{form.value("name"), form.value("employer"), form.value("partner"),
                                         form.values("ties"), form.values("settings")},
                             structure_for(request, doors));
  if (!checked) return service_form(request, doors, checked.problems());
  doors.database.write(request.actor, {"service.create", "service", ""},
                       [&](db::Write& write) { add(write, programme_of(request), *checked); });
  return web::go_to(request, "/structure");
}

const Service& service_in(const Structure& structure, const Request& request) {
  const auto* service = structure.find(request.id<Service>("service"));
  if (!service) throw NotFound("the service");
  return *service;
}

Reply team_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  must(request, doors, structure_record, Action::create);
  const auto structure = structure_for(request, doors);
  const auto& service = service_in(structure, request);
  return form_reply(request, request.say()("structure.team.add_to", {{"service", service.name}}),
                    team_form_page(web::Form::of(request, problems), service), problems);
}

Reply add_team(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::create);
  const auto checked =
      check_team(request.form.value("name"), request.id<Service>("service"), structure_for(request, doors));
  if (!checked) return team_form(request, doors, checked.problems());
  doors.database.write(request.actor, {"team.create", "team", ""},
                       [&](db::Write& write) { add(write, programme_of(request), *checked); });
  return web::go_to(request, "/structure");
}

// What is renamed: the thing now, the names it must not take, and the writing of the new one.
struct Naming {
  std::string act;
  std::string record_type;
  std::string name;
  std::vector<std::string> taken;
  std::function<void(db::Write&, const std::string&)> keep;
};

template <class Thing, class Same>
Naming naming_of(const std::vector<Thing>& things, const Request& request, std::string_view parameter,
                 Same&& same_place) {
  const auto id = request.id<Thing>(parameter);
  const auto found = std::find_if(things.begin(), things.end(), [&](const Thing& one) { return one.id == id; });
  if (found == things.end()) throw NotFound(std::string(parameter) + " " + id.text);
  Naming naming{std::string(parameter) + ".rename", std::string(parameter), found->name, {}, {}};
  for (const auto& one : things)
    if (one.id != id && same_place(one, *found)) naming.taken.push_back(one.name);
  naming.keep = [id, programme = programme_of(request)](db::Write& write, const std::string& name) {
    rename(write, programme, id, name);
  };
  return naming;
}

constexpr auto anywhere = [](const auto&, const auto&) { return true; };

Naming organisation_naming(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::amend);
  return naming_of(structure_for(request, doors).organisations, request, "organisation", anywhere);
}

Naming service_naming(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::amend);
  return naming_of(structure_for(request, doors).services, request, "service", anywhere);
}

Naming team_naming(const Request& request, const Doors& doors) {
  must(request, doors, structure_record, Action::amend);
  return naming_of(structure_for(request, doors).teams, request, "team",
                   [](const Team& one, const Team& other) { return one.service == other.service; });
}

Naming programme_naming(const Request& request, const Doors& doors) {
  must(request, doors, "programme", Action::amend);
  const auto name = doors.database.read([&](db::Read& read) { return programme(read, request.actor).name; });
  return {"programme.rename", "programme", name, {}, [&request](db::Write& write, const std::string& new_name) {
            rename_programme(write, programme_of(request), new_name);
          }};
}

Reply name_form(const Request& request, const Naming& naming, const std::vector<Problem>& problems) {
  const auto title = naming.name.empty() ? request.say()("structure.programme.name_it")
                                         : request.say()("structure.rename_it", {{"name", naming.name}});
  return form_reply(request, title,
                    name_form_page(web::Form::of(request, problems), {request.path, title, naming.name}), problems);
}

Reply keep_name(const Request& request, const Doors& doors, const Naming& naming) {
  const auto checked = check_name(request.form.value("name"), naming.taken);
  if (!checked) return name_form(request, naming, checked.problems());
  doors.database.write(request.actor, {naming.act, naming.record_type, ""},
                       [&](db::Write& write) { naming.keep(write, *checked); });
  return web::go_to(request, "/structure");
}

void add_naming(web::Routes& routes, const Doors& doors, const std::string& path, web::Allow allow,
                Naming (*naming)(const Request&, const Doors&)) {
  routes.get(path, allow,
             [doors, naming](const Request& request) { return name_form(request, naming(request, doors), {}); });
  routes.post(path, allow,
              [doors, naming](const Request& request) { return keep_name(request, doors, naming(request, doors)); });
}

}  // namespace

void add_structure_routes(web::Routes& routes, const Doors& doors) {
  // Everybody who signs in, and commands.
  static constexpr std::initializer_list<Role> readers{
      Role::operator_,        Role::lead,         Role::worker,     Role::line_manager,   Role::supervisor,
      Role::mentor,           Role::trainer,      Role::hr,         Role::checks_officer, Role::occupational_health,
      Role::adviser,          Role::panel_member, Role::applicant,  Role::team_member,    Role::person_supported,
      Role::sponsor,          Role::commissioner, Role::researcher, Role::partner_lead,   Role::safeguarding_lead,
      Role::privacy_guardian, Role::administrator};
  static constexpr std::initializer_list<Role> makers{Role::lead, Role::administrator, Role::operator_};
  static constexpr std::initializer_list<Role> changers{Role::lead, Role::administrator};
  const web::Allow create{structure_record, Action::create, makers};
  const web::Allow amend{structure_record, Action::amend, changers};
  const auto empty = [doors](Reply (*form)(const Request&, const Doors&, const std::vector<Problem>&)) {
    return [form, doors](const Request& request) { return form(request, doors, {}); };
  };
  routes.get("/structure", {structure_record, Action::read, readers}, with(doors, show));
  routes.get("/structure/organisations/new", create, empty(organisation_form));
  routes.post("/structure/organisations", create, with(doors, add_organisation));
  routes.get("/structure/services/new", create, empty(service_form));
  routes.post("/structure/services", create, with(doors, add_service));
  routes.get("/structure/services/{service}/teams/new", create, empty(team_form));
  routes.post("/structure/services/{service}/teams", create, with(doors, add_team));
  add_naming(routes, doors, "/structure/organisations/{organisation}/name", amend, organisation_naming);
  add_naming(routes, doors, "/structure/services/{service}/name", amend, service_naming);
  add_naming(routes, doors, "/structure/teams/{team}/name", amend, team_naming);
  add_naming(routes, doors, "/structure/name", {"programme", Action::amend, {Role::lead}}, programme_naming);
}

}  // namespace cairn::accounts
