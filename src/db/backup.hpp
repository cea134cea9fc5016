// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "db/person_keys_backup.hpp"

namespace cairn::db {

// Writes every row of one consistent view to `file`, for either engine in the same form, encrypted in pieces with a key
// derived from the master key (libsodium secretstream). Opens again without the master key never. Written beside and
// renamed, so a cut-off backup never bears the name. The tables of `without_rows` are there and empty: what must not
// outlive its deletion in a copy; so are, always, the keys of persons. Refuses to overwrite. Throws Unavailable.
void backup(Database& database, const std::string& file, const std::vector<std::string>& without_rows = {});

// The copy of the keys of persons that goes with a backup; an empty path for none.
struct PersonKeysFile {
  std::string path;
  OldKeys old = OldKeys::refuse;
};

struct Restored {
  std::int64_t keys_missing = 0;  // keys of persons that are neither here nor destroyed: what they sealed is unreadable
};

// Fills an empty, migrated store of either engine from a backup and verifies row counts; then puts in the keys of
// persons, but of nobody whose key was destroyed by the time of either file. Throws Corrupt for a wrong key, a flipped
// bit or a cut-off file, Conflict where the store is not empty, the backup is of a newer schema, or the keys are too
// old.
Restored restore(Database& database, const std::string& file, const PersonKeysFile& person_keys = {});

}  // namespace cairn::db
