// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "privacy/conflict.hpp"

namespace cairn::privacy {

// Everybody has a shield against the colleagues of their own teams, and it is up until they lower it themselves: that
// one is up says nothing about its owner. Nobody else reads how it stands.
enum class Shield { up, lowered };
Shield own_shield(db::Read& read, const Actor& actor);
// A row with who and when; setting what is so already changes nothing.
void set_shield(db::Write& write, Shield shield);

// Which of these owners have a shield that stands against the actor on that day: it is up, and they are in one team.
// `teams` are all the memberships of the actor, the zone is the programme's.
std::set<std::string> shielded_owners(db::Read& read, const Actor& actor, const std::vector<Membership>& teams,
                                      const std::set<std::string>& owners, const std::string& zone, Date today);

}  // namespace cairn::privacy
