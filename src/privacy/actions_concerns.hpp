// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "db/database.hpp"
#include "jobs/mail.hpp"
#include "jobs/queue.hpp"
#include "policy/policy.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

namespace cairn::privacy {

// Telling of a worry, one's own worries, and what the safeguarding lead does with them. `database` and `policy` must
// outlive the routes.
void add_concern_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy);

// The kinds concern_letter and nobody_letter. Neither says what it is about, nor whom. None is written once the concern
// was opened. `languages` must outlive what is answered.
jobs::LetterKinds concern_letters(const web::Languages& languages, std::function<std::string()> address);

// The work of tell_again_job.
jobs::Queue::Work tell_again_work(db::Database& database);

}  // namespace cairn::privacy
