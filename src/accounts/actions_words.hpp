// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/database.hpp"
#include "policy/policy.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

namespace cairn::accounts {

// What the programme calls its people (/words), and the language somebody reads in (/language). A word that is chosen
// holds at once, on every page and in every letter of this process; others read it within seconds. Everything must
// outlive the routes.
void add_words_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                      web::Languages& languages);

// Puts the programme's words, as they are kept, into every language.
void take_up_words(db::Database& database, web::Languages& languages);

}  // namespace cairn::accounts
