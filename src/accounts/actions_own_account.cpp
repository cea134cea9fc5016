// SPDX-License-Identifier: Apache-2.0
// A person's own account: name, password, and the browsers they are signed in with.
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_account.hpp"
#include "accounts/password.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_second_factor.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

Id<Account> own_id(const Request& request) {
  return {request.actor.account_id};
}

Account own(const Request& request, const Doors& doors) {
  const auto account = doors.database.read([&](db::Read& read) { return find_account(read, own_id(request)); });
  if (!account) throw NotFound("the account of the actor");
  return *account;
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("account.title"), "/account"}};
}

std::string when(const Request& request, Moment at, const std::string& zone) {
  const auto& say = request.say();
  const auto day = date_in_zone(at, zone);
  if (day == request.today) return say("account.session.today");
  if (days_after(day, 1) == request.today) return say("account.session.yesterday");
  return say.day(day);
}

Reply show(const Request& request, const Doors& doors) {
  const auto account = own(request, doors);
  OwnAccountView view{account.display_name, account.email, request.actor.roles, {}, {}};
  auto sessions = json::array();
  const auto& say = request.say();
  doors.database.read([&](db::Read& read) {
    const auto zone = programme(read, request.actor).zone;
    for (const auto& one : sessions_of(read, account.id, request.now)) {
      const bool this_one = one.id == request.signed_in->session_id;
      view.sessions.push_back({one.id, when(request, one.made_at, zone), when(request, one.seen_at, zone), this_one});
      sessions.push_back(
          {{"id", one.id}, {"made_at", iso(one.made_at)}, {"seen_at", iso(one.seen_at)}, {"this", this_one}});
    }
    view.second_step =
        say(find_second_factor(read, account.id) ? "account.second_step.set" : "account.second_step.none");
  });
  auto roles = json::array();
  for (const auto& held : request.actor.roles) roles.push_back(std::string(name(held.role)));
  return web::answer(
      request, {.title = say("account.title"), .main = own_account_page(web::Form::of(request), view)},
      {{"display_name", account.display_name}, {"email", account.email}, {"roles", roles}, {"sessions", sessions}});
}

Reply name_form(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  const web::PageContent page{.title = request.say()("account.name.title"),
                              .main = own_name_page(web::Form::of(request, problems), own(request, doors).display_name),
                              .trail = trail(request)};
  return problems.empty() ? web::answer(request, page, json::object()) : web::ask_again(request, page, problems);
}

Reply show_name(const Request& request, const Doors& doors) {
  return name_form(request, doors, {});
}

Reply change_name(const Request& request, const Doors& doors) {
  const auto name = check_display_name(request.form.value("display_name"));
  if (!name) return name_form(request, doors, name.problems());
  doors.database.write(request.actor, {"account.rename", "account", ""},
                       [&](db::Write& write) { rename(write, own_id(request), *name); });
  return web::go_to(request, "/account");
}

web::PageContent password_form(const Request& request, const std::vector<Problem>& problems) {
  return {.title = request.say()("account.password.title"),
          .main = own_password_page(web::Form::of(request, problems)),
          .trail = trail(request)};
}

Reply show_password(const Request& request) {
  return web::answer(request, password_form(request, {}), json::object());
}

Reply change_password(const Request& request, const Doors& doors) {
  const auto account = own(request, doors);
  const auto answer = ask_password(request, doors, account.email, request.form.find("current").value_or(""));
  if (answer.turn.seconds > 0) return ask_to_wait(request, password_form(request, {}), answer.turn);
  const auto password = check_password(request.form.find("password").value_or(""),
                                       words_of(account.email, account.display_name, known_names(doors)));
  std::vector<Problem> problems;
  if (!answer.right) problems.push_back({"current", "account.password.wrong"});
  if (!password) problems.insert(problems.end(), password.problems().begin(), password.problems().end());
  if (!problems.empty()) return web::ask_again(request, password_form(request, problems), problems);
  const auto kept = kept_password(doors.database.keys(), *password);
  const auto entrance = doors.database.write(request.actor, {"account.password", "account", ""}, [&](db::Write& write) {
    set_password(write, account.id, kept);
    tell_owner(write, "password", account.id);
    write.note({"session.open", "session", ""});
    return open_entrance_quietly(write, account.id);
  });
  auto reply = web::go_to(request, "/account");
  set_cookies(reply, entrance);
  return reply;
}

// Somebody else's session is not found, as one that is not there.
Reply end_one(const Request& request, const Doors& doors) {
  const auto wanted = request.checked_parameter("session");
  const auto all = doors.database.read([&](db::Read& read) { return sessions_of(read, own_id(request), request.now); });
  bool there = false;
  for (const auto& one : all) there = there || one.id == wanted;
  if (!there) throw NotFound("session " + wanted);
  doors.database.write(request.actor, {"session.end", "session", wanted},
                       [&](db::Write& write) { end_session(write, wanted); });
  return web::go_to(request, "/account");
}

Reply end_others(const Request& request, const Doors& doors) {
  doors.database.write(request.actor, {"session.end", "account", request.actor.account_id}, [&](db::Write& write) {
    end_sessions_of(write, own_id(request), request.signed_in->session_id);
  });
  return web::go_to(request, "/account");
}

}  // namespace

void add_own_account_routes(web::Routes& routes, const Doors& doors) {
  const web::Allow read{"own_account", Action::read, policy::signed_in};
  const web::Allow amend{"own_account", Action::amend, policy::signed_in};
  const web::Allow erase{"own_account", Action::erase, policy::signed_in};
  routes.get("/account", read, with(doors, show));
  routes.get("/account/name", amend, with(doors, show_name));
  routes.post("/account/name", amend, with(doors, change_name), web::Pace::quick, form_limit);
  routes.get("/account/password", amend, show_password);
  routes.post("/account/password", amend, with(doors, change_password), web::Pace::slow, form_limit);
  routes.post("/account/sessions/{session}/end", erase, with(doors, end_one), web::Pace::quick, form_limit);
  routes.post("/account/sessions/end-others", erase, with(doors, end_others), web::Pace::quick, form_limit);
}

}  // namespace cairn::accounts
