// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_database.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "db/journal.hpp"
#include "db/postgres_connection.hpp"
#include "db/postgres_pool.hpp"
#include "db/stepped_database.hpp"

namespace cairn::db {
namespace {

// How long a write is run again that keeps meeting others.
constexpr std::chrono::seconds patience{15};
constexpr std::chrono::microseconds shortest_pause{500};
constexpr std::chrono::microseconds longest_pause{50'000};
constexpr std::int64_t sealed_at_once = 1000;
constexpr std::string_view wait_to_forget = "2s";

// As if the writes had come one after the other, which on SQLite they do. Those that met are run again.
constexpr std::string_view begin_write = "begin isolation level serializable read write";
constexpr std::string_view begin_read = "begin isolation level repeatable read read only";
// Sealing and changes of the schema come one after the other by a lock, and must see what was committed while they
// waited.
constexpr std::string_view begin_locked = "begin isolation level read committed read write";
constexpr std::string_view lock_sql = "select pg_advisory_xact_lock(4990174261543531)";

class PostgresDatabase;

// What this thread is doing just now.
struct Doing {
  const PostgresDatabase* of = nullptr;
  PostgresConnection* reads_with = nullptr;
  bool writes = false;
};
thread_local Doing doing;

class During {
 public:
  explicit During(Doing now) : before_(std::exchange(doing, now)) {}
  ~During() { doing = before_; }
  During(const During&) = delete;
  During& operator=(const During&) = delete;

 private:
  Doing before_;
};

class PostgresDatabase final : public SteppedDatabase {
 public:
  explicit PostgresDatabase(Settings settings);

  std::int64_t seal_journal() override;
  void forget_deleted(std::initializer_list<std::string_view> tables) override;
  bool is_postgres() const override { return true; }

 private:
  void read_with(const std::function<void(Read&)>& act) override;
  void write_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) override;
  void replace_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) override;
  void apply(const Step& step) override;
  void write_once(PostgresConnection& connection, const Actor& actor, const Entry& entry,
                  const std::function<void(Write&)>& act);
  // Runs `act` on a connection; again where it met another transaction, or where the connection had died unnoticed.
  void try_until_done(const std::function<void(PostgresConnection&)>& act);

  PostgresPool pool_;
};

PostgresDatabase::PostgresDatabase(Settings settings)
    : SteppedDatabase(std::move(settings), EngineKind::postgres),
      pool_(settings_.postgres, settings_.postgres_connections) {
  if (schema() != SchemaState::empty) read([](Read& read) { check_journal_head(read); });
}

void PostgresDatabase::try_until_done(const std::function<void(PostgresConnection&)>& act) {
  const auto until = std::chrono::steady_clock::now() + patience;
  bool key_was_taken = false;
  for (std::chrono::microseconds pause = shortest_pause;; pause = std::min(2 * pause, longest_pause)) {
    try {
      const PostgresPool::Lent lent(pool_);
      try {
        act(*lent);
        return;
      } catch (const ConnectionLost&) {
        // Nothing of it was committed, and a connection that was just opened tells whether the server is there.
        if (!lent.was_kept() || lent->commit_was_sent()) throw;
      }
    } catch (const KeyTaken&) {
      // Run again, it sees who took the key and can say so; where it takes no notice, the rule stays broken.
      if (std::exchange(key_was_taken, true)) throw;
    } catch (const MetAnother& met) {
      if (std::chrono::steady_clock::now() >= until)
        throw Unavailable(std::string("PostgreSQL: ") + met.what(), "stop.busy");
      // Those that met wait for different times, so that they do not meet again.
      std::this_thread::sleep_for(pause / 2 + pause * static_cast<unsigned char>(random_bytes(1)[0]) / 256);
    }
  }
}

void PostgresDatabase::read_with(const std::function<void(Read&)>& act) {
  if (doing.of == this && doing.reads_with != nullptr) {
    Read within(*doing.reads_with, keys());
    act(within);
    return;
  }
  try_until_done([&](PostgresConnection& connection) {
    const During during({this, &connection, doing.of == this && doing.writes});
    connection.begin(begin_read);
    Read read(connection, keys());
    act(read);
  });
}

void PostgresDatabase::write_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) {
  if (settings_.read_only) throw Unavailable("the store was opened for reading only", "stop.read_only");
  if (doing.of == this && doing.writes) throw std::logic_error("a write inside a write would wait for itself");
  refuse_without_schema();
  try_until_done([&](PostgresConnection& connection) { write_once(connection, actor, entry, act); });
}

void PostgresDatabase::write_once(PostgresConnection& connection, const Actor& actor, const Entry& entry,
                                  const std::function<void(Write&)>& act) {
  connection.begin(begin_write);
  Write write(connection, keys(), actor, now());
  {
    const During during({this, nullptr, true});
    act(write);
  }
  const std::vector<JournalRow> rows = rows_of(write, entry);
  std::vector<EntryBinds> binds;
  std::vector<PostgresConnection::Last> last;
  binds.reserve(rows.size());
  for (const JournalRow& row : rows) {
    binds.push_back(unsealed_binds(row));
    last.push_back({insert_entry_sql, binds.back()});
  }
  connection.commit(last);
}

void PostgresDatabase::replace_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) {
  write_with(actor, std::move(entry), act);
}

void PostgresDatabase::apply(const Step& step) {
  try_until_done([&](PostgresConnection& connection) {
    connection.begin(begin_locked);
    connection.run(lock_sql, {}, {});
    connection.run(create_schema_version_sql, {}, {});
    bool is_done = false;
    const std::array<Bound, 1> number{step.number};
    connection.run("select number from schema_version where number = $1", number, [&](const Row&) { is_done = true; });
    if (is_done) return;
    connection.run_all(std::string(step.sql));
    record(connection, step);
    connection.commit();
  });
}

std::int64_t PostgresDatabase::seal_journal() {
  std::int64_t sealed = 0;
  for (std::int64_t count = sealed_at_once; count == sealed_at_once;) {
    try_until_done([&](PostgresConnection& connection) {
      connection.begin(begin_locked);
      connection.run(lock_sql, {}, {});
      count = seal_waiting(connection, keys(), sealed_at_once);
      connection.commit();
    });
    sealed += count;
  }
  return sealed;
}

void PostgresDatabase::forget_deleted(std::initializer_list<std::string_view> tables) {
  // A plain vacuum leaves the bytes of dead rows in pages that hold others; a full one writes the table anew. It must
  // wait for whoever reads, and meanwhile all others would wait for it: so not for long.
  try_until_done([&](PostgresConnection& connection) {
    connection.run_all("set lock_timeout = '" + std::string(wait_to_forget) + "'");
    try {
      for (const auto table : tables) connection.run_all("vacuum full " + std::string(table));
    } catch (...) {
      connection.rollback();
      connection.run_all("reset lock_timeout");
      throw;
    }
    connection.run_all("reset lock_timeout");
  });
}

}  // namespace

std::unique_ptr<Database> open_postgres(Settings settings) {
  return std::make_unique<PostgresDatabase>(std::move(settings));
}

}  // namespace cairn::db
