// SPDX-License-Identifier: Apache-2.0
// The people of a programme: their roles, and what those who look after accounts do for them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/actions_roles.hpp"
#include "accounts/pages_people.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_links.hpp"
#include "accounts/store_second_factor.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

Id<Programme> programme_of(const Request& request) {
  return {request.actor.programme_id};
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("people.title"), "/people"}};
}

// Somebody the actor looks after, with what they hold. NotFound for everybody else, as for nobody.
struct Person {
  Account account;
  std::vector<Holding> holdings;
  std::vector<HeldRole> held;  // by the holdings, confirmed or not
  Structure structure;
};
Person person_in(db::Read& read, const Request& request, const Id<Account>& id) {
  const auto account = find_account(read, id);
  if (!account || account->programme != programme_of(request)) throw NotFound("account " + id.text);
  Person found{*account, holdings(read, id), {}, structure(read, request.actor)};
  for (const auto& one : found.holdings) found.held.push_back(one.held);
  if (!looks_after(request.actor.roles, found.held, found.structure)) throw NotFound("account " + id.text);
  return found;
}
Person person_of(const Request& request, const Doors& doors) {
  const auto id = request.id<Account>("account");
  return doors.database.read([&](db::Read& read) { return person_in(read, request, id); });
}

// Of the roles, those within reach; a reader of one service learns nothing of what somebody does elsewhere.
bool sees(const Request& request, const HeldRole& held, const Structure& structure) {
  return looks_after(request.actor.roles, {held}, structure);
}

PeopleView people_seen(const Request& request, const Doors& doors) {
  const auto& say = request.say();
  PeopleView view;
  doors.database.read([&](db::Read& read) {
    const auto all = structure(read, request.actor);
    for (const auto& account : accounts(read, programme_of(request))) {
      const auto held = holdings(read, account.id);
      std::vector<HeldRole> theirs;
      for (const auto& one : held) theirs.push_back(one.held);
      if (!looks_after(request.actor.roles, theirs, all)) continue;
      PersonRow row{account.id.text, account.display_name, {}, account.open, false};
      for (const auto& one : held) {
        if (!sees(request, one.held, all)) continue;
        row.roles.push_back(role_line(say, one.held, all));
        row.to_confirm = row.to_confirm || one.to_confirm;
      }
      view.people.push_back(std::move(row));
    }
    for (const auto& one : invitations_waiting(read, programme_of(request)))
      if (auto row = invited_row(request, one, all, programme(read, request.actor).zone)) view.invited.push_back(*row);
  });
  std::sort(view.people.begin(), view.people.end(),
            [](const PersonRow& a, const PersonRow& b) { return std::pair(a.name, a.id) < std::pair(b.name, b.id); });
  view.may_confirm = request.actor.has(Role::lead);
  return view;
}

Reply show_all(const Request& request, const Doors& doors) {
  const auto view = people_seen(request, doors);
  json people = json::array();
  json invited = json::array();
  for (const auto& one : view.people)
    people.push_back(
        {{"id", one.id}, {"name", one.name}, {"roles", one.roles}, {"open", one.open}, {"to_confirm", one.to_confirm}});
  for (const auto& one : view.invited)
    invited.push_back({{"id", one.id}, {"name", one.name}, {"roles", one.roles}, {"until", one.until}});
  return web::answer(request, {.title = request.say()("people.title"), .main = people_page(request.say(), view)},
                     {{"people", people}, {"invited", invited}});
}

Teller teller(const Request& request) {
  return {request.actor.account_id, request.actor.has(Role::lead), request.actor.has(Role::administrator)};
}

// Who said first that a second step was lost.
Teller teller_of(db::Read& read, const std::string& told_by) {
  if (told_by == "operator") return {told_by, false, true};
  Teller first{told_by, false, false};
  if (const auto account = find_account(read, {told_by}))
    for (const auto& held : account->roles) {
      first.leads = first.leads || held.role == Role::lead;
      first.administers = first.administers || held.role == Role::administrator;
    }
  return first;
}

bool another_lead(db::Read& read, const Request& request, const Id<Account>& owner) {
  const auto all = accounts(read, programme_of(request));
  return std::any_of(all.begin(), all.end(), [&](const Account& one) {
    return one.open && one.id != owner && std::any_of(one.roles.begin(), one.roles.end(), [](const HeldRole& held) {
             return held.role == Role::lead;
           });
  });
}

bool may_confirm_their_loss(db::Read& read, const Request& request, const Lost& lost, const Id<Account>& owner) {
  return !lost.confirmed_at && may_confirm_lost(teller_of(read, lost.told_by), teller(request), owner.text,
                                                another_lead(read, request, owner));
}

