// SPDX-License-Identifier: Apache-2.0
#include "db/sqlite_database.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include "db/files.hpp"
#include "db/journal.hpp"
#include "db/sqlite_readers.hpp"
#include "db/sqlite_writer.hpp"
#include "db/stepped_database.hpp"

namespace cairn::db {
namespace {

constexpr int reading_connections = 4;
constexpr int tries_to_empty_log = 20;

class SqliteDatabase final : public SteppedDatabase {
 public:
  explicit SqliteDatabase(Settings settings);

  std::int64_t seal_journal() override { return 0; }
  void forget_deleted(std::initializer_list<std::string_view> tables) override;
  bool is_postgres() const override { return false; }

 private:
  void read_with(const std::function<void(Read&)>& act) override { readers_.read(act); }
  void write_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) override;
  void replace_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) override;
  void apply(const Step& step) override;
  SqliteWriter& writer();
  std::string file() const { return settings_.folder + "/cairn.sqlite"; }

  std::optional<FolderLock> lock_;
  std::optional<SqliteWriter> writer_;
  SqliteReaders readers_;
};

SqliteDatabase::SqliteDatabase(Settings settings)
    : SteppedDatabase(std::move(settings), EngineKind::sqlite), readers_(file(), keys(), reading_connections) {
  if (!settings_.read_only) lock_.emplace(settings_.folder, settings_.lock_wait_milliseconds);
  if (!std::filesystem::exists(file()) && (settings_.read_only || !settings_.create))
    throw Unavailable("there is no database in " + settings_.folder, "stop.no_database");
  if (!settings_.read_only) writer_.emplace(file(), keys(), settings_.clock);
  if (schema() != SchemaState::empty) read([&](Read& read) { check_journal_head(read); });
}

SqliteWriter& SqliteDatabase::writer() {
  if (!writer_) throw Unavailable("the store was opened for reading only", "stop.read_only");
  return *writer_;
}

void SqliteDatabase::forget_deleted(std::initializer_list<std::string_view>) {
  for (int tries = 0; tries < tries_to_empty_log; ++tries) {
    bool emptied = false;
    writer().alone([&](SqliteConnection& connection) { emptied = connection.empty_log(); });
    if (emptied) return;
  }
  throw Unavailable("somebody reads for so long that the log cannot be emptied", "stop.busy");
}

void SqliteDatabase::write_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) {
  SqliteWriter& one = writer();
  refuse_without_schema();
  one.write(actor, std::move(entry), act);
}

void SqliteDatabase::replace_with(const Actor& actor, Entry entry, const std::function<void(Write&)>& act) {
  writer().write(actor, std::move(entry), act, SqliteWriter::Chain::read_again);
}

void SqliteDatabase::apply(const Step& step) {
  writer().alone([&](SqliteConnection& connection) {
    // A step may put a new table in the place of an old one; what points to it is checked at the end instead.
    connection.run("pragma foreign_keys = off");
    try {
      connection.run("begin immediate");
      connection.run(create_schema_version_sql);
      connection.run_all(step.sql);
      connection.run("pragma foreign_key_check", {}, [&](const Row& row) {
        throw Conflict("after the migration " + step.name + " a row of " + row.string(0) + " points nowhere");
      });
      record(connection, step);
      connection.run("commit");
    } catch (...) {
      connection.forget_failure();
      if (connection.in_transaction()) connection.run("rollback");
      connection.run("pragma foreign_keys = on");
      throw;
    }
    connection.run("pragma foreign_keys = on");
  });
}

}  // namespace

std::unique_ptr<Database> open_sqlite(Settings settings) {
  return std::make_unique<SqliteDatabase>(std::move(settings));
}

}  // namespace cairn::db
