// SPDX-License-Identifier: Apache-2.0
#include "db/backup.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "db/backup_file.hpp"
#include "db/person_keys.hpp"
#include "db/tables.hpp"

namespace cairn::db {
namespace {

// What a backup holds inside its seal: the version of this form; when it was made; the numbers of the schema's steps;
// each table with its columns, its rows in the order of the first two of them, and their count; the count of tables.
// Every part begins with a letter.
constexpr std::int64_t form = 1;
constexpr char table_letter = 'T';
constexpr char row_letter = 'R';
constexpr char table_end_letter = 'E';
constexpr char end_letter = 'Z';
constexpr char null_letter = 'n';
constexpr char number_letter = 'i';
constexpr char text_letter = 't';
constexpr char bytes_letter = 'b';

// The keys of persons have copies of their own (db/person_keys_backup.hpp).
constexpr std::string_view secrets_table = "person_key_secret";

// As many rows go into one statement as keep its values below these.
constexpr std::size_t most_values_at_once = 900;
constexpr std::size_t most_bytes_at_once = 4U << 20U;

struct Manifest {
  std::string made_at;
  std::vector<std::int64_t> steps;
};

struct Value {
  char letter = null_letter;
  std::int64_t number = 0;
  std::string bytes;
};

// A table that is being filled: rows wait until a statement's worth of them has come together.
class Filling {
 public:
  Filling(Write& write, Table table);
  std::size_t columns() const { return table_.columns.size(); }
  void add(std::vector<Value> row);
  // Puts in what waits, and throws Corrupt unless the table then holds `count` rows.
  void finish(std::int64_t count);

 private:
  void put_in();

