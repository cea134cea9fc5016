// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// The migrations the program carries, in order of their names.
std::vector<Migration> embedded_migrations();

// One step of the schema on one engine.
struct Step {
  std::int64_t number = 0;  // from the four digits the name begins with
  std::string name;
  std::string_view sql;
  std::string hash;  // SHA-256 of the text, in hex
};

enum class EngineKind { sqlite, postgres };

// The steps for one engine in order: a "0001_x.postgres.sql" stands in place of "0001_x.sql" on PostgreSQL and is left
// out on SQLite. Throws std::logic_error for a name without a number, or two steps of one number.
std::vector<Step> steps_for(EngineKind engine, const std::vector<Migration>& migrations);

// A step as the table schema_version tells it.
struct DoneStep {
  std::int64_t number = 0;
  std::string name;
  std::string hash;
};

SchemaState state_of(const std::vector<DoneStep>& done, const std::vector<Step>& known);

// Throws Conflict for a schema newer than the program, and for a step whose text is not the one that was run.
void refuse_other_history(const std::vector<DoneStep>& done, const std::vector<Step>& known);

}  // namespace cairn::db
