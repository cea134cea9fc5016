// SPDX-License-Identifier: Apache-2.0
// Signing in anew before something delicate opens: the password alone, noted on the session.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_sign_in.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {
namespace {

using policy::Action;
using web::Reply;
using web::Request;

std::string own_email(const Request& request, const Doors& doors) {
  const auto account =
      doors.database.read([&](db::Read& read) { return find_account(read, Id<Account>{request.actor.account_id}); });
  if (!account) throw NotFound("the account of the actor");
  return account->email;
}

bool is_made_up(const Doors& doors, const std::string& email) {
  return std::ranges::any_of(doors.made_up, [&](const MadeUpPerson& one) { return one.email == email; });
}

web::PageContent page(const Request& request, const std::string& next, bool made_up,
                      const std::vector<Problem>& problems) {
  return {.title = request.say()("sign_in.again.title"),
          .main = sign_in_again_page(web::Form::of(request, problems), next, made_up)};
}

Reply show(const Request& request, const Doors& doors) {
  const auto next = next_path(request.query.value("next"));
  return web::answer(request, page(request, next, is_made_up(doors, own_email(request, doors)), {}),
                     nlohmann::json{{"next", next}});
}

Reply sign_in_again(const Request& request, const Doors& doors) {
  if (!request.signed_in) throw NotAllowed("signed out");
  const auto next = next_path(request.form.value("next"));
  const auto email = own_email(request, doors);
  const bool made_up = is_made_up(doors, email);
  if (!made_up) {
    const auto answer = ask_password(request, doors, email, request.form.find("password").value_or(""));
    if (answer.turn.seconds > 0) return ask_to_wait(request, page(request, next, made_up, {}), answer.turn);
    const std::vector<Problem> wrong{{"password", "account.password.wrong"}};
    if (!answer.right) return web::ask_again(request, page(request, next, made_up, wrong), wrong);
  }
  const auto& session = request.signed_in->session_id;
  doors.database.write(request.actor, {"session.prove", "session", session},
                       [&](db::Write& write) { prove_session(write, session); });
  return web::go_to(request, next);
}

}  // namespace

void add_again_routes(web::Routes& routes, const Doors& doors) {
  routes.get("/sign-in/again", {"own_session", Action::read, policy::signed_in}, with(doors, show));
  routes.post("/sign-in/again", {"own_session", Action::create, {Role::anyone}}, with(doors, sign_in_again),
              web::Pace::slow, form_limit);
}

}  // namespace cairn::accounts