  Write& write_;
  Table table_;
  std::size_t rows_at_once_;
  std::vector<std::vector<Value>> waiting_;
  std::size_t waiting_bytes_ = 0;
};

// The foreign keys of PostgreSQL, taken away while rows come in whatever order, and put back, checked, at the end.
struct ForeignKey {
  std::string table, name, definition;
};

void put_manifest(BackupWriter& file, Read& read, Moment now);
enum class WithRows { no, yes };
void put_table(BackupWriter& file, Read& read, EngineKind engine, const Table& table, WithRows with_rows);
void put_value(BackupWriter& file, const Row& row, int column);
Manifest manifest_in(BackupReader& file);
std::vector<std::int64_t> done_numbers(Read& read);
void refuse_other_schema(const Manifest& manifest, const std::vector<std::int64_t>& done);
void clear_store(Write& write, const std::vector<Table>& tables);
void fill(Write& write, BackupReader& file, const std::vector<Table>& tables);
Table table_in(BackupReader& file, const std::vector<Table>& tables);
Value value_in(BackupReader& file);
std::vector<ForeignKey> take_away_keys(Write& write);
Restored with_person_keys(Write& write, const std::vector<Table>& tables, const PersonKeysFile& person_keys);

}  // namespace

void backup(Database& database, const std::string& file, const std::vector<std::string>& without_rows) {
  if (database.schema() == SchemaState::empty) throw Conflict("there is nothing yet to back up", "stop.schema_old");
  const EngineKind engine = kind_of(database);
  database.read([&](Read& read) {
    BackupWriter writer(file, database.keys());
    put_manifest(writer, read, database.now());
    const std::vector<Table> tables = tables_of(read, engine);
    for (const Table& table : tables) {
      const bool emptied = table.name == secrets_table ||
                           std::find(without_rows.begin(), without_rows.end(), table.name) != without_rows.end();
      put_table(writer, read, engine, table, emptied ? WithRows::no : WithRows::yes);
    }
    writer.put_byte(end_letter);
    writer.put_number(static_cast<std::int64_t>(tables.size()));
    writer.finish();
  });
}

Restored restore(Database& database, const std::string& file, const PersonKeysFile& person_keys) {
  const EngineKind engine = kind_of(database);
  if (database.schema() == SchemaState::empty) {
    BackupReader reader(file, database.keys());
    database.migrate_until(manifest_in(reader).steps.back());
  }
  Restored restored;
  const Actor actor = Actor::operator_();
  database.replace_with(actor, {"store.restore", "store", "", 1}, [&](Write& write) {
    BackupReader reader(file, database.keys());
    refuse_other_schema(manifest_in(reader), done_numbers(write));
    const std::vector<Table> tables = tables_of(write, engine);
    clear_store(write, tables);
    if (engine == EngineKind::sqlite) {
      write.run("pragma defer_foreign_keys = on", {});
      fill(write, reader, tables);
      write.each("pragma foreign_key_check", {},
                 [](const Row& row) { throw Corrupt("in the backup a row of " + row.string(0) + " points nowhere"); });
    } else {
      const std::vector<ForeignKey> keys = take_away_keys(write);
      fill(write, reader, tables);
      for (const ForeignKey& key : keys)
        write.run("alter table " + quoted(key.table) + " add constraint " + quoted(key.name) + " " + key.definition,
                  {});
    }
    restored = with_person_keys(write, tables, person_keys);
  });
  database.migrate([] {});
  return restored;
}

namespace {

Filling::Filling(Write& write, Table table)
    : write_(write),
      table_(std::move(table)),
      rows_at_once_(std::max<std::size_t>(1, most_values_at_once / std::max<std::size_t>(1, table_.columns.size()))) {}

void Filling::add(std::vector<Value> row) {
  for (const Value& value : row) waiting_bytes_ += value.bytes.size();
  waiting_.push_back(std::move(row));
  if (waiting_.size() == rows_at_once_ || waiting_bytes_ > most_bytes_at_once) put_in();
}

void Filling::finish(std::int64_t count) {
  put_in();
  if (write_.number("select count(*) from " + quoted(table_.name), {}) != count)
    throw Corrupt("the backup holds another number of rows of " + table_.name + " than it says");
}

void Filling::put_in() {
  if (waiting_.empty()) return;
  std::string sql = "insert into " + quoted(table_.name) + " (" + quoted_list(table_.columns) + ") values ";
  std::vector<Bound> binds;
  for (const std::vector<Value>& row : waiting_) {
    sql += binds.empty() ? "(" : ", (";
    for (const Value& value : row) {
      if (&value != &row.front()) sql += ", ";
      binds.push_back(value.letter == number_letter  ? Bound(value.number)
                      : value.letter == text_letter  ? Bound(std::string_view(value.bytes))
                      : value.letter == bytes_letter ? Bound(BytesView{value.bytes})
                                                     : Bound());
      sql += "$" + std::to_string(binds.size());
    }
    sql += ")";
  }
  write_.run_with(sql, binds);
  waiting_.clear();
  waiting_bytes_ = 0;
}

void put_manifest(BackupWriter& file, Read& read, Moment now) {
  const std::vector<std::int64_t> steps = done_numbers(read);
  file.put_number(form);
  file.put_framed(iso(now));
  file.put_number(static_cast<std::int64_t>(steps.size()));
  for (const std::int64_t step : steps) file.put_number(step);
}

void put_table(BackupWriter& file, Read& read, EngineKind engine, const Table& table, WithRows with_rows) {
  file.put_byte(table_letter);
  file.put_framed(table.name);
  file.put_number(static_cast<std::int64_t>(table.columns.size()));
  for (const std::string& column : table.columns) file.put_framed(column);
  std::int64_t rows = 0;
  const int columns = static_cast<int>(table.columns.size());
  const auto put_row = [&](const Row& row) {
    file.put_byte(row_letter);
    for (int column = 0; column < columns; ++column) put_value(file, row, column);
    ++rows;
  };
  // In the order of their keys: as PostgreSQL finds them would tell in which order they were written, and of answers
  // that wait to be counted that is who gave them.
  const std::string order = table.columns.size() > 1 ? " order by 1, 2" : " order by 1";
  if (with_rows == WithRows::yes)
    each_of_many(read, engine, "select " + quoted_list(table.columns) + " from " + quoted(table.name) + order, put_row);
  file.put_byte(table_end_letter);
  file.put_number(rows);
}

void put_value(BackupWriter& file, const Row& row, int column) {
  switch (row.holds(column)) {
    case Holds::nothing:
      file.put_byte(null_letter);
      return;
    case Holds::number:
      file.put_byte(number_letter);
      file.put_number(row.integer(column));
      return;
    case Holds::text:
      file.put_byte(text_letter);
      file.put_framed(row.text(column));
      return;
    case Holds::bytes:
      file.put_byte(bytes_letter);
      file.put_framed(row.bytes(column));
      return;
    case Holds::other:
      throw Corrupt("a value is neither number, text nor bytes: it cannot be backed up");
  }
}

Manifest manifest_in(BackupReader& file) {
  if (file.take_number() != form)
    throw Conflict("the backup has a newer form than this program reads", "stop.schema_newer");
  Manifest manifest;
  manifest.made_at = file.take_framed();
  const std::int64_t count = file.take_number();
  for (std::int64_t i = 0; i < count; ++i) manifest.steps.push_back(file.take_number());
  if (manifest.steps.empty()) throw Corrupt("the backup names no schema");
  return manifest;
}

std::vector<std::int64_t> done_numbers(Read& read) {
  return read.list("select number from schema_version order by number", {},
                   [](const Row& row) { return row.integer(0); });
}

void refuse_other_schema(const Manifest& manifest, const std::vector<std::int64_t>& done) {
  if (manifest.steps == done) return;
  if (done.empty() || manifest.steps.back() > done.back())
    throw Conflict("the backup is of a newer schema: use the program that made it", "stop.schema_newer");
  throw Conflict(
      "the backup of " + manifest.made_at + " is of an older schema: restore it where there is no schema yet",
      "stop.backup_older");
}

// What a new store holds by itself is the journal of its migrations; the backup's journal takes its place.
void clear_store(Write& write, const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    if (table.name == "journal" || table.name == "journal_head")
      write.run("delete from " + quoted(table.name), {});
    else if (write.number("select count(*) from " + quoted(table.name), {}) != 0)
      throw Conflict("the store is not empty: there are rows in " + table.name, "stop.not_empty");
  }
}

void fill(Write& write, BackupReader& file, const std::vector<Table>& tables) {
  std::int64_t filled = 0;
  for (char letter = file.take_byte(); letter != end_letter; letter = file.take_byte()) {
    if (letter != table_letter) throw Corrupt("the backup is out of step");
    Filling filling(write, table_in(file, tables));
    const std::size_t columns = filling.columns();
    for (letter = file.take_byte(); letter == row_letter; letter = file.take_byte()) {
      std::vector<Value> row(columns);
      for (Value& value : row) value = value_in(file);
      filling.add(std::move(row));
    }
    if (letter != table_end_letter) throw Corrupt("the backup is out of step");
    filling.finish(file.take_number());
    ++filled;
  }
  if (file.take_number() != filled) throw Corrupt("the backup holds another number of tables than it says");
  file.expect_end();
}

Table table_in(BackupReader& file, const std::vector<Table>& tables) {
  Table table{file.take_framed(), {}};
  const std::int64_t count = file.take_number();
  for (std::int64_t i = 0; i < count; ++i) table.columns.push_back(file.take_framed());
  const auto known =
      std::find_if(tables.begin(), tables.end(), [&](const Table& one) { return one.name == table.name; });
  if (known == tables.end()) throw Corrupt("the backup holds a table that is not in the schema: " + table.name);
  return table;
}

Value value_in(BackupReader& file) {
  Value value{file.take_byte(), 0, {}};
  if (value.letter == number_letter)
    value.number = file.take_number();
  else if (value.letter == text_letter || value.letter == bytes_letter)
    value.bytes = file.take_framed();
  else if (value.letter != null_letter)
    throw Corrupt("the backup is out of step");
  return value;
}

std::vector<ForeignKey> take_away_keys(Write& write) {
  const auto keys =
      write.list(R"sql(
    select child.relname, c.conname, pg_get_constraintdef(c.oid) from pg_constraint c
    join pg_class child on child.oid = c.conrelid
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace order by c.oid)sql",
                 {}, [](const Row& row) { return ForeignKey{row.string(0), row.string(1), row.string(2)}; });
  for (const ForeignKey& key : keys)
    write.run("alter table " + quoted(key.table) + " drop constraint " + quoted(key.name), {});
  return keys;
}

// A backup of an older schema knows no keys of persons.
Restored with_person_keys(Write& write, const std::vector<Table>& tables, const PersonKeysFile& person_keys) {
  const bool are_there =
      std::any_of(tables.begin(), tables.end(), [](const Table& table) { return table.name == secrets_table; });
  if (!are_there) return {};
  if (!person_keys.path.empty()) put_back_person_keys(write, person_keys.path, person_keys.old);
  return {honour_ledger(write)};
}

}  // namespace
}  // namespace cairn::db
