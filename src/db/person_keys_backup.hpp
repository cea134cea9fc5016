// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "db/database.hpp"

namespace cairn::db {

// How long a copy of the keys of persons may be put back: then nobody whose key was destroyed before can come back with
// it.
constexpr std::int64_t days_of_person_keys = 30;

// Writes the keys of all persons and the ledger of destroyed ones to `file`, in the form of a backup, in place of what
// bore the name: an older copy would keep keys that were destroyed since. Whole under the name, or not at all. Returns
// how many keys; 0, and no file, for a store of an older schema, which has none. Throws as backup() does.
std::int64_t backup_person_keys(Database& database, const std::string& file);

enum class OldKeys { refuse, accept };

// Inside a restore, once the data are in: adds the ledger of `file` to the store's, puts in the keys that belong to
// persons of the store and are not in the ledger. Throws Corrupt as restore() does, Conflict with key
// "stop.person_keys_old" for a copy older than days_of_person_keys.
void put_back_person_keys(Write& write, const std::string& file, OldKeys old);

}  // namespace cairn::db
