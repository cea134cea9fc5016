// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/stop.hpp"
#include "base/time.hpp"
#include "db/keys.hpp"
#include "db/row.hpp"

namespace cairn::db {

// What a journal entry says: which act ("inventory.import"), on which record. Never a name, never content.
struct Entry {
  std::string act;
  std::string record_type;
  std::string record_id;
  std::int64_t count = 1;  // how many records the act touched
  // The entry names nobody and no day: its actor is "respondents", its time the first moment of the week (UTC).
  bool by_respondents = false;

  // No entry at all. Only for what must leave no trace of who did it when: the draft of somebody's answers and its
  // sending. Keeping and counting those answers is recorded when a round is settled.
  static Entry unrecorded() { return {}; }
  bool is_recorded() const { return !act.empty(); }
};

// A connection of either engine inside a transaction. Only db/ makes them.
class Engine {
 public:
  virtual ~Engine() = default;
  // Runs one statement (cached, $1.. bound by name); hands each row of the answer to `each`. Returns the rows changed.
  // Throws Conflict where a constraint is broken, Unavailable where the world fails.
  virtual std::int64_t run(std::string_view sql, std::span<const Bound> binds,
                           const std::function<void(const Row&)>& each) = 0;
};

// A consistent view of the data at one moment. Statements that change anything are refused by the connection itself.
class Read {
 public:
  explicit Read(Engine& engine, const Keys& keys) : engine_(engine), keys_(keys) {}

  template <class F>
  void each(std::string_view sql, Binds binds, F&& take) {
    engine_.run(sql, {binds.begin(), binds.size()}, std::function<void(const Row&)>(std::forward<F>(take)));
  }
  // The first row, or nothing where there is none.
  template <class F>
  auto find(std::string_view sql, Binds binds, F&& take) -> std::optional<std::invoke_result_t<F, const Row&>> {
    std::optional<std::invoke_result_t<F, const Row&>> found;
    each(sql, binds, [&](const Row& row) {
      if (!found) found.emplace(take(row));
    });
    return found;
  }
  template <class F>
  auto list(std::string_view sql, Binds binds, F&& take) -> std::vector<std::invoke_result_t<F, const Row&>> {
    std::vector<std::invoke_result_t<F, const Row&>> rows;
    each(sql, binds, [&](const Row& row) { rows.push_back(take(row)); });
    return rows;
  }
  // The one number a statement such as `select count(*)` answers. Throws Corrupt where it answers none.
  std::int64_t number(std::string_view sql, Binds binds);

  const Keys& keys() const { return keys_; }

 protected:
  Engine& engine_;
  const Keys& keys_;
};

// A transaction that may change things. Cannot be had without an actor and a journal entry, which stands in the same
// transaction.
class Write : public Read {
 public:
  Write(Engine& engine, const Keys& keys, const Actor& actor, Moment now)
      : Read(engine, keys), actor_(actor), now_(now) {}
  // Returns the rows changed.
  std::int64_t run(std::string_view sql, Binds binds) { return engine_.run(sql, {binds.begin(), binds.size()}, {}); }
  // The same for values whose number is not known where the statement is written.
  std::int64_t run_with(std::string_view sql, std::span<const Bound> binds) { return engine_.run(sql, binds, {}); }
  // A further journal entry beside the one the write was asked with.
  void note(Entry entry) { notes_.push_back(std::move(entry)); }
  // Fills in the record id of the entry the write was asked with, where it is only known inside.
  void about(std::string record_id) { record_id_ = std::move(record_id); }

  const Actor& actor() const { return actor_; }
  Moment now() const { return now_; }
  const std::vector<Entry>& notes() const { return notes_; }
  const std::string& record_id() const { return record_id_; }

