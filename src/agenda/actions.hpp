// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::agenda {

// Today, and ticking steps off. `kinds` are those of every stage, this one's included. `first_step` is where an empty
// Today leads: the key of its text and a path. `database` and `policy` must outlive the routes.
void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy, std::vector<LoopKind> kinds,
                web::Link first_step);

}  // namespace cairn::agenda
