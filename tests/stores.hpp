// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "postgres.hpp"
#include "temporary_folder.hpp"

namespace cairn::tests {

enum class Engine { sqlite, postgres };

// Both; with CAIRN_ENGINES=sqlite or =postgres in the environment only that one, for a machine or a minute that has no
// more.
inline std::vector<Engine> engines() {
  const char* only = std::getenv("CAIRN_ENGINES");
  if (only != nullptr && std::string_view(only) == "sqlite") return {Engine::sqlite};
  if (only != nullptr && std::string_view(only) == "postgres") return {Engine::postgres};
  return {Engine::sqlite, Engine::postgres};
}
inline std::string engine_name(const testing::TestParamInfo<Engine>& engine) {
  return engine.param == Engine::sqlite ? "Sqlite" : "Postgres";
}

// Stands still at 2026-03-03T09:00:00Z until it is told to go on.
class FrozenClock {
 public:
  void set(Moment moment) { *milliseconds_ = moment.milliseconds; }
  void advance(std::int64_t seconds) { *milliseconds_ += seconds * 1000; }
  Moment now() const { return {*milliseconds_}; }
  Clock clock() const {
    return [at = milliseconds_] { return Moment{*at}; };
  }

 private:
  std::shared_ptr<std::atomic<std::int64_t>> milliseconds_ =
      std::make_shared<std::atomic<std::int64_t>>(moment_from_iso("2026-03-03T09:00:00.000Z")->milliseconds);
};

// The one server of this test program, started with the first test that needs it.
inline PostgresServer& postgres_server() {
  static PostgresServer server;
  return server;
}

// A store of its own, with no schema yet. Closed and opened again with reopen(). A database of PostgreSQL stays until
// its server goes with the test program: dropping it would sync the whole server each time.
struct Store {
  TemporaryFolder folder;
  FrozenClock clock;
  Engine engine;
  std::string database_name;  // PostgreSQL only
  db::Settings settings;
  std::unique_ptr<db::Database> database;

  // `from` names a database of PostgreSQL to copy, or a folder holding a store of SQLite and the key to copy.
  explicit Store(Engine kind, const std::string& from_database = "template0", const std::string& from_folder = "")
      : engine(kind) {
    start_secrets();
    settings.folder = folder / "data";
    settings.create = true;
    settings.migrations = db::embedded_migrations();
    settings.clock = clock.clock();
    if (!from_folder.empty()) {
      std::filesystem::create_directories(settings.folder);
      std::filesystem::permissions(settings.folder, std::filesystem::perms::owner_all);
      std::filesystem::copy(from_folder + "/keys", settings.folder + "/keys", std::filesystem::copy_options::recursive);
      std::filesystem::permissions(settings.folder + "/keys", std::filesystem::perms::owner_all);
      if (engine == Engine::sqlite)
        std::filesystem::copy(from_folder + "/cairn.sqlite", settings.folder + "/cairn.sqlite");
    }
    if (engine == Engine::postgres) {
      static int counted = 0;
      database_name = "store" + std::to_string(++counted);
      postgres_server().run("postgres", "create database " + database_name + " template " + from_database);
      settings.postgres = postgres_server().address(database_name);
    }
    reopen();
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void reopen() {
    database.reset();
    database = db::Database::open(settings);
  }
  // Brings the schema up to date; there is nothing yet that a backup could hold.
  void migrate() {
    database->migrate([] {});
  }
};

// A store with every migration of the program in place. The migrations run once for each engine and test program;
// further stores are copies, with the same master key.
inline std::unique_ptr<Store> migrated_store(Engine engine) {
  static std::unique_ptr<Store> originals[2];
  std::unique_ptr<Store>& original = originals[engine == Engine::sqlite ? 0 : 1];
  if (!original) {
    if (engine == Engine::postgres) postgres_server();  // so that it outlives the store
    original = std::make_unique<Store>(engine);
    original->migrate();
    original->database.reset();  // everything is in its one file, or free to be copied
  }
  return std::make_unique<Store>(engine, original->database_name.empty() ? "template0" : original->database_name,
                                 original->settings.folder);
}

// The fixture of every store test:
//   class Teams : public tests::EachEngine {};
//   TEST_P(Teams, KeepsItsName) { database().write(...); }
//   CAIRN_EACH_ENGINE(Teams);
class EachEngine : public testing::TestWithParam<Engine> {
 protected:
  EachEngine() : store_(migrated_store(GetParam())) {}

  Store& store() { return *store_; }
  db::Database& database() { return *store_->database; }
  FrozenClock& clock() { return store_->clock; }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace cairn::tests

#define CAIRN_EACH_ENGINE(suite) \
  INSTANTIATE_TEST_SUITE_P(Engines, suite, testing::ValuesIn(cairn::tests::engines()), cairn::tests::engine_name)
