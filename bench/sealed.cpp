// SPDX-License-Identifier: Apache-2.0
// Sealed values of persons: opening a page's worth, and moving to new keys, on both engines; and following the journal.
// Usage: bench_sealed [PERSONS]
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "db/journal_audit.hpp"
#include "db/person_keys.hpp"
#include "db/rotation.hpp"
#include "stores.hpp"

namespace {

using namespace cairn;
using Stopwatch = std::chrono::steady_clock;

constexpr std::string_view table_sql =
    "create table bench_note (id text primary key, person_id text not null, words bytea not null)";
constexpr int at_once = 50;
constexpr int looks = 200;

std::vector<db::SealedColumn> columns() {
  return {{"bench_note", "words", "id", "person_id"}};
}

double processor_milliseconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

template <class Act>
double seconds_of(Act&& act) {
  const auto begun = Stopwatch::now();
  act();
  return std::chrono::duration<double>(Stopwatch::now() - begun).count();
}

// One note of 500 letters for each person.
void fill(db::Database& database, int persons) {
  const std::string words(500, 'w');
  for (int first = 0; first < persons; first += 500) {
    database.write(Actor::operator_(), {"note.add", "note", "", 500}, [&](db::Write& write) {
      for (int i = first; i < std::min(first + 500, persons); ++i) {
        const std::string id = fmt::format("note{:08}", i);
        const std::string person = fmt::format("person{:08}", i);
        const std::string sealed = db::seal_for(write, {"bench_note", "words", id, person}, words);
        write.run("insert into bench_note (id, person_id, words) values ($1, $2, $3)",
                  {id, person, db::BytesView{sealed}});
      }
    });
  }
}

double milliseconds_to_open(db::Database& database, int persons) {
  const double before = processor_milliseconds();
  for (int look = 0; look < looks; ++look) {
    database.read([&](db::Read& read) {
      db::PersonKeys keys(read);
      const std::string from = fmt::format("note{:08}", look * at_once % std::max(1, persons - at_once));
      const auto page = read.list(
          "select id, person_id, words from bench_note where id >= $1 order by id limit 50", {from},
          [](const db::Row& row) { return std::array{row.string(0), row.string(1), std::string(row.bytes(2))}; });
      for (const auto& [id, person, words] : page) keys.open({"bench_note", "words", id, person}, words);
    });
  }
  return (processor_milliseconds() - before) / looks;
}

void measure(tests::Engine engine, int persons) {
  tests::Store store(engine);
  store.settings.migrations.push_back({"0999_bench.sql", table_sql});
  store.settings.clock = system_clock();
  store.reopen();
  store.migrate();
  auto& database = *store.database;
  fill(database, persons);
  const char* name = engine == tests::Engine::sqlite ? "SQLite" : "PostgreSQL";
  fmt::print("| 50 sealed records of 50 persons opened, processor time, {} | under 5 ms | {:.2f} ms |\n", name,
             milliseconds_to_open(database, persons));
  database.keys().renew();
  const double rewrap = seconds_of([&] { db::move_to_newest_key(database, Actor::operator_(), {}); });
  fmt::print("| keys of persons wrapped by a new master key, {} | at least 10,000/s | {:.0f}/s |\n", name,
             persons / rewrap);
  const double anew = seconds_of([&] { db::renew_person_keys(database, Actor::operator_(), columns()); });
  fmt::print("| values sealed anew under new keys of their persons, {} | at least 2,000/s | {:.0f}/s |\n", name,
             persons / anew);
}

void measure_audit() {
  constexpr int entries = 200'000;
  tests::Store store(tests::Engine::sqlite);
  store.migrate();
  for (int i = 0; i < entries; i += 1000)
    store.database->write(Actor::operator_(), db::Entry::unrecorded(), [&](db::Write& write) {
      for (int j = 0; j < 1000; ++j) write.note({"answer.send", "answer", ordered_id(write.now()), 1});
    });
  const double took =
      seconds_of([&] { store.database->read([](db::Read& read) { db::audit_journal(read, db::Unsealed::fault); }); });
  fmt::print("| ten million journal entries checked, SQLite, from {} | under 60 s | {:.0f} s |\n", entries,
             took * 10'000'000 / entries);
}

}  // namespace

int main(int count, char** words) {
  const int persons = count > 1 ? std::atoi(words[1]) : 20'000;
  for (const tests::Engine engine : tests::engines()) measure(engine, persons);
  measure_audit();
  return 0;
}
