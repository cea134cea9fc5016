// SPDX-License-Identifier: Apache-2.0
#include "accounts/actions.hpp"

#include "accounts/actions_parts.hpp"
#include "accounts/store_sessions.hpp"

namespace cairn::accounts {

void add_routes(web::Routes& routes, const Doors& doors) {
  add_sign_in_routes(routes, doors);
  add_again_routes(routes, doors);
  add_second_step_routes(routes, doors);
  add_link_routes(routes, doors);
  add_own_account_routes(routes, doors);
  add_own_second_step_routes(routes, doors);
  add_invitation_routes(routes, doors);
  add_people_routes(routes, doors);
  add_setup_routes(routes, doors);
  add_structure_routes(routes, doors);
}

std::optional<web::SignedIn> signed_in_by(db::Database& database, const std::string& token, Moment now) {
  const auto session = database.read([&](db::Read& read) { return find_session(read, token, now); });
  if (!session) {
    const auto over = database.read([&](db::Read& read) { return find_session_over(read, token, now); });
    if (over)
      database.write(Actor::anyone(), {"session.end", "session", *over},
                     [&](db::Write& write) { end_session(write, *over); });
    return {};
  }
  web::SignedIn who{{session->account.text, session->programme.text, session->roles},
                    session->id,
                    session->display_name,
                    session->forgery_token,
                    {},
                    session->proved_at};
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
