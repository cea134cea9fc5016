// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/actor.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "evaluation/demonstration.hpp"
#include "evaluation/model.hpp"

namespace cairn::evaluation {

// Fills the actor's programme with a made-up study: two rounds six months apart with the same sixty people, one report
// with a step that is done and one that is open, and a third round that still asks people on the ward. The same answers
// every time. `actor` must be an operator or a lead with the programme's id. Every name in it is fictional. Throws
// Conflict where the study is there already.
void make_demonstration(db::Database& database, const content::Library& library, const Actor& actor,
                        const DemonstrationSites& sites, Date today);

// The third round: people on a list, links, some who have answered and some who have begun.
void make_open_round(db::Database& database, const content::Library& library, const Actor& actor,
                     const DemonstrationSites& sites, const Study& study, Date today);

}  // namespace cairn::evaluation
