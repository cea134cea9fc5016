// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::readiness {

// The organisation's policies: the register, each with its versions, and reading them. `database` and `policy` must
// outlive the routes.
void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy);

// What this stage can leave open: a policy somebody must read, and one whose review is due.
std::vector<agenda::LoopKind> loop_kinds();

}  // namespace cairn::readiness
