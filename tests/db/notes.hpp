// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "db/person_keys.hpp"
#include "db/verify.hpp"
#include "stores.hpp"

namespace cairn::tests {

// A small schema for the tests of sealed values: the ground, the keys of persons, and notes that persons own.
inline std::vector<db::Migration> note_migrations() {
  std::vector<db::Migration> migrations;
  for (const db::Migration& one : db::embedded_migrations())
    if (one.name == "0001_ground.sql" || one.name == "0014_person_keys.sql" ||
        one.name.starts_with("0015_key_samples."))
      migrations.push_back(one);
  migrations.push_back({"0990_notes.sql", R"sql(
    create table note (id text primary key, person_id text not null, words bytea, plan bytea, plain bytea);)sql"});
  return migrations;
}

inline std::vector<db::SealedColumn> note_columns() {
  return {
      {"note", "words", "id", "person_id"}, {"note", "plan", "id", "person_id"}, {"note", "plain", "id", "person_id"}};
}

inline std::unique_ptr<Store> notes_store(Engine engine, const std::string& key_file = "") {
  auto store = std::make_unique<Store>(engine);
  if (!key_file.empty()) store->settings.key_file = key_file;
  store->settings.migrations = note_migrations();
  store->reopen();
  store->migrate();
  return store;
}

class EachEngineWithNotes : public testing::TestWithParam<Engine> {
 protected:
  EachEngineWithNotes() : store_(notes_store(GetParam())) {}

  Store& store() { return *store_; }
  db::Database& database() { return *store_->database; }

  // A note with `words` and `plan` under the person's own key, `plain` under the master key.
  static void put_note(db::Write& write, const std::string& id, const std::string& person, const std::string& words) {
    const std::string own = db::seal_for(write, {"note", "words", id, person}, words);
    const std::string plan = db::seal_for(write, {"note", "plan", id, person}, "plan of " + words);
    const std::string plain = write.keys().seal({"note", "plain", id, person}, "plain of " + words);
    write.run("insert into note (id, person_id, words, plan, plain) values ($1, $2, $3, $4, $5)",
              {id, person, db::BytesView{own}, db::BytesView{plan}, db::BytesView{plain}});
  }
  void add_note(const std::string& id, const std::string& person, const std::string& words) {
    database().write(Actor::operator_(), {"note.add", "note", id},
                     [&](db::Write& write) { put_note(write, id, person, words); });
  }
  // `count` notes, "n0" on, of the persons "p0" to "p9" in turn; the words are canaries.
  void add_notes(int count) {
    database().write(Actor::operator_(), {"note.add", "note", "", count}, [&](db::Write& write) {
      for (int i = 0; i < count; ++i) put_note(write, "n" + std::to_string(i), "p" + std::to_string(i % 10), canary(i));
    });
  }
  static std::string canary(int number) { return "canary-of-note-" + std::to_string(number) + "-end"; }
  void set(const std::string& column, const std::string& id, const std::string& bytes) {
    database().write(Actor::operator_(), {"note.alter", "note", id}, [&](db::Write& write) {
      write.run("update note set " + column + " = $2 where id = $1", {id, db::BytesView{bytes}});
    });
  }
  std::string stored(const std::string& column, const std::string& id) {
    return database().read([&](db::Read& read) {
      return *read.find("select " + column + " from note where id = $1", {id},
                        [](const db::Row& row) { return std::string(row.bytes(0)); });
    });
  }
  static std::string opened(db::Database& database, const std::string& id, const std::string& column = "words") {
    return database.read([&](db::Read& read) {
      std::string person;
      std::string sealed;
      read.each("select person_id, " + column + " from note where id = $1", {id}, [&](const db::Row& row) {
        person = row.string(0);
        sealed = row.bytes(1);
      });
      return db::open_for(read, {"note", column, id, person}, sealed);
    });
  }
  std::int64_t count(const std::string& table) {
    return database().read([&](db::Read& read) { return read.number("select count(*) from " + table, {}); });
  }
  std::vector<std::string> places_at_fault() {
    std::vector<std::string> places;
    for (const db::Fault& fault : db::verify(database(), note_columns())) places.push_back(fault.where);
    return places;
  }

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace cairn::tests