 private:
  const Actor& actor_;
  Moment now_;
  std::vector<Entry> notes_;
  std::string record_id_;
};

// A file of migrations/: "0001_accounts.sql", or "0001_accounts.postgres.sql" in place of it for one engine.
struct Migration {
  std::string name;
  std::string_view sql;
};

struct Settings {
  std::string folder;    // SQLite: the data folder, holding cairn.sqlite; also where the lock and the socket stand
  std::string postgres;  // a libpq address ("postgres://..."); empty means SQLite
  std::string key_file;  // default: folder + "/keys/master.key"
  bool create = false;   // make folder, database and key where there are none
  std::vector<Migration> migrations;  // all the program knows, in order
  Clock clock = system_clock();
  bool read_only = false;                   // takes no lock and makes nothing; write() and migrate() throw Unavailable
  std::int64_t lock_wait_milliseconds = 0;  // how long to wait for another process to let go of the data folder
  int postgres_connections = 32;            // the most the pool opens
};

enum class SchemaState { empty, current, behind, newer };

// One store of data. Safe to use from many threads.
//
// SQLite: one writer thread commits queued writes together (each in a savepoint, so one that fails fails alone) with
// synchronous=FULL; write() returns when its commit is on the disk. Readers are read-only connections of a small pool.
// PostgreSQL: a pool of connections, a plain transaction each.
// After a failed sync the process ends at once (exit code 3): what was not synced is unknown, recovery is by the log.
class Database {
 public:
  // Opens; throws Unavailable where the world fails ("stop.database_gone" where PostgreSQL does not answer), and with
  // key "stop.in_use" where another process holds the data folder for writing; Corrupt where the key file is not this
  // store's.
  static std::unique_ptr<Database> open(Settings settings);
  virtual ~Database() = default;

  // Throws Conflict where a migration that was run is not the one the program carries.
  virtual SchemaState schema() = 0;
  // Brings the schema up to date, each migration in a transaction of its own, after `before` (the caller's backup) has
  // run when there was data. Forward only; throws Conflict for a schema newer than the program, or a released migration
  // changed.
  virtual void migrate(const std::function<void()>& before) = 0;

  template <class F>
  auto read(F&& act) -> std::invoke_result_t<F, Read&> {
    using Result = std::invoke_result_t<F, Read&>;
    if constexpr (std::is_void_v<Result>) {
      read_with([&](Read& r) { act(r); });
    } else {
      std::optional<Result> result;
      read_with([&](Read& r) { result.emplace(act(r)); });
      return std::move(*result);
    }
  }
  // Runs `act` in a transaction and returns once it is durable. What `act` throws undoes it and is thrown here again.
  // `act` may run on another thread, and on PostgreSQL more than once (after a serialisation failure): it must only
  // touch its Write.
  template <class F>
  auto write(const Actor& actor, Entry entry, F&& act) -> std::invoke_result_t<F, Write&> {
    using Result = std::invoke_result_t<F, Write&>;
    if constexpr (std::is_void_v<Result>) {
      write_with(actor, std::move(entry), [&](Write& w) { act(w); });
    } else {
      std::optional<Result> result;
      write_with(actor, std::move(entry), [&](Write& w) { result.emplace(act(w)); });
      return std::move(*result);
    }
  }

  // Chains the journal's entries that wait unsealed and returns how many there were. For PostgreSQL, to be called every
  // few seconds; several processes may. On SQLite every write seals its own entries, and this returns 0.
  virtual std::int64_t seal_journal() = 0;

  // After deleting what must not come back, so that neither a log nor a dead row still holds it: SQLite writes its log
  // into its file and empties it, PostgreSQL writes `tables` anew. Pages freed in SQLite's file are zero
  // already (secure_delete). Throws Unavailable where somebody reads for so long that it cannot be done now.
  virtual void forget_deleted(std::initializer_list<std::string_view> tables) = 0;

  virtual const Keys& keys() const = 0;
  virtual Moment now() const = 0;
  virtual bool is_postgres() const = 0;

 protected:
  friend struct Restored restore(Database& database, const std::string& file, const struct PersonKeysFile& keys);
  // Brings an empty schema to the state a backup was made in: every step up to `number`.
  virtual void migrate_until(std::int64_t number) = 0;
  // A write that puts other rows in place of all there are, the journal's too; the chain goes on from what it leaves.
  virtual void replace_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) = 0;
  virtual void read_with(const std::function<void(Read&)>& act) = 0;
  virtual void write_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) = 0;
};

}  // namespace cairn::db
