// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// A column that holds sealed values, told by the stage that keeps the table. owner_column may equal id_column.
struct SealedColumn {
  std::string table;
  std::string column;
  std::string id_column;
  std::string owner_column;
};

// One thing found wrong, in words for the operator: what, where (table and row id, or journal position), what to do.
struct Fault {
  std::string what;
  std::string where;
};

// Reads everything: the engine's own check, foreign keys, the journal's chain (position, previous hash, hash of each
// entry) with code that its writer does not share, the lines a witness kept of it, the keys of persons, and every
// sealed value. Names each fault; an empty answer means all is well. A value whose owner's key was destroyed is none.
// Changes nothing.
std::vector<Fault> verify(Database& database, const std::vector<SealedColumn>& sealed,
                          const std::vector<std::string>& witness = {});

}  // namespace cairn::db
