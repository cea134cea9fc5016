// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "content/library.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "privacy/help.hpp"
#include "web/routes.hpp"

namespace cairn::privacy {

// The numbers the program carries. Throws std::runtime_error naming every fault where the file is missing or wrong.
HelpLines read_help_lines(const content::Library& library);

// Whom to call, for everybody, and the programme's own contacts for its lead to write. The page answers while the store
// is gone, with what was last read. `database` and `policy` must outlive the routes.
void add_help_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                     const content::Library& library);

}  // namespace cairn::privacy
