// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/throttle.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/request.hpp"
#include "web/routes.hpp"

namespace cairn::accounts {

// Somebody made up, as whom anybody may look around a demonstration.
struct MadeUpPerson {
  std::string email;
  std::string label_key;  // of the text on the button
};

// What the acts of this stage work with. Everything must outlive the routes.
struct Doors {
  db::Database& database;
  const policy::Policy& policy;
  Throttle& throttle;
  std::vector<MadeUpPerson> made_up =
      {};  // empty but in a demonstration: only then may anybody sign in without a password
};

// Signing in and out, a person's own account, and the structure of the programme.
void add_routes(web::Routes& routes, const Doors& doors);

// Who a cookie's token signs in at `now`, or nothing. Keeps that the session was seen, at most once in two minutes;
// where that cannot be kept, reading goes on.
std::optional<web::SignedIn> signed_in_by(db::Database& database, const std::string& token, Moment now);

}  // namespace cairn::accounts
