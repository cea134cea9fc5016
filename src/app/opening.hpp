// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/commands.hpp"
#include "app/config.hpp"
#include "db/database.hpp"

namespace cairn::app {

// The data folder as an absolute path, and the settings of its store.
db::Settings settings_of(const Config& config);

// The key file that is meant, named or not.
std::string key_file_of(const Config& config);

// Opens the store as far as the command needs it:
// - store: throws Conflict where its schema is behind ("command.schema_behind"), newer ("command.schema_newer") or
//   empty ("command.no_store").
// - made_store: makes folder, key and schema where they are not there. A schema behind or newer is refused as above.
// - refilled_store: makes folder and database where they are not there, without a schema, and never a key: Unavailable
//   ("command.no_key") where the key file is missing.
// - any_schema: only what cannot be opened is refused.
// Unavailable: "command.no_store" where there is nothing to open, "stop.in_use" where another process holds the folder.
std::unique_ptr<db::Database> open_store(const Config& config, Needs needs);

// Throws as `store` above does.
void require_current(db::Database& database);
// Fills an empty store with its schema and a programme without a name. Does nothing where there is one.
void make_programme(db::Database& database, const std::string& zone = "Europe/London");

}  // namespace cairn::app
