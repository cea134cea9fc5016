// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

enum class Access { read, write };

// One connection to a SQLite file, used by one thread at a time. Statements are kept prepared.
//
// Access::write makes the file where there is none. A write or sync that fails for another reason than a full disk ends
// the process (exit code 3): SQLite cannot know what reached the disk, the next start recovers from the log.
// Access::read never changes the file, never checkpoints, and refuses statements that would change anything.
class SqliteConnection final : public Engine {
 public:
  SqliteConnection(const std::string& file, Access access);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  std::int64_t run(std::string_view sql, std::span<const Bound> binds,
                   const std::function<void(const Row&)>& each) override;
  void run(std::string_view sql) { run(sql, {}, {}); }
  // Several statements without values or answers, as a migration holds them.
  void run_all(std::string_view sql);

  bool in_transaction() const;
  // What failed since the last call of forget_failure(), so that a write whose author overlooked it does not commit.
  std::exception_ptr failure() const { return failure_; }
  void forget_failure() { failure_ = nullptr; }

  // Pages in the log that the file itself has not yet taken up, as of the last commit.
  int pages_in_log() const { return pages_in_log_; }
  // Moves pages of the log into the file. `restart` waits a moment for readers, so that the log can begin again.
  enum class Checkpoint { passive, restart };
  void checkpoint(Checkpoint kind);
  // Moves the whole log into the file and cuts it to nothing. False where a reader still needs it.
  bool empty_log();

 private:
  struct Statement {
    sqlite3_stmt* handle = nullptr;
    std::vector<int> places;  // where $1, $2 ... stand by SQLite's numbers, which follow first appearance
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  class Taken;

  void configure();
  Statement take(std::string_view sql);
  Statement prepare(std::string_view sql);
  void put_back(std::string_view sql, Statement statement);
  void bind(const Statement& statement, std::span<const Bound> binds);
  [[noreturn]] void fail(int code, std::string_view sql);
  [[noreturn]] void fail_writing_or_reading(int code);

  sqlite3* handle_ = nullptr;
  Access access_;
  std::unordered_map<std::string, std::vector<Statement>, Hash, std::equal_to<>> idle_;
  std::exception_ptr failure_;
  int pages_in_log_ = 0;
};

}  // namespace cairn::db
