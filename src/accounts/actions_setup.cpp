// SPDX-License-Identifier: Apache-2.0
// Setting up a new programme in the browser. The first page opens only while nobody has an account, to whoever knows
// the code that the server printed; the list after it, only to a lead until it is put away. To anybody else there is no
// such page.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_setup.hpp"
#include "accounts/people.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_links.hpp"
#include "accounts/store_roles.hpp"
#include "accounts/store_setup.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr std::array<std::string_view, 12> zones{"Europe/London",    "Europe/Dublin",    "Europe/Lisbon",
                                                 "Europe/Amsterdam", "Europe/Berlin",    "Europe/Helsinki",
                                                 "America/New_York", "America/Toronto",  "America/Vancouver",
                                                 "Australia/Perth",  "Australia/Sydney", "Pacific/Auckland"};

bool is_first(const Doors& doors) {
  return doors.setup && doors.database.read([](db::Read& read) { return accounts_count(read); }) == 0;
}

Id<Programme> programme_of(const Request& request) {
  return {request.actor.programme_id};
}

// The lead of a programme whose list is not put away; NotFound for anybody else.
void must_lead_setup(const Request& request, const Doors& doors) {
  const bool open = holds_for_programme(request.actor, Role::lead) &&
                    doors.database.read([&](db::Read& read) { return setup_is_open(read, programme_of(request)); });
  if (!open) throw NotFound("no programme to set up");
}

web::PageContent first_page(const Request& request, const std::vector<Problem>& problems) {
  return {.title = request.say()("setup.title"), .main = first_lead_page(web::Form::of(request, problems))};
}

std::vector<SetupTask> tasks(const Request& request, const Doors& doors) {
  const auto state = doors.database.read([&](db::Read& read) { return setup_state(read, programme_of(request)); });
  std::vector<SetupTask> all{{"setup.programme", "/setup/programme", state.named},
                             {"setup.organisations", "/structure", state.has_organisation},
                             {"setup.services", "/structure", state.has_service}};
  if (!doors.words_path.empty()) all.push_back({"setup.words", doors.words_path, false, true});
  all.push_back({"setup.people", "/people/invite", state.has_others});
  all.push_back(
      {"setup.administrator", state.has_administrator ? "/people" : "/setup/administrator", state.has_administrator});
  return all;
}

Reply show(const Request& request, const Doors& doors) {
  if (is_first(doors)) return web::answer(request, first_page(request, {}), json::object());
  must_lead_setup(request, doors);
  const auto all = tasks(request, doors);
  json told = json::array();
  for (const auto& one : all) told.push_back({{"task", one.key}, {"path", one.path}, {"done", one.done}});
  return web::answer(
      request, {.title = request.say()("setup.tasks.title"), .main = setup_tasks_page(web::Form::of(request), all)},
      {{"tasks", told}});
}

Reply claim(const Request& request, const Doors& doors) {
  if (!is_first(doors)) throw NotFound("no programme to set up");
  const Try one{"setup", request.address, {}, request.turn_cookie};
  const auto turn = doors.throttle.ask(one, request.now);
  if (turn.seconds > 0) return ask_to_wait(request, first_page(request, {}), turn);
  std::vector<Problem> problems;
  if (doors.setup->fits(request.form.value("setup_code")))
    doors.throttle.succeeded(one);
  else
    problems.push_back({"setup_code", "setup.problem.code"});
  const auto name = check_display_name(request.form.value("display_name"));
  if (!name) problems.insert(problems.end(), name.problems().begin(), name.problems().end());
  const auto account = check(
      AccountForm{request.form.value("email"), name ? *name : "", request.form.find("password").value_or(""), {"lead"}},
      known_names(doors));
  if (!account) problems.insert(problems.end(), account.problems().begin(), account.problems().end());
  if (!problems.empty()) return web::ask_again(request, first_page(request, problems), problems);
  const auto kept = kept_password(doors.database.keys(), account->password);
  const auto id = doors.database.write(Actor::anyone(), {"programme.set_up", "account", ""}, [&](db::Write& write) {
    const auto programme = find_programme(write);
    if (!programme || accounts_count(write) > 0) throw NotFound("no programme to set up");
    auto first = add(write, programme->id, *account, kept);
    begin_setup(write, programme->id, first);
    write.about(first.text);
    return first;
  });
  return after_password(request, doors, id, "/setup");
}

// ---- Name and time zone

