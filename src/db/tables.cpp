// SPDX-License-Identifier: Apache-2.0
#include "db/tables.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view sqlite_tables_sql = R"sql(
  select name from sqlite_master
  where type = 'table' and substr(name, 1, 7) <> 'sqlite_' and name <> 'schema_version' order by name)sql";
constexpr std::string_view sqlite_columns_sql = "select name from pragma_table_info($1) order by cid";

constexpr std::string_view postgres_tables_sql = R"sql(
  select table_name from information_schema.tables
  where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> 'schema_version'
  order by table_name)sql";
constexpr std::string_view postgres_columns_sql = R"sql(
  select column_name from information_schema.columns
  where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' order by ordinal_position)sql";

std::string name_in(const Row& row) {
  return row.string(0);
}

}  // namespace

EngineKind kind_of(const Database& database) {
  return database.is_postgres() ? EngineKind::postgres : EngineKind::sqlite;
}

std::vector<Table> tables_of(Read& read, EngineKind engine) {
  const bool is_sqlite = engine == EngineKind::sqlite;
  std::vector<Table> tables;
  for (std::string& name : read.list(is_sqlite ? sqlite_tables_sql : postgres_tables_sql, {}, name_in))
    tables.push_back({std::move(name), {}});
  for (Table& table : tables)
    table.columns = read.list(is_sqlite ? sqlite_columns_sql : postgres_columns_sql, {table.name}, name_in);
  return tables;
}

std::string quoted(std::string_view name) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_plain))
    throw std::logic_error("not a name of a table or column: " + std::string(name));
  return '"' + std::string(name) + '"';
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + quoted(name);
  return list;
}

void each_of_many(Read& read, EngineKind engine, const std::string& sql, const std::function<void(const Row&)>& take) {
  if (engine == EngineKind::sqlite) {
    read.each(sql, {}, take);
    return;
  }
  // libpq holds a whole answer in memory. The cursor's name goes with the statement, whose prepared fetch keeps its
  // columns.
  const std::string cursor = "each_" + hex(sha256(sql)).substr(0, 24);
  read.each("declare " + cursor + " no scroll cursor for " + sql, {}, [](const Row&) {});
  for (bool more = true; more;) {
    more = false;
    read.each("fetch 500 from " + cursor, {}, [&](const Row& row) {
      more = true;
      take(row);
    });
  }
  read.each("close " + cursor, {}, [](const Row&) {});
}

}  // namespace cairn::db
