// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// Writes every row of one consistent view to `file`, for either engine in the same form, encrypted in pieces with a key
// derived from the master key (libsodium secretstream). Opens again without the master key never. Written beside and
// renamed, so a cut-off backup never bears the name. The tables of `without_rows` are there and empty: what must not
// outlive its deletion in a copy. Refuses to overwrite. Throws Unavailable.
void backup(Database& database, const std::string& file, const std::vector<std::string>& without_rows = {});

// Fills an empty, migrated store of either engine from a backup and verifies row counts. Throws Corrupt for a wrong
// key, a flipped bit or a cut-off file, Conflict where the store is not empty or the backup is of a newer schema.
void restore(Database& database, const std::string& file);

}  // namespace cairn::db