Reply programme_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  must_lead_setup(request, doors);
  const auto now = doors.database.read([&](db::Read& read) { return programme(read, request.actor); });
  ProgrammeView view{now.name, now.zone, {zones.begin(), zones.end()}};
  if (std::find(view.zones.begin(), view.zones.end(), now.zone) == view.zones.end()) view.zones.push_back(now.zone);
  const web::PageContent page{.title = request.say()("setup.programme"),
                              .main = programme_page(web::Form::of(request, problems), view),
                              .trail = {{request.say()("setup.tasks.title"), "/setup"}}};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  return web::answer(request, page, {{"name", now.name}, {"zone", now.zone}});
}

Reply show_programme(const Request& request, const Doors& doors) {
  return programme_form(request, doors, {});
}

Reply keep_programme(const Request& request, const Doors& doors) {
  must_lead_setup(request, doors);
  const auto name = check_name(request.form.value("name"), {});
  const auto zone = request.form.value("zone");
  auto problems = name ? std::vector<Problem>{} : name.problems();
  if (std::find(zones.begin(), zones.end(), zone) == zones.end()) problems.push_back({"zone", "setup.problem.zone"});
  if (!problems.empty()) return programme_form(request, doors, problems);
  doors.database.write(request.actor, {"programme.rename", "programme", ""}, [&](db::Write& write) {
    rename_programme(write, programme_of(request), *name);
    set_zone(write, programme_of(request), zone);
  });
  return web::go_to(request, "/setup");
}

// ---- An administrator, while there is none: the one time a lead gives that role

void must_lack_an_administrator(const Request& request, const Doors& doors) {
  must_lead_setup(request, doors);
  const bool has_one = doors.database.read(
      [&](db::Read& read) { return somebody_holds(read, programme_of(request), Role::administrator); });
  if (has_one) throw NotFound("the programme has an administrator");
}

Reply administrator_form(const Request& request, const std::vector<Problem>& problems) {
  const web::PageContent page{.title = request.say()("setup.administrator"),
                              .main = first_administrator_page(web::Form::of(request, problems)),
                              .trail = {{request.say()("setup.tasks.title"), "/setup"}}};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply show_administrator(const Request& request, const Doors& doors) {
  must_lack_an_administrator(request, doors);
  return administrator_form(request, {});
}

Reply keep_administrator(const Request& request, const Doors& doors) {
  must_lack_an_administrator(request, doors);
  const auto who = request.form.value("who");
  const HeldRole role{Role::administrator, {}, {}, {}};
  if (who == "me") {
    // What they may do changes, so they sign in again: the role would otherwise come to a session that was never given
    // it.
    doors.database.write(request.actor, {"role.give", "account", ""}, [&](db::Write& write) {
      give_role(write, programme_of(request), {request.actor.account_id}, role);
    });
    return web::go_to(request, "/sign-in?next=/setup");
  }
  if (who != "other") return administrator_form(request, {{"who", "setup.problem.who"}});
  const InvitationForm form{request.form.value("email"),
                            request.form.value("display_name"),
                            {{std::string(name(Role::administrator)), "programme", {}, {}}}};
  const auto checked = check(form, Structure{});
  if (!checked) return administrator_form(request, checked.problems());
  doors.database.write(request.actor, {"account_invitation.make", "account_invitation", ""}, [&](db::Write& write) {
    const auto made = invite(write, programme_of(request), *checked, {{role, false}});
    jobs::post_letter(write, "account.invitation", made, write.now());
  });
  return web::go_to(request, "/setup");
}

Reply finish(const Request& request, const Doors& doors) {
  must_lead_setup(request, doors);
  doors.database.write(request.actor, {"programme.set_up_finish", "programme", ""},
                       [&](db::Write& write) { finish_setup(write, programme_of(request)); });
  return web::go_to(request, "/");
}

}  // namespace

void add_setup_routes(web::Routes& routes, const Doors& doors) {
  const std::initializer_list<Role> givers{Role::operator_, Role::lead, Role::administrator};
  const web::Allow amend{"programme", Action::amend, {Role::lead}};
  const web::Allow give{"held_role", Action::create, givers};
  routes.get("/setup", {"first_setup", Action::read, {Role::anyone}}, with(doors, show));
  routes.post("/setup", {"first_setup", Action::create, {Role::anyone, Role::operator_}}, with(doors, claim),
              web::Pace::slow, form_limit);
  routes.get("/setup/programme", amend, with(doors, show_programme));
  routes.post("/setup/programme", amend, with(doors, keep_programme), web::Pace::quick, form_limit);
  routes.get("/setup/administrator", give, with(doors, show_administrator));
  routes.post("/setup/administrator", give, with(doors, keep_administrator), web::Pace::quick, form_limit);
  routes.post("/setup/finish", amend, with(doors, finish), web::Pace::quick, form_limit);
}

}  // namespace cairn::accounts