void add_loss(db::Read& read, const Request& request, const Id<Account>& owner, PersonView& view) {
  view.has_second_step = find_second_factor(read, owner).has_value();
  view.may_tell_lost = owner.text != request.actor.account_id;
  const auto lost = find_lost(read, owner);
  if (!lost) return;
  view.lost = lost->confirmed_at ? LostState::confirmed : LostState::told;
  view.may_confirm_lost = may_confirm_their_loss(read, request, *lost, owner);
  if (lost->confirmed_at)
    view.given_up_after =
        request.say().date(date_in_zone(later(*lost->confirmed_at, lost_seconds), programme(read, request.actor).zone));
}

PersonView view_of(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) {
    const auto person = person_in(read, request, request.id<Account>("account"));
    const auto& account = person.account;
    const bool is_own = account.id.text == request.actor.account_id;
    PersonView view;
    view.id = account.id.text;
    view.name = account.display_name;
    view.email = account.email;
    view.open = account.open;
    for (const auto& one : person.holdings)
      if (sees(request, one.held, person.structure))
        view.roles.push_back({one.id, role_line(request.say(), one.held, person.structure), one.to_confirm,
                              may_confirm(one.held, request.actor.roles, person.structure),
                              !is_own && may_end(one.held, request.actor.roles, person.structure)});
    view.may_give = true;
    const bool closing = may_close(request.actor, account.id, person.held, person.structure);
    view.may_close = closing && account.open;
    view.may_reopen = closing && !account.open;
    add_loss(read, request, account.id, view);
    return view;
  });
}

Reply show_one(const Request& request, const Doors& doors) {
  const auto view = view_of(request, doors);
  json roles = json::array();
  for (const auto& one : view.roles)
    roles.push_back({{"id", one.id}, {"words", one.words}, {"to_confirm", one.to_confirm}});
  return web::answer(request,
                     {.title = view.name, .main = person_page(web::Form::of(request), view), .trail = trail(request)},
                     {{"name", view.name}, {"email", view.email}, {"open", view.open}, {"roles", roles}});
}

std::string path_of(const Person& person) {
  return "/people/" + person.account.id.text;
}

// ---- Roles

Reply role_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  const auto person = person_of(request, doors);
  const web::PageContent page{
      .title = request.say()("people.give_role.title", {{"name", person.account.display_name}}),
      .main = give_role_page(web::Form::of(request, problems), path_of(person) + "/roles", person.account.display_name,
                             offer_view(request, person.structure, 1)),
      .trail = trail(request)};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply show_role_form(const Request& request, const Doors& doors) {
  return role_form(request, doors, {});
}

Reply give(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  const auto role = check(role_form_in(request, ""), person.structure);
  if (!role) return role_form(request, doors, role.problems());
  const auto counts = giving_by(request, doors, *role, person.structure);
  if (counts == Giving::not_theirs) return role_form(request, doors, {{"role", "people.problem.not_yours"}});
  doors.database.write(request.actor, {"role.give", "account", ""}, [&](db::Write& write) {
    give_role(write, programme_of(request), person.account.id, *role,
              counts == Giving::now ? Counts::now : Counts::once_confirmed);
    tell_owner(write, "role", person.account.id);
  });
  return web::go_to(request, path_of(person));
}

// The holding a path names, where `may` allows the actor to act on it.
Holding holding_in(const Request& request, const Person& person,
                   bool (*may)(const HeldRole&, const std::vector<HeldRole>&, const Structure&)) {
  const auto& wanted = request.checked_parameter("holding");
  for (const auto& one : person.holdings)
    if (one.id == wanted && may(one.held, request.actor.roles, person.structure)) return one;
  throw NotFound("holding " + wanted);
}

Reply confirm(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  const auto holding = holding_in(request, person, may_confirm);
  doors.database.write(request.actor, {"role.confirm", "account", ""}, [&](db::Write& write) {
    confirm_role(write, programme_of(request), person.account.id, holding.id);
    tell_owner(write, "role", person.account.id);
  });
  return web::go_to(request, path_of(person));
}

// Nobody ends their own: a slip could leave the programme without a lead.
Reply end(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  if (person.account.id.text == request.actor.account_id) throw NotFound("a role of somebody else");
  const auto holding = holding_in(request, person, may_end);
  doors.database.write(request.actor, {"role.end", "account", ""}, [&](db::Write& write) {
    end_role(write, programme_of(request), person.account.id, holding.id);
  });
  return web::go_to(request, path_of(person));
}

