// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "stores.hpp"

namespace cairn::tests {

// A small schema for the tests of db/ alone: the ground, and things that belong to boxes.
inline std::vector<db::Migration> thing_migrations() {
  std::vector<db::Migration> migrations;
  for (const db::Migration& one : db::embedded_migrations())
    if (one.name == "0001_ground.sql") migrations.push_back(one);
  migrations.push_back({"0002_things.sql", R"sql(
    create table box (id text primary key, parent_id text references box (id));
    create table thing (
      id      text primary key,
      box_id  text references box (id),
      name    text,
      size    bigint check (size >= 0),
      sealed  bytea
    );)sql"});
  return migrations;
}

// A store with that schema.
inline std::unique_ptr<Store> things_store(Engine engine) {
  auto store = std::make_unique<Store>(engine);
  store->settings.migrations = thing_migrations();
  store->reopen();
  store->migrate();
  return store;
}

// Alters the file of a store as somebody would who has it, but not the program.
inline void run_on_sqlite(const Store& store, const std::string& sql) {
  sqlite3* file = nullptr;
  sqlite3_open((store.settings.folder + "/cairn.sqlite").c_str(), &file);
  sqlite3_busy_timeout(file, 5000);
  EXPECT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(file);
  sqlite3_close(file);
}

class EachEngineWithThings : public testing::TestWithParam<Engine> {
 protected:
  EachEngineWithThings() : store_(things_store(GetParam())) {}

  Store& store() { return *store_; }
  db::Database& database() { return *store_->database; }

  void add(const std::string& id, std::int64_t size) {
    database().write(Actor::operator_(), {"thing.add", "thing", id, 1},
                     [&](db::Write& write) { write.run("insert into thing (id, size) values ($1, $2)", {id, size}); });
  }
  std::int64_t count(std::string_view table) {
    return database().read(
        [&](db::Read& read) { return read.number("select count(*) from " + std::string(table), {}); });
  }
  // Alters the store as somebody would who has its file or the rights of its owner, but not the program.
  void tamper(const std::string& sql) {
    if (GetParam() == Engine::postgres)
      postgres_server().run(store().database_name, sql);
    else
      run_on_sqlite(store(), sql);
  }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace cairn::tests
