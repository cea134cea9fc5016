// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>

#include "content/library.hpp"
#include "db/database.hpp"
#include "jobs/queue.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

namespace cairn::instruments {

// Answering, by whoever has a link: nobody signs in, and no visit is written into the log. Everything must outlive the
// routes. `address` is where people reach the site, "https://peers.example.org", for a page people keep a picture of.
// With `languages` each page speaks one of those the round asks in; without, the language of the request.
void add_routes(
    web::Routes& routes, db::Database& database, const content::Library& library,
    const std::function<std::string()>& address = [] { return std::string(); },
    const web::Languages* languages = nullptr);

// The kinds of work of this stage for the queue, with what they do: counting what was sent once the time is over.
std::map<std::string, jobs::Queue::Work> queued_work(db::Database& database, const content::Library& library);

}  // namespace cairn::instruments
