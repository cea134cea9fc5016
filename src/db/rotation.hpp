// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "db/verify.hpp"

namespace cairn::db {

struct Moved {
  std::int64_t keys = 0;    // of persons, wrapped anew
  std::int64_t values = 0;  // sealed anew
};

// Moves all that is sealed under a former master key to the newest: keys of persons, and the values of `sealed`. In
// short writes, so that others read and write meanwhile; a value that somebody changes just then is left to them. May
// be broken off anywhere and called again: what is not moved yet opens under the former key. The journal has one entry,
// "keys.rotate", once nothing is left.
Moved move_to_newest_key(Database& database, const Actor& actor, const std::vector<SealedColumn>& sealed);

// How many values and keys of persons are under a former master key still. 0 is what Keys::retire_former() asks for.
std::int64_t left_under_former_keys(Database& database, const std::vector<SealedColumn>& sealed);

// A new key for one person: seals from now on, and what the former ones sealed moves to it as above; then the former
// ones are deleted. May be broken off and called again. `sealed` must name every column that may hold a value of
// theirs. Returns how many values moved. Throws Conflict, key "stop.busy", where others keep writing under a former
// key: call it again.
std::int64_t renew_person_key(Database& database, const Actor& actor, const std::string& owner_id,
                              const std::vector<SealedColumn>& sealed);
// The same for everyone who has a key.
Moved renew_person_keys(Database& database, const Actor& actor, const std::vector<SealedColumn>& sealed);

}  // namespace cairn::db
