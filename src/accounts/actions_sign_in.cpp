// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_sign_in.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_sessions.hpp"
#include "base/text.hpp"
#include "web/session_cookie.hpp"

namespace cairn::accounts {
namespace {

using policy::Action;
using web::Reply;
using web::Request;

web::PageContent page(const Request& request, const Doors& doors, const std::string& next,
                      const std::vector<Problem>& problems) {
  SignInView view{next, {}};
  for (const auto& one : doors.made_up) view.look_arounds.push_back({one.email, request.say()(one.label_key)});
  return {.title = request.say()("sign_in.title"), .main = sign_in_page(web::Form::of(request, problems), view)};
}

bool nobody_yet(const Doors& doors) {
  return doors.setup && doors.database.read([](db::Read& read) { return accounts_count(read); }) == 0;
}

Reply show(const Request& request, const Doors& doors) {
  const auto next = next_path(request.query.value("next"));
  if (request.signed_in) return web::go_to(request, next);
  if (nobody_yet(doors)) return web::go_to(request, "/setup");
  return web::answer(request, page(request, doors, next, {}), nlohmann::json{{"next", next}});
}

Reply ask_again(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  return web::ask_again(request, page(request, doors, next_path(request.form.value("next")), problems), problems);
}

Reply sign_in(const Request& request, const Doors& doors) {
  const auto email = lower(request.form.value("email"));
  const auto password = request.form.find("password").value_or("");
  std::vector<Problem> problems;
  if (email.empty()) problems.push_back({"email", "sign_in.problem.no_email"});
  if (password.empty()) problems.push_back({"password", "sign_in.problem.no_password"});
  if (!problems.empty()) return ask_again(request, doors, problems);

  const auto next = next_path(request.form.value("next"));
  const auto answer = ask_password(request, doors, email, password);
  if (answer.turn.seconds > 0) return ask_to_wait(request, page(request, doors, next, {}), answer.turn);
  // No account, a closed one and a wrong password: the same work, the same answer.
  if (!answer.right) return ask_again(request, doors, {{"email", "sign_in.problem.wrong"}});
  const auto record = doors.database.read([&](db::Read& read) { return find_sign_in(read, email); });
  if (!record) throw NotFound("an account that was there a moment ago");
  return after_password(request, doors, record->account, next);
}

// In as somebody made up. Only a demonstration has such routes.
Reply go_in_as(const Request& request, const Doors& doors, const std::string& email) {
  const auto record = doors.database.read([&](db::Read& read) { return find_sign_in(read, email); });
  if (!record || !record->open) throw NotFound("the made-up person has no account");
  return after_password(request, doors, record->account, next_path(request.form.value("next")));
}

Reply look_around(const Request& request, const Doors& doors) {
  const auto wanted = request.form.value("as");
  const auto person = std::find_if(doors.made_up.begin(), doors.made_up.end(),
                                   [&](const MadeUpPerson& one) { return one.email == wanted; });
  if (person == doors.made_up.end()) throw NotFound("nobody made up by that name");
  return go_in_as(request, doors, person->email);
}

// Opening such a link changes nothing, so that a program that looks into letters does not use it up.
Reply show_link(const Request& request, const Doors& doors) {
  const auto secret = request.checked_parameter("secret");
  const auto email = doors.look_round->find(secret);
  const auto person = std::find_if(doors.made_up.begin(), doors.made_up.end(),
                                   [&](const MadeUpPerson& one) { return email && one.email == *email; });
  if (person == doors.made_up.end()) throw NotFound("a link to look round that is not there");
  const auto label = request.say()(person->label_key);
  return web::answer(request,
                     {.title = request.say()("sign_in.look_round.title"),
                      .main = look_round_page(web::Form::of(request), "/look-round/" + secret, label)},
                     nlohmann::json{{"as", label}});
}

Reply use_link(const Request& request, const Doors& doors) {
  const auto email = doors.look_round->take(request.checked_parameter("secret"));
  if (!email) throw NotFound("a link to look round that is not there");
  return go_in_as(request, doors, *email);
}

Reply sign_out(const Request& request, const Doors& doors) {
  const auto& session = request.signed_in->session_id;
  doors.database.write(request.actor, {"session.end", "session", session},
                       [&](db::Write& write) { end_session(write, session); });
  auto reply = web::go_to(request, "/sign-in");
  web::set_cookie(reply, web::session_cookie_name, "", 0);
  reply.headers.emplace_back("Clear-Site-Data", R"("cache", "storage")");
  return reply;
}

}  // namespace

void add_sign_in_routes(web::Routes& routes, const Doors& doors) {
  const web::Allow open_page{"public_page", Action::read, {Role::anyone}};
  const web::Allow sign{"own_session", Action::create, {Role::anyone}};
  routes.get("/sign-in", open_page, with(doors, show));
  routes.post("/sign-in", sign, with(doors, sign_in), web::Pace::slow, form_limit);
  if (doors.is_demonstration())
    routes.post("/sign-in/demonstration", sign, with(doors, look_around), web::Pace::quick, form_limit);
  if (doors.look_round) {
    routes.get("/look-round/{secret}", open_page, with(doors, show_link));
    routes.post("/look-round/{secret}", sign, with(doors, use_link), web::Pace::quick, form_limit);
  }
  routes.post("/sign-out", {"own_session", Action::erase, policy::signed_in}, with(doors, sign_out));
}

}  // namespace cairn::accounts
