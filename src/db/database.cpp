// SPDX-License-Identifier: Apache-2.0
#include "db/database.hpp"

#include "db/postgres_database.hpp"
#include "db/sqlite_database.hpp"

namespace cairn::db {

std::int64_t Read::number(std::string_view sql, Binds binds) {
  const auto found = find(sql, binds, [](const Row& row) { return row.integer(0); });
  if (!found) throw Corrupt("a statement that must answer one number answered none");
  return *found;
}

std::unique_ptr<Database> Database::open(Settings settings) {
  if (settings.postgres.empty()) return open_sqlite(std::move(settings));
  return open_postgres(std::move(settings));
}

}  // namespace cairn::db
