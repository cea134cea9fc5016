// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_connection.hpp"

#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "db/postgres_row.hpp"

namespace cairn::db {
namespace {

constexpr std::size_t most_prepared = 1000;
constexpr int binary = 1;

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> states) {
  for (const std::string_view one : states)
    if (state.substr(0, one.size()) == one) return true;
  return false;
}

std::string_view part(const PGresult* answer, int which) {
  const char* text = PQresultErrorField(answer, which);
  return text == nullptr ? "" : text;
}

// The server must keep text as the program sends it and order it byte by byte, as SQLite does: else pages, cut-offs and
// keys would differ between the engines.
constexpr std::string_view fitness_sql = R"sql(
  select pg_encoding_to_char(encoding) = 'UTF8', datcollate in ('C', 'POSIX', 'C.UTF-8', 'C.utf8')
  from pg_database where datname = current_database())sql";

}  // namespace

PostgresConnection::PostgresConnection(const std::string& address) {
  // A commit that was acknowledged is on the disk, whatever the server's file says; and a program that was killed in
  // the middle of a statement does not hold its locks for long.
  const std::array<const char*, 6> words{"dbname",  "connect_timeout",           "client_encoding",
                                         "options", "fallback_application_name", nullptr};
  const std::array<const char*, 6> values{
      address.c_str(), "5",    "UTF8", "-c synchronous_commit=on -c client_connection_check_interval=1000",
      "cairn",         nullptr};
  connection_.reset(PQconnectdbParams(words.data(), values.data(), 1));
  if (PQstatus(connection_.get()) != CONNECTION_OK)
    throw ConnectionLost(std::string("PostgreSQL does not answer: ") + PQerrorMessage(connection_.get()));
  PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  bool is_fit = false;
  run(fitness_sql, {}, [&](const Row& row) { is_fit = row.integer(0) != 0 && row.integer(1) != 0; });
  if (!is_fit)
    throw Unavailable(
        "the database must be made with: create database NAME encoding 'UTF8' locale 'C' template template0",
        "stop.database_unfit");
}

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const Bound> binds,
                                     const std::function<void(const Row&)>& each) {
  if (failure_) std::rethrow_exception(failure_);
  parameters_.set(binds);
  expect(PQenterPipelineMode(connection_.get()));
  send_begin();
  send(sql, binds);
  const Answer answer = answers();
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) {
    std::int64_t changed = 0;
    const char* count = PQcmdTuples(answer.get());
    std::from_chars(count, count + std::strlen(count), changed);
    return changed;
  }
  PostgresRow row(answer.get());
  const int rows = PQntuples(answer.get());
  for (int i = 0; each && i < rows; ++i) {
    row.at(i);
    each(row);
  }
  return std::strncmp(PQcmdStatus(answer.get()), "SELECT", 6) == 0 ? 0 : rows;
}

void PostgresConnection::run_all(const std::string& sql) {
  if (!begin_.empty()) {
    const std::string begin(std::exchange(begin_, {}));
    check(Answer(PQexec(connection_.get(), begin.c_str())).get(), begin);
  }
  check(Answer(PQexec(connection_.get(), sql.c_str())).get(), "a migration");
}

void PostgresConnection::begin(std::string_view sql) {
  begin_ = sql;
  failure_ = nullptr;
  commit_was_sent_ = false;
}

void PostgresConnection::commit(std::span<const Last> last) {
  if (failure_) std::rethrow_exception(failure_);
  for (const Last& statement : last) parameters_.set(statement.binds);  // refuses before anything is under way
  expect(PQenterPipelineMode(connection_.get()));
  send_begin();
  for (const Last& statement : last) send(statement.sql, statement.binds);
  commit_was_sent_ = true;
  send("commit", {}, Sent::commit);
  const Answer answer = answers();
  if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
    throw std::logic_error("a transaction that had failed was to be committed");
}

void PostgresConnection::rollback() noexcept {
  begin_ = {};
  failure_ = nullptr;
  if (is_lost_ || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Answer answer(PQexec(connection_.get(), "rollback"));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) is_lost_ = true;
}

void PostgresConnection::send_begin() {
  if (begin_.empty()) return;
  send(std::exchange(begin_, {}), {}, Sent::begin);
}

void PostgresConnection::send(std::string_view sql, std::span<const Bound> binds, Sent as) {
  parameters_.set(binds);
  auto found = prepared_.find(sql);
  std::string name = found == prepared_.end() ? std::string() : found->second;
  if (found == prepared_.end()) {
    // The values given the first time tell the types; a null tells none, and the statement itself has to.
    std::vector<Oid> types;
    for (const Bound& bound : binds)
      types.push_back(std::holds_alternative<std::int64_t>(bound)       ? postgres_type::int8
                      : std::holds_alternative<std::string_view>(bound) ? postgres_type::text
                      : std::holds_alternative<BytesView>(bound)        ? postgres_type::bytea
                                                                        : 0);
    if (prepared_.size() < most_prepared) name = "s" + std::to_string(prepared_.size() + 1);
    awaited_.push_back({Sent::prepare, sql});
    expect(PQsendPrepare(connection_.get(), name.c_str(), std::string(sql).c_str(), parameters_.count(), types.data()));
    if (!name.empty()) prepared_.emplace(sql, name);
  }
  awaited_.push_back({as, sql});
  expect(PQsendQueryPrepared(connection_.get(), name.c_str(), parameters_.count(), parameters_.values.data(),
                             parameters_.lengths.data(), parameters_.formats.data(), binary));
}

