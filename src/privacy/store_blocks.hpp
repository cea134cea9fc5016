// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "db/database.hpp"

namespace cairn::privacy {

// "Not with these people": the actor shares nothing with them, whatever their role and whatever was granted. Nobody
// else reads the list, and nobody on it can tell.

// Accounts, in no order that tells anything.
std::vector<std::string> own_blocks(db::Read& read, const Actor& actor);

// From the commit on; once is enough. NotFound for an account that is not of the programme, and for the actor's own.
void block(db::Write& write, const std::string& account);
// Leaves no row. Nothing happens where the account is not on the list.
void unblock(db::Write& write, const std::string& account);

// Which of these owners share nothing with the actor, or may: those who were erased.
std::set<std::string> blocking_owners(db::Read& read, const Actor& actor, const std::set<std::string>& owners);

}  // namespace cairn::privacy
