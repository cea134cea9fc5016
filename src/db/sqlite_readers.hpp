// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "db/sqlite_connection.hpp"

namespace cairn::db {

// A few connections that cannot write. Each read sees the data of one moment, whatever is committed meanwhile.
class SqliteReaders {
 public:
  SqliteReaders(std::string file, const Keys& keys, int count);

  // A read inside a read shares its connection and its moment. Throws Unavailable when none comes free for long.
  void read(const std::function<void(Read&)>& act);

 private:
  class Lent;

  std::unique_ptr<SqliteConnection> borrow();
  void give_back(std::unique_ptr<SqliteConnection> connection);

  std::string file_;
  const Keys& keys_;
  std::mutex mutex_;
  std::condition_variable came_free_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_;
  int not_yet_open_;
};

}  // namespace cairn::db
