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

constexpr std::size_t form_limit = 16 * 1024;
constexpr std::size_t longest_next = 1000;

// Where to go on to: a path of this site, or the first page. Anything else could lead people away to a copy of it.
std::string next_path(const std::string& asked) {
  const bool ours = asked.starts_with('/') && !asked.starts_with("//") && asked.size() <= longest_next &&
                    std::none_of(asked.begin(), asked.end(),
                                 [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
  return ours && !asked.starts_with("/sign-") ? asked : "/";
}

web::PageContent page(const Request& request, const Doors& doors, const std::string& next,
                      const std::vector<Problem>& problems) {
  SignInView view{next, {}};
  for (const auto& one : doors.made_up) view.look_arounds.push_back({one.email, request.say()(one.label_key)});
  return {.title = request.say()("sign_in.title"), .main = sign_in_page(web::Form::of(request, problems), view)};
}

Reply show(const Request& request, const Doors& doors) {
  const auto next = next_path(request.query.value("next"));
  if (request.signed_in) return web::go_to(request, next);
  return web::answer(request, page(request, doors, next, {}), nlohmann::json{{"next", next}});
}

Reply ask_again(const Request& request, const Doors& doors, const std::vector<Problem>& problems) {
  return web::ask_again(request, page(request, doors, next_path(request.form.value("next")), problems), problems);
}

Reply ask_to_wait(const Request& request, const Doors& doors, std::int64_t seconds) {
  auto reply = ask_again(request, doors, {{"", "sign_in.problem.wait", {{"n", std::to_string(seconds)}}}});
  reply.status = 429;
  reply.headers.emplace_back("Retry-After", std::to_string(seconds));
  return reply;
}

// A session of its own each time: whatever session the browser had is ended.
Reply let_in(const Request& request, const Doors& doors, const Id<Account>& account) {
  Actor actor;
  actor.account_id = account.text;
  const auto opened = doors.database.write(actor, {"session.open", "session", ""}, [&](db::Write& write) {
    if (request.signed_in) end_session(write, request.signed_in->session_id);
    return open_session(write, account);
  });
  auto reply = web::go_to(request, next_path(request.form.value("next")));
  web::set_cookie(reply, web::session_cookie_name, opened.token, absolute_seconds);
  return reply;
}

Reply sign_in(const Request& request, const Doors& doors) {
  const auto email = lower(request.form.value("email"));
  const auto password = request.form.find("password").value_or("");
  std::vector<Problem> problems;
  if (email.empty()) problems.push_back({"email", "sign_in.problem.no_email"});
  if (password.empty()) problems.push_back({"password", "sign_in.problem.no_password"});
  if (!problems.empty()) return ask_again(request, doors, problems);

  auto& database = doors.database;
  const auto key = database.keys().fingerprint("sign_in", email);
  if (const auto seconds = doors.throttle.seconds_to_wait(key, request.address, request.now); seconds > 0)
    return ask_to_wait(request, doors, seconds);
  const auto record = database.read([&](db::Read& read) { return find_sign_in(read, email); });
  const auto kept = record && record->open ? std::optional(record->kept_password) : std::nullopt;
  // No account, a closed one and a wrong password: the same work, the same answer.
  if (!matches(database.keys(), kept, password)) return ask_again(request, doors, {{"email", "sign_in.problem.wrong"}});
  doors.throttle.succeeded(key, request.address);
  return let_in(request, doors, record->account);
}

Reply look_around(const Request& request, const Doors& doors) {
  const auto wanted = request.form.value("as");
  const auto person = std::find_if(doors.made_up.begin(), doors.made_up.end(),
                                   [&](const MadeUpPerson& one) { return one.email == wanted; });
  if (person == doors.made_up.end()) throw NotFound("nobody made up by that name");
  const auto record = doors.database.read([&](db::Read& read) { return find_sign_in(read, person->email); });
  if (!record || !record->open) throw NotFound("the made-up person has no account");
  return let_in(request, doors, record->account);
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
  const auto with = [doors](Reply (*act)(const Request&, const Doors&)) {
    return [act, doors](const Request& request) { return act(request, doors); };
  };
  routes.get("/sign-in", {"public_page", Action::read, {Role::anyone}}, with(show));
  routes.post("/sign-in", {"own_session", Action::create, {Role::anyone}}, with(sign_in), web::Pace::slow, form_limit);
  if (!doors.made_up.empty())
    routes.post("/sign-in/demonstration", {"own_session", Action::create, {Role::anyone}}, with(look_around),
                web::Pace::quick, form_limit);
  routes.post("/sign-out", {"own_session", Action::erase, policy::signed_in}, with(sign_out));
}

}  // namespace cairn::accounts
