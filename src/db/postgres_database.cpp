// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_database.hpp"

namespace cairn::db {

std::unique_ptr<Database> open_postgres(Settings) {
  throw Unavailable("PostgreSQL is not there yet");
}

}  // namespace cairn::db
