// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "agenda/store_loops.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

namespace cairn::evaluation {

// Studies, their rounds, people who are asked, comparisons and reports. All three must outlive the routes. `address`
// tells where people reach the site ("https://peers.example.org"): links on paper begin with it. `languages` are those
// people can be asked in, the usual one first; where there is only one it is not asked for, and null is English alone.
// What is for the people of a round to read, on paper too, is in one of the languages it asks in. Throws
// std::runtime_error where a content file of this stage cannot be used, with every fault of it.
void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                const content::Library& library, std::function<std::string()> address,
                const web::Languages* languages = nullptr);

// What this stage can leave open, each with the act that closes it. `library` must outlive the kinds.
std::vector<agenda::LoopKind> loop_kinds(const content::Library& library);

}  // namespace cairn::evaluation
