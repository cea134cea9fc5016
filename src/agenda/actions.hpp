// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agenda/store_loops.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::agenda {

// Where an empty Today leads: the key of its text and a path, for whoever may list this kind of record.
struct FirstStep {
  std::string label;
  std::string path;
  std::string_view record;
};

// Today, and ticking steps off. `kinds` are those of every stage, this one's included. `database` and `policy` must
// outlive the routes.
void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy, std::vector<LoopKind> kinds,
                FirstStep first_step);

}  // namespace cairn::agenda
