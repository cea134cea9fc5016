// SPDX-License-Identifier: Apache-2.0
#include "db/sqlite_connection.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"

namespace cairn::db {
namespace {

constexpr std::size_t most_kept_statements = 1000;
constexpr int busy_milliseconds = 5000;
constexpr int restart_milliseconds = 50;

// One row under the statement's cursor.
class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement), columns_(sqlite3_column_count(statement)) {}

  Holds holds(int column) const override {
    switch (type(column)) {
      case SQLITE_NULL:
        return Holds::nothing;
      case SQLITE_INTEGER:
        return Holds::number;
      case SQLITE_TEXT:
        return Holds::text;
      case SQLITE_BLOB:
        return Holds::bytes;
      default:
        return Holds::other;
    }
  }
  std::int64_t integer(int column) const override {
    expect(column, SQLITE_INTEGER, "a number");
    return sqlite3_column_int64(statement_, column);
  }
  std::string_view text(int column) const override {
    expect(column, SQLITE_TEXT, "text");
    const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::string_view bytes(int column) const override {
    expect(column, SQLITE_BLOB, "bytes");
    const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= columns_) throw std::logic_error("the answer has no column " + std::to_string(column));
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, int wanted, const char* what) const {
    if (type(column) != wanted)
      throw Corrupt(std::string("there is not ") + what + " in " + sqlite3_column_name(statement_, column));
  }

  sqlite3_stmt* statement_;
  int columns_;
};

int note_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

// A statement in use; goes back among the idle ones, ready for new values, however its use ends.
class SqliteConnection::Taken {
 public:
  Taken(SqliteConnection& connection, std::string_view sql)
      : connection_(connection), sql_(sql), statement_(connection.take(sql)) {}
  ~Taken() {
    sqlite3_reset(statement_.handle);
    sqlite3_clear_bindings(statement_.handle);
    connection_.put_back(sql_, std::move(statement_));
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  const Statement& operator*() const { return statement_; }

 private:
  SqliteConnection& connection_;
  std::string_view sql_;
  Statement statement_;
};

SqliteConnection::SqliteConnection(const std::string& file, Access access) : access_(access) {
  // Before the first connection of all: SQLite then counts no memory, which it does under one lock for every thread.
  static const int without_counting = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(without_counting);
  const int rights = access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  if (sqlite3_open_v2(file.c_str(), &handle_, rights | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nullptr) !=
      SQLITE_OK) {
    const std::string why = handle_ == nullptr ? "no memory" : sqlite3_errmsg(handle_);
    sqlite3_close_v2(handle_);
    throw Unavailable("cannot open " + file + ": " + why);
  }
  try {
    configure();
  } catch (...) {
    idle_.clear();
    sqlite3_close_v2(handle_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  for (auto& [sql, statements] : idle_)
    for (Statement& statement : statements) sqlite3_finalize(statement.handle);
  sqlite3_close_v2(handle_);
}

void SqliteConnection::configure() {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, busy_milliseconds);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  // Only the writer moves pages from the log to the file; it does so itself, after its commits.
  if (access_ == Access::read) sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_wal_autocheckpoint(handle_, 0);
  sqlite3_wal_hook(handle_, note_pages, &pages_in_log_);
  if (access_ == Access::write) run_all("pragma journal_mode = wal; pragma journal_size_limit = 67108864");
  run_all(
      "pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma cell_size_check = on; "
      "pragma secure_delete = on; pragma cache_size = -16000");
  if (access_ == Access::read) run_all("pragma query_only = on");
}

std::int64_t SqliteConnection::run(std::string_view sql, std::span<const Bound> binds,
                                   const std::function<void(const Row&)>& each) {
  if (failure_) std::rethrow_exception(failure_);
  const Taken statement(*this, sql);
  bind(*statement, binds);
  const sqlite3_int64 before = sqlite3_total_changes64(handle_);
  int code = sqlite3_step((*statement).handle);
  if (code == SQLITE_ROW) {
    const SqliteRow row((*statement).handle);
    for (; code == SQLITE_ROW; code = sqlite3_step((*statement).handle))
      if (each) each(row);
  }
  if (code != SQLITE_DONE) fail(code, sql);
  return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

void SqliteConnection::run_all(std::string_view sql) {
  while (!trimmed(sql).empty()) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    int code = sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, &rest);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
      if (statement == nullptr) break;  // a comment alone
      code = sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE && code != SQLITE_OK) fail(code, sql.substr(0, 200));
    sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
  }
}

bool SqliteConnection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

void SqliteConnection::checkpoint(Checkpoint kind) {
  const bool restart = kind == Checkpoint::restart;
  if (restart) sqlite3_busy_timeout(handle_, restart_milliseconds);
  const int code = sqlite3_wal_checkpoint_v2(
      handle_, nullptr, restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (restart) sqlite3_busy_timeout(handle_, busy_milliseconds);
  // A reader in the way or a full disk only puts it off: all that was committed stands in the log.
  if ((code & 0xFF) == SQLITE_IOERR) {
    try {
      fail_writing_or_reading(code);
    } catch (const Unavailable&) {
    }
  }
}

bool SqliteConnection::empty_log() {
  sqlite3_busy_timeout(handle_, restart_milliseconds);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, busy_milliseconds);
  if ((code & 0xFF) == SQLITE_IOERR) fail_writing_or_reading(code);
  return code == SQLITE_OK;
}

