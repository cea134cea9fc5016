// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::privacy {

// Who looked at one's own records, "this was not right", and what the privacy guardian does with that. `database` and
// `policy` must outlive the routes.
void add_look_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy);

}  // namespace cairn::privacy