// Waits for the answers to all that was sent, and returns the last. The first that failed is thrown.
PostgresConnection::Answer PostgresConnection::answers() {
  const std::vector<Awaited> awaited = std::exchange(awaited_, {});
  expect(PQpipelineSync(connection_.get()));
  Answer last;
  Answer failed;
  std::string_view failed_sql;
  for (const Awaited& one : awaited) {
    last.reset(PQgetResult(connection_.get()));
    if (!last) lose("PostgreSQL stopped answering");
    const ExecStatusType status = PQresultStatus(last.get());
    const bool is_fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!is_fine && one.kind == Sent::prepare) prepared_.erase(prepared_.find(one.sql));
    if (!is_fine && !failed) {
      failed = std::move(last);
      failed_sql = one.sql;
    }
    if (PQstatus(connection_.get()) == CONNECTION_BAD) break;
    while (const Answer rest{PQgetResult(connection_.get())}) {
    }
  }
  if (PQstatus(connection_.get()) == CONNECTION_BAD) lose(PQerrorMessage(connection_.get()));
  const Answer end(PQgetResult(connection_.get()));
  if (PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(connection_.get()) != 1)
    lose("PostgreSQL answered out of step");
  if (failed) fail(failed.get(), failed_sql);
  return last;
}

void PostgresConnection::check(const PGresult* answer, std::string_view sql) {
  const ExecStatusType status = PQresultStatus(answer);
  if (PQstatus(connection_.get()) == CONNECTION_BAD) lose(PQerrorMessage(connection_.get()));
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer, sql);
}

// The states are those of PostgreSQL's appendix "Error Codes". Its details are left out: they quote values.
void PostgresConnection::fail(const PGresult* answer, std::string_view sql) {
  const std::string state(part(answer, PG_DIAG_SQLSTATE));
  const std::string said(part(answer, PG_DIAG_MESSAGE_PRIMARY));
  try {
    if (state.empty() || (is_one_of(state, {"08"}) && state != "08P01") ||
        is_one_of(state, {"57P01", "57P02", "57P03"}))
      lose("PostgreSQL went away: " + said);
    // A table was changed under a prepared statement: a new connection prepares it anew.
    if (state == "0A000" && said.find("cached plan") != std::string::npos) {
      is_lost_ = true;
      throw MetAnother(said);
    }
    if (is_one_of(state, {"40001", "40P01"})) throw MetAnother(said);
    if (is_one_of(state, {"23"})) {
      const auto rule = "a rule of the schema was broken: " + std::string(part(answer, PG_DIAG_TABLE_NAME)) + " " +
                        std::string(part(answer, PG_DIAG_CONSTRAINT_NAME)) +
                        std::string(part(answer, PG_DIAG_COLUMN_NAME));
      if (state == "23505") throw KeyTaken(rule);
      throw Conflict(rule);
    }
    if (state == "53100") throw Unavailable("the disk of PostgreSQL is full", "stop.disk_full");
    if (is_one_of(state, {"53", "55P03", "57014", "58"})) throw Unavailable("PostgreSQL: " + said, "stop.busy");
    if (is_one_of(state, {"XX001", "XX002"})) throw Corrupt("the database is damaged: " + said);
    const bool quotes_values = is_one_of(state, {"22"});
    throw std::logic_error("PostgreSQL " + state + (quotes_values ? "" : " " + said) + ": " + std::string(sql));
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

void PostgresConnection::lose(const std::string& why) {
  is_lost_ = true;
  throw ConnectionLost(why);
}

void PostgresConnection::expect(int accepted) {
  if (accepted == 1) return;
  const std::string why = PQerrorMessage(connection_.get());
  // Out of step or gone: either way nothing more can be said on this connection.
  lose(why);
}

void PostgresConnection::Parameters::set(std::span<const Bound> binds) {
  values.assign(binds.size(), nullptr);
  lengths.assign(binds.size(), 0);
  formats.assign(binds.size(), binary);
  numbers.resize(binds.size());
  for (std::size_t i = 0; i < binds.size(); ++i) {
    std::optional<std::string_view> bytes;
    if (const auto* number = std::get_if<std::int64_t>(&binds[i])) {
      // As text, which fits whatever width of number the statement turned out to want.
      formats[i] = 0;
      *std::to_chars(numbers[i].data(), numbers[i].data() + numbers[i].size() - 1, *number).ptr = '\0';
      values[i] = numbers[i].data();
    } else if (const auto* text = std::get_if<std::string_view>(&binds[i])) {
      refuse_broken_text(*text);
      bytes = *text;
    } else if (const auto* view = std::get_if<BytesView>(&binds[i])) {
      bytes = view->bytes;
    }
    if (!bytes) continue;
    values[i] = bytes->empty() ? "" : bytes->data();
    lengths[i] = static_cast<int>(bytes->size());
  }
}

}  // namespace cairn::db
