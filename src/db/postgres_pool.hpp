// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "db/postgres_connection.hpp"

namespace cairn::db {

// The connections to one PostgreSQL, opened as they are needed and kept.
class PostgresPool {
 public:
  PostgresPool(std::string address, int most);

  // A connection in use; ends its transaction and goes back, or is closed where it was lost.
  class Lent {
   public:
    explicit Lent(PostgresPool& pool);
    ~Lent();
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    PostgresConnection& operator*() const { return *connection_; }
    PostgresConnection* operator->() const { return connection_.get(); }
    // True where it had been kept from earlier, so that it may have died since without anybody noticing.
    bool was_kept() const { return was_kept_; }

   private:
    friend class PostgresPool;
    PostgresPool& pool_;
    std::unique_ptr<PostgresConnection> connection_;
    std::uint64_t generation_ = 0;
    bool was_kept_ = false;
  };

 private:
  // Throws Unavailable when none comes free for long, ConnectionLost when the server does not answer.
  void borrow(Lent& lent);
  void give_back(Lent& lent);

  std::string address_;
  std::mutex mutex_;
  std::condition_variable came_free_;
  std::vector<std::unique_ptr<PostgresConnection>> idle_;
  int may_open_;
  std::uint64_t generation_ = 0;  // goes up when a connection is lost: those opened before are not trusted any more
};

}  // namespace cairn::db