SqliteConnection::Statement SqliteConnection::take(std::string_view sql) {
  const auto found = idle_.find(sql);
  if (found == idle_.end() || found->second.empty()) return prepare(sql);
  Statement statement = std::move(found->second.back());
  found->second.pop_back();
  return statement;
}

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql) {
  Statement statement;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement.handle, &rest);
  if (code != SQLITE_OK) fail(code, sql);
  const auto refuse = [&](const std::string& why) {
    sqlite3_finalize(statement.handle);
    throw std::logic_error(why + ": " + std::string(sql));
  };
  if (statement.handle == nullptr || !trimmed(sql.substr(static_cast<std::size_t>(rest - sql.data()))).empty())
    refuse("one statement is wanted");
  const int count = sqlite3_bind_parameter_count(statement.handle);
  for (int number = 1; number <= count; ++number) {
    const int place = sqlite3_bind_parameter_index(statement.handle, ("$" + std::to_string(number)).c_str());
    if (place == 0) refuse("the places of a statement are $1, $2 and so on, each used");
    statement.places.push_back(place);
  }
  return statement;
}

void SqliteConnection::put_back(std::string_view sql, Statement statement) {
  auto found = idle_.find(sql);
  if (found == idle_.end()) {
    if (idle_.size() >= most_kept_statements) {
      sqlite3_finalize(statement.handle);
      return;
    }
    found = idle_.emplace(std::string(sql), std::vector<Statement>()).first;
  }
  found->second.push_back(std::move(statement));
}

void SqliteConnection::bind(const Statement& statement, std::span<const Bound> binds) {
  if (binds.size() != statement.places.size())
    throw std::logic_error("as many values are wanted as the statement has places: " +
                           std::string(sqlite3_sql(statement.handle)));
  for (std::size_t i = 0; i < binds.size(); ++i) {
    const int place = statement.places[i];
    int code = SQLITE_OK;  // a value not bound is null
    // SQLite takes a null pointer for null, whatever the length: an empty text needs an address.
    if (const auto* number = std::get_if<std::int64_t>(&binds[i])) {
      code = sqlite3_bind_int64(statement.handle, place, *number);
    } else if (const auto* text = std::get_if<std::string_view>(&binds[i])) {
      refuse_broken_text(*text);
      code = sqlite3_bind_text64(statement.handle, place, text->empty() ? "" : text->data(), text->size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* view = std::get_if<BytesView>(&binds[i])) {
      code = sqlite3_bind_blob64(statement.handle, place, view->bytes.empty() ? "" : view->bytes.data(),
                                 view->bytes.size(), SQLITE_STATIC);
    }
    if (code != SQLITE_OK) fail(code, sqlite3_sql(statement.handle));
  }
}

void SqliteConnection::fail(int code, std::string_view sql) {
  try {
    const std::string why = sqlite3_errmsg(handle_);
    switch (code & 0xFF) {
      case SQLITE_CONSTRAINT:
        throw Conflict("a rule of the schema was broken: " + why);
      case SQLITE_TOOBIG:
        throw Conflict("a value is too long to be stored");
      case SQLITE_FULL:
        throw Unavailable("the disk is full", "stop.disk_full");
      case SQLITE_IOERR:
        fail_writing_or_reading(code);
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        throw Corrupt("the database file is damaged: " + why);
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        throw Unavailable("the database file is held by another process", "stop.busy");
      case SQLITE_NOMEM:
      case SQLITE_CANTOPEN:
      case SQLITE_PERM:
      case SQLITE_AUTH:
      case SQLITE_PROTOCOL:
        throw Unavailable("the database file cannot be used: " + why);
      default:
        throw std::logic_error(why + ": " + std::string(sql));
    }
  } catch (...) {
    if (access_ == Access::write && in_transaction()) failure_ = std::current_exception();
    throw;
  }
}

// A full disk is told by its errno where SQLite's own code says no more than that a call failed.
void SqliteConnection::fail_writing_or_reading(int code) {
  const int reason = sqlite3_system_errno(handle_);
  const bool full = reason == ENOSPC || reason == EDQUOT || code == SQLITE_IOERR_SHMSIZE;
  if (full && code != SQLITE_IOERR_FSYNC && code != SQLITE_IOERR_DIR_FSYNC)
    throw Unavailable("the disk is full", "stop.disk_full");
  if (access_ == Access::read) throw Unavailable("the database file cannot be read: code " + std::to_string(code));
  std::fprintf(stderr,
               "cairn: the disk failed while writing (SQLite code %d, errno %d); stopping, the log will be recovered\n",
               code, reason);
  _exit(3);
}

}  // namespace cairn::db
