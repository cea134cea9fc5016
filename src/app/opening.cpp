// SPDX-License-Identifier: Apache-2.0
#include "app/opening.hpp"

#include <filesystem>

#include "accounts/store.hpp"
#include "db/migrations.hpp"

namespace cairn::app {
namespace {

bool is_there(const db::Settings& settings) {
  return !settings.postgres.empty() || std::filesystem::exists(settings.folder + "/cairn.sqlite");
}

}  // namespace

db::Settings settings_of(const Config& config) {
  db::Settings settings;
  settings.folder = config.data;
  settings.postgres = config.database;
  settings.key_file = config.keys;
  settings.migrations = db::embedded_migrations();
  return settings;
}

std::string key_file_of(const Config& config) {
  return config.keys.empty() ? config.data + "/keys/master.key" : config.keys;
}

std::unique_ptr<db::Database> open_store(const Config& config, Needs needs) {
  auto settings = settings_of(config);
  settings.create = needs == Needs::made_store || needs == Needs::refilled_store;
  if (needs == Needs::refilled_store && !std::filesystem::exists(key_file_of(config)))
    throw Unavailable("nothing at " + key_file_of(config), "command.no_key");
  if (!settings.create && !is_there(settings)) throw Unavailable("nothing in " + settings.folder, "command.no_store");
  auto database = db::Database::open(settings);
  if (needs == Needs::made_store && database->schema() == db::SchemaState::empty) database->migrate([] {});
  if (needs == Needs::made_store || needs == Needs::store) require_current(*database);
  return database;
}

void require_current(db::Database& database) {
  switch (database.schema()) {
    case db::SchemaState::current:
      return;
    case db::SchemaState::behind:
      throw Conflict("the schema is behind", "command.schema_behind");
    case db::SchemaState::newer:
      throw Conflict("the schema is newer than the program", "command.schema_newer");
    case db::SchemaState::empty:
      throw Conflict("the database is empty", "command.no_store");
  }
}

void make_programme(db::Database& database, const std::string& zone) {
  if (database.read([](db::Read& read) { return accounts::find_programme(read).has_value(); })) return;
  database.write(Actor::operator_(), {"programme.create", "programme", ""},
                 [&](db::Write& write) { accounts::add_programme(write, "", zone); });
}

}  // namespace cairn::app
