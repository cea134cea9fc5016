// SPDX-License-Identifier: Apache-2.0
#include "accounts/actions.hpp"

#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_sign_in.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {
namespace {

using policy::Action;
using web::Allow;
using web::Reply;
using web::Request;

Reply own_account(const Request& request, const Doors& doors) {
  const auto account =
      doors.database.read([&](db::Read& read) { return find_account(read, {request.actor.account_id}); });
  if (!account) throw NotFound("the account of the actor");
  auto roles = nlohmann::json::array();
  for (const auto& held : request.actor.roles) roles.push_back(std::string(name(held.role)));
  return web::answer(
      request,
      {.title = request.say()("account.title"),
       .main = own_account_page(request.say(), {account->display_name, account->email, request.actor.roles})},
      {{"display_name", account->display_name}, {"email", account->email}, {"roles", roles}});
}

}  // namespace

void add_routes(web::Routes& routes, const Doors& doors) {
  add_sign_in_routes(routes, doors);
  add_structure_routes(routes, doors);
  routes.get("/account", {"own_account", Action::read, policy::signed_in},
             [doors](const Request& request) { return own_account(request, doors); });
}

std::optional<web::SignedIn> signed_in_by(db::Database& database, const std::string& token, Moment now) {
  const auto session = database.read([&](db::Read& read) { return find_session(read, token, now); });
  if (!session) return {};
  web::SignedIn who{{session->account.text, session->programme.text, session->roles},
                    session->id,
                    session->display_name,
                    session->forgery_token};
  if (later(session->seen_at, seen_again_after) <= now) {
    try {
      database.write(who.actor, {"session.see", "session", session->id},
                     [&](db::Write& write) { see_session(write, session->id); });
    } catch (const Unavailable&) {
      // A full disk must not keep people from reading. The session then ends earlier, never later.
    }
  }
  return who;
}

}  // namespace cairn::accounts
