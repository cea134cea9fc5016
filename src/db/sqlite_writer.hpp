// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/database.hpp"
#include "db/journal.hpp"
#include "db/sqlite_connection.hpp"

namespace cairn::db {

// The one connection that may write, on a thread of its own. Writes that wait together are committed together: one sync
// for all of them. Each stands in a savepoint, so that one that fails is undone alone. Nobody is told of success before
// the commit.
class SqliteWriter {
 public:
  SqliteWriter(const std::string& file, const Keys& keys, Clock clock);
  ~SqliteWriter();  // finishes what waits
  SqliteWriter(const SqliteWriter&) = delete;
  SqliteWriter& operator=(const SqliteWriter&) = delete;

  // After `own`, the chain goes on from journal_head as it stands then, and not from where this writer had left it.
  enum class Chain { goes_on, read_again };

  // Return when the work is on the disk; throw what it threw. Throw Unavailable when too many writes wait already.
  void write(const Actor& actor, Entry entry, const std::function<void(Write&)>& act, Chain chain = Chain::goes_on);
  // Hands over the connection outside any transaction, for a change of the schema.
  void alone(const std::function<void(SqliteConnection&)>& act);

 private:
  // Writes that are answered together. Held by each that waits, so that it lives until the last has been woken.
  struct Batch {
    std::atomic<int> done{0};
  };
  struct Job {
    const Actor* actor = nullptr;
    Entry entry;
    const std::function<void(Write&)>* act = nullptr;
    const std::function<void(SqliteConnection&)>* alone = nullptr;
    Chain chain = Chain::goes_on;
    std::exception_ptr failure;
  };

  void submit(Job& job);
  void work();
  void carry_out(const std::vector<Job*>& jobs);
  void commit_together(std::span<Job* const> jobs);
  void carry_out_one(Job& job);
  void undo_one();
  void give_up_on(std::span<Job* const> jobs, const std::exception_ptr& failure);
  void tidy_log();

  const Keys& keys_;
  Clock clock_;
  SqliteConnection connection_;
  Link head_;  // where the chain ends, with the writes of the open transaction

  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::vector<Job*> waiting_;
  std::shared_ptr<Batch> next_ = std::make_shared<Batch>();
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace cairn::db