// ---- Closing and opening again

Person person_to_close(const Request& request, const Doors& doors) {
  auto person = person_of(request, doors);
  if (!may_close(request.actor, person.account.id, person.held, person.structure))
    throw NotFound("an account the actor may close");
  return person;
}

Reply show_close(const Request& request, const Doors& doors) {
  const auto person = person_to_close(request, doors);
  const auto& name = person.account.display_name;
  return web::answer(request,
                     {.title = request.say()("people.close.sure", {{"name", name}}),
                      .main = close_page(web::Form::of(request), path_of(person) + "/close", name),
                      .trail = trail(request)},
                     json::object());
}

Reply set_open(const Request& request, const Doors& doors, AccountState state) {
  const auto person = person_to_close(request, doors);
  const bool closing = state == AccountState::closed;
  doors.database.write(request.actor, {closing ? "account.close" : "account.open", "account", ""},
                       [&](db::Write& write) { set_state(write, programme_of(request), person.account.id, state); });
  return web::go_to(request, path_of(person));
}

Reply close(const Request& request, const Doors& doors) {
  return set_open(request, doors, AccountState::closed);
}
Reply reopen(const Request& request, const Doors& doors) {
  return set_open(request, doors, AccountState::open);
}

// ---- A second step that was lost

Reply told_lost(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  if (person.account.id.text == request.actor.account_id) throw NotFound("somebody else's second step");
  doors.database.write(request.actor, {"second_step.lost", "account", ""}, [&](db::Write& write) {
    if (!find_second_factor(write, person.account.id)) throw NotFound("a second step of the account");
    tell_lost(write, programme_of(request), person.account.id);
    tell_owner(write, "lost", person.account.id);
  });
  return web::go_to(request, path_of(person));
}

Reply confirmed_lost(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  const auto& id = person.account.id;
  doors.database.write(request.actor, {"second_step.lost_confirm", "account", id.text}, [&](db::Write& write) {
    const auto lost = find_lost(write, id);
    if (!lost || !may_confirm_their_loss(write, request, *lost, id)) throw NotFound("a loss the actor may confirm");
    confirm_lost(write, *lost);
    tell_owner(write, "lost_confirmed", id);
  });
  return web::go_to(request, path_of(person));
}

Reply stopped_lost(const Request& request, const Doors& doors) {
  const auto person = person_of(request, doors);
  doors.database.write(request.actor, {"second_step.not_lost", "account", person.account.id.text},
                       [&](db::Write& write) {
                         const auto lost = find_lost(write, person.account.id);
                         if (!lost) throw NotFound("a second step told lost");
                         stop_lost(write, *lost);
                       });
  return web::go_to(request, path_of(person));
}

}  // namespace

void add_people_routes(web::Routes& routes, const Doors& doors) {
  const std::initializer_list<Role> lead_and_administrator{Role::lead, Role::administrator};
  const std::initializer_list<Role> with_commands{Role::operator_, Role::lead, Role::administrator};
  const auto post = [&](const std::string& path, const web::Allow& allow, Reply (*act)(const Request&, const Doors&)) {
    routes.post(path, allow, with(doors, act), web::Pace::quick, form_limit);
  };
  const web::Allow give_allow{"held_role", Action::create, with_commands};
  routes.get("/people", {"account", Action::list, with_commands}, with(doors, show_all));
  routes.get("/people/{account}", {"account", Action::read, with_commands}, with(doors, show_one));
  routes.get("/people/{account}/roles/new", give_allow, with(doors, show_role_form));
  post("/people/{account}/roles", give_allow, give);
  post("/people/{account}/roles/{holding}/confirm", {"held_role", Action::amend, {Role::lead}}, confirm);
  post("/people/{account}/roles/{holding}/end", {"held_role", Action::erase, lead_and_administrator}, end);
  routes.get("/people/{account}/close", {"account", Action::erase, lead_and_administrator}, with(doors, show_close));
  post("/people/{account}/close", {"account", Action::erase, lead_and_administrator}, close);
  post("/people/{account}/reopen", {"account", Action::restore, lead_and_administrator}, reopen);
  const web::Allow lost_allow{"lost_second_step", Action::create, with_commands};
  post("/people/{account}/second-step/lost", lost_allow, told_lost);
  post("/people/{account}/second-step/confirm", {"lost_second_step", Action::amend, lead_and_administrator},
       confirmed_lost);
  post("/people/{account}/second-step/stop", {"lost_second_step", Action::erase, lead_and_administrator}, stopped_lost);
}

}  // namespace cairn::accounts
