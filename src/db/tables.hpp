// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "db/migrations.hpp"

namespace cairn::db {

// A table of the store and the columns that are written to, in their order.
struct Table {
  std::string name;
  std::vector<std::string> columns;
};

EngineKind kind_of(const Database& database);

// Every table there is but schema_version, by name.
std::vector<Table> tables_of(Read& read, EngineKind engine);

// A name for use in a statement. Throws std::logic_error for anything but small letters, digits and underscores.
std::string quoted(std::string_view name);
// "a", "b", "c"
std::string quoted_list(const std::vector<std::string>& names);

// Hands over every row of a statement without values, a few at a time, so that memory does not grow with their number.
void each_of_many(Read& read, EngineKind engine, const std::string& sql, const std::function<void(const Row&)>& take);

}  // namespace cairn::db
