// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// The server did not answer, or went away. Whether a commit under way was carried out is then not known.
class ConnectionLost : public Unavailable {
 public:
  explicit ConnectionLost(const std::string& for_the_log) : Unavailable(for_the_log, "stop.database_gone") {}
};

// The transaction met another one and has to be run again from its beginning.
class MetAnother : public std::runtime_error {
 public:
  explicit MetAnother(const std::string& for_the_log) : std::runtime_error(for_the_log) {}
};

// A key was there already. Another transaction may have put it there while this one ran, where this one could not see
// it: PostgreSQL's manual, "Serialization Failure Handling", advises to run such a transaction again.
class KeyTaken : public Conflict {
 public:
  explicit KeyTaken(const std::string& for_the_log) : Conflict(for_the_log) {}
};

// One connection to PostgreSQL, used by one thread at a time. Statements are kept prepared. What need not be waited for
// goes out together: a transaction's beginning with its first statement, its last statements with its commit.
class PostgresConnection final : public Engine {
 public:
  // Throws ConnectionLost; Unavailable for a server that would not keep what it is given as SQLite does (encoding,
  // order of text).
  explicit PostgresConnection(const std::string& address);

  std::int64_t run(std::string_view sql, std::span<const Bound> binds,
                   const std::function<void(const Row&)>& each) override;
  // Several statements without values or answers, as a migration holds them.
  void run_all(const std::string& sql);

  // The transaction begins with the first statement after this. `sql` must live as long.
  void begin(std::string_view sql);
  // A statement to be sent with the commit; what it changes is not told. The values must live until then.
  struct Last {
    std::string_view sql;
    std::span<const Bound> binds;
  };
  void commit(std::span<const Last> last = {});
  // Ends what may be under way and never throws.
  void rollback() noexcept;

  bool is_lost() const { return is_lost_; }
  bool commit_was_sent() const { return commit_was_sent_; }

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* answer) const { PQclear(answer); }
  };
  using Answer = std::unique_ptr<PGresult, Close>;
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // The values of one statement in the form libpq takes.
  struct Parameters {
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    std::vector<std::array<char, 24>> numbers;
    void set(std::span<const Bound> binds);
    int count() const { return static_cast<int>(values.size()); }
  };
  // What was sent and is to be answered, in order.
  enum class Sent { begin, prepare, statement, commit };

  void send_begin();
  void send(std::string_view sql, std::span<const Bound> binds, Sent as = Sent::statement);
  Answer answers();
  void check(const PGresult* answer, std::string_view sql);
  [[noreturn]] void fail(const PGresult* answer, std::string_view sql);
  [[noreturn]] void lose(const std::string& why);
  void expect(int accepted);

  std::unique_ptr<PGconn, Close> connection_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> prepared_;  // names by statement
  Parameters parameters_;
  struct Awaited {
    Sent kind;
    std::string_view sql;
  };
  std::vector<Awaited> awaited_;
  std::string_view begin_;  // not yet sent
  std::exception_ptr failure_;
  bool is_lost_ = false;
  bool commit_was_sent_ = false;
};

}  // namespace cairn::db
