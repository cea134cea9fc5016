// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "privacy/conflict.hpp"

namespace cairn::privacy {

// The teams of the actor's programme, for check_treatment().
std::vector<std::string> teams_of(db::Read& read, const Actor& actor);

struct DeclaredTreatment {
  std::string id;
  Treatment treatment;
};
// What the actor has declared about themselves. Nobody reads anybody else's.
std::vector<DeclaredTreatment> own_treatments(db::Read& read, const Actor& actor);

// Declares it for the actor, sealed under their key: the file tells that something was declared, never which team. It
// holds from the commit on; who joins that team later is barred by joining. Returns its id. NotFound for a team that is
// not of the programme, and for an actor without an account.
std::string declare(db::Write& write, const Treatment& treatment);
// Takes back what the actor declared, leaving no row. NotFound where it is not theirs.
void take_back_treatment(db::Write& write, const std::string& id);

// How many there are, and nothing more.
std::int64_t treatments_count(db::Read& read, const Actor& actor);

// `teams` are all the memberships of the actor. Which of these owners have declared a team in which the actor is, or
// was while it lasted, or cannot be known to be: those who were erased. Never the actor.
std::set<std::string> conflicted_owners(db::Read& read, const Actor& actor, const std::vector<Membership>& teams,
                                        const std::set<std::string>& owners, Date today);

}  // namespace cairn::privacy
