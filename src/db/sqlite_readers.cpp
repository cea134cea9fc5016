// SPDX-License-Identifier: Apache-2.0
#include "db/sqlite_readers.hpp"

#include <chrono>
#include <utility>

namespace cairn::db {
namespace {

constexpr std::chrono::seconds patience{10};

// What this thread reads with just now, and of which store.
struct Reading {
  const SqliteReaders* of = nullptr;
  SqliteConnection* with = nullptr;
};
thread_local Reading reading;

}  // namespace

// A connection inside its read transaction. Ends it and gives it back, however the read ends.
class SqliteReaders::Lent {
 public:
  explicit Lent(SqliteReaders& readers) : readers_(readers), connection_(readers.borrow()), outer_(reading) {
    reading = {&readers, connection_.get()};
    try {
      connection_->run("begin");
    } catch (...) {
      end();
      throw;
    }
  }
  ~Lent() { end(); }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  SqliteConnection& connection() { return *connection_; }

 private:
  void end() {
    reading = outer_;
    try {
      if (connection_->in_transaction()) connection_->run("rollback");
    } catch (const std::exception&) {
      connection_.reset();  // another is opened in its place
    }
    readers_.give_back(std::move(connection_));
  }

  SqliteReaders& readers_;
  std::unique_ptr<SqliteConnection> connection_;
  Reading outer_;
};

SqliteReaders::SqliteReaders(std::string file, const Keys& keys, int count)
    : file_(std::move(file)), keys_(keys), not_yet_open_(count) {}

void SqliteReaders::read(const std::function<void(Read&)>& act) {
  if (reading.of == this) {
    Read within(*reading.with, keys_);
    act(within);
    return;
  }
  Lent lent(*this);
  Read read(lent.connection(), keys_);
  act(read);
}

std::unique_ptr<SqliteConnection> SqliteReaders::borrow() {
  std::unique_lock lock(mutex_);
  if (!came_free_.wait_for(lock, patience, [&] { return !idle_.empty() || not_yet_open_ > 0; }))
    throw Unavailable("no connection for reading came free", "stop.busy");
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  --not_yet_open_;
  lock.unlock();
  try {
    return std::make_unique<SqliteConnection>(file_, Access::read);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void SqliteReaders::give_back(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection)
      idle_.push_back(std::move(connection));
    else
      ++not_yet_open_;
  }
  came_free_.notify_one();
}

}  // namespace cairn::db
