// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/actor.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "evaluation/demonstration.hpp"

namespace cairn::evaluation {

// Fills the actor's programme with a made-up study: two rounds six months apart with the same sixty people, one report
// with a step that is done and one that is open. The same answers every time. `actor` must be an operator or a lead
// with the programme's id. Every name in it is fictional. Throws Conflict where the study is there already.
void make_demonstration(db::Database& database, const content::Library& library, const Actor& actor,
                        const DemonstrationSites& sites, Date today);

}  // namespace cairn::evaluation
