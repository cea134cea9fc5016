// SPDX-License-Identifier: Apache-2.0
#include "db/verify.hpp"

#include <algorithm>
#include <functional>

#include "db/journal_audit.hpp"
#include "db/person_keys.hpp"
#include "db/tables.hpp"

namespace cairn::db {
namespace {

using Faults = std::vector<Fault>;

// Runs one part of the check in a view of its own, so that damage met there does not end the others.
void look(Database& database, Faults& faults, const std::string& where, const std::function<void(Read&)>& part);
bool check_schema(Database& database, Faults& faults);
void check_sqlite(Read& read, Faults& faults);
void check_postgres(Read& read, Faults& faults);
void check_postgres_keys(Read& read, Faults& faults);
void read_everything(Read& read);
void check_person_keys(Read& read, EngineKind engine, Faults& faults);
void check_sealed(Read& read, EngineKind engine, const SealedColumn& sealed, Faults& faults);

}  // namespace

std::vector<Fault> verify(Database& database, const std::vector<SealedColumn>& sealed,
                          const std::vector<std::string>& witness) {
  Faults faults;
  if (!check_schema(database, faults)) return faults;
  const EngineKind engine = kind_of(database);
  if (engine == EngineKind::sqlite) {
    look(database, faults, "the database file", [&](Read& read) { check_sqlite(read, faults); });
  } else {
    look(database, faults, "the settings of PostgreSQL", [&](Read& read) { check_postgres(read, faults); });
    look(database, faults, "the tables", [](Read& read) { read_everything(read); });
    look(database, faults, "the tables", [&](Read& read) { check_postgres_keys(read, faults); });
  }
  look(database, faults, "the journal", [&](Read& read) {
    const Unsealed unsealed = engine == EngineKind::sqlite ? Unsealed::fault : Unsealed::fine;
    for (const ChainFault& fault : audit_journal(read, unsealed))
      faults.push_back({fault.what, "journal position " + std::to_string(fault.position)});
    for (const ChainFault& fault : audit_witness(read, witness, checkpoint_public_key(read.keys())))
      faults.push_back({fault.what, fault.position == 0 ? std::string("the witness of the journal")
                                                        : "journal position " + std::to_string(fault.position)});
  });
  look(database, faults, "the keys of persons", [&](Read& read) { check_person_keys(read, engine, faults); });
  for (const SealedColumn& column : sealed)
    look(database, faults, column.table + "." + column.column,
         [&](Read& read) { check_sealed(read, engine, column, faults); });
  return faults;
}

namespace {

void look(Database& database, Faults& faults, const std::string& where, const std::function<void(Read&)>& part) {
  try {
    database.read([&](Read& read) { part(read); });
  } catch (const Unavailable&) {
    throw;  // the world, not the data: say so and let the check be run again
  } catch (const Stop& stop) {
    faults.push_back({std::string("cannot be read: ") + stop.what() + "; restore a backup", where});
  }
}

// False where there is nothing that could be looked at.
bool check_schema(Database& database, Faults& faults) {
  try {
    switch (database.schema()) {
      case SchemaState::empty:
        faults.push_back({"there is no schema: migrate, or restore a backup", "schema_version"});
        return false;
      case SchemaState::behind:
        faults.push_back({"the schema is older than the program: migrate", "schema_version"});
        return true;
      case SchemaState::newer:
        faults.push_back({"the schema is newer than the program: use the newer program", "schema_version"});
        return true;
      case SchemaState::current:
        return true;
    }
  } catch (const Unavailable&) {
    throw;
  } catch (const Stop& stop) {
    faults.push_back({stop.what(), "schema_version"});
  }
  return true;
}

void check_sqlite(Read& read, Faults& faults) {
  read.each("pragma integrity_check", {}, [&](const Row& row) {
    if (row.text(0) != "ok") faults.push_back({row.string(0) + "; restore a backup", "the database file"});
  });
  read.each("pragma foreign_key_check", {}, [&](const Row& row) {
    const std::string number = row.is_null(1) ? "?" : std::to_string(row.integer(1));
    faults.push_back({"the row points to a row of " + row.string(2) + " that is not there",
                      row.string(0) + ", row number " + number});
  });
}

void check_postgres(Read& read, Faults& faults) {
  // Without these PostgreSQL acknowledges what a power cut undoes, or serves damaged pages unnoticed.
  read.each(R"sql(select name from pg_settings
                  where name in ('fsync', 'full_page_writes', 'data_checksums') and setting <> 'on' order by name)sql",
            {}, [&](const Row& row) {
              faults.push_back({row.string(0) + " is off: turn it on (page checksums with pg_checksums or initdb -k)",
                                "the settings of PostgreSQL"});
            });
  const auto broken = read.find("select checksum_failures from pg_stat_database where datname = current_database()", {},
                                [](const Row& row) { return row.optional_integer(0).value_or(0); });
  if (broken.value_or(0) > 0)
    faults.push_back(
        {"PostgreSQL met " + std::to_string(*broken) + " damaged pages: restore a backup", "the database"});
}

// Reading every value makes PostgreSQL compare the checksum of every page that holds one.
void read_everything(Read& read) {
  for (const Table& table : tables_of(read, EngineKind::postgres))
    each_of_many(read, EngineKind::postgres, "select " + quoted_list(table.columns) + " from " + quoted(table.name),
                 [](const Row&) {});
}

void check_postgres_keys(Read& read, Faults& faults) {
  struct Key {
    std::string table, target, present, same;
  };
  const auto keys =
      read.list(R"sql(
    select child.relname, parent.relname,
           string_agg(format('child.%I is not null', a.attname), ' and ' order by k.place),
           string_agg(format('parent.%I = child.%I', b.attname, a.attname), ' and ' order by k.place)
    from pg_constraint c
    join pg_class child on child.oid = c.conrelid
    join pg_class parent on parent.oid = c.confrelid
    cross join lateral unnest(c.conkey, c.confkey) with ordinality as k (here, there, place)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here
    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.there
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace
    group by c.oid, child.relname, parent.relname order by child.relname, c.oid)sql",
                {}, [](const Row& row) { return Key{row.string(0), row.string(1), row.string(2), row.string(3)}; });
  for (const Key& key : keys) {
    const std::int64_t lost =
        read.number("select count(*) from " + quoted(key.table) + " child where " + key.present +
                        " and not exists (select from " + quoted(key.target) + " parent where " + key.same + ")",
                    {});
    if (lost > 0)
      faults.push_back(
          {std::to_string(lost) + " rows point to rows of " + key.target + " that are not there", key.table});
  }
}

// A store of an older schema has none.
void check_person_keys(Read& read, EngineKind engine, Faults& faults) {
  const auto tables = tables_of(read, engine);
  if (std::none_of(tables.begin(), tables.end(), [](const Table& table) { return table.name == "person_key_secret"; }))
    return;
  check_sealed(read, engine, {"person_key_secret", "sealed", "key_id", "owner_id"}, faults);
  read.each("select id from person_key where id not in (select key_id from person_key_secret) order by id", {},
            [&](const Row& row) {
              faults.push_back(
                  {"the key of a person is missing: put back the keys of persons", "person_key, row " + row.string(0)});
            });
  for (const std::string& owner : owners_with_keys(read))
    if (is_erased(read, owner))
      faults.push_back({"the key of a person was destroyed, and is here again: destroy it", "person_key"});
}

void check_sealed(Read& read, EngineKind engine, const SealedColumn& sealed, Faults& faults) {
  const std::string sql = "select " + quoted(sealed.id_column) + ", " + quoted(sealed.owner_column) + ", " +
                          quoted(sealed.column) + " from " + quoted(sealed.table) + " where " + quoted(sealed.column) +
                          " is not null";
  PersonKeys keys(read);
  each_of_many(read, engine, sql, [&](const Row& row) {
    const std::string id = row.string(0);
    try {
      const std::string owner = row.string(1);
      keys.open({sealed.table, sealed.column, id, owner}, row.bytes(2));
    } catch (const Erased&) {
      return;  // as it shall be
    } catch (const Corrupt& corrupt) {
      faults.push_back({std::string(corrupt.what()) + ": restore it from a backup", sealed.table + ", row " + id});
    }
  });
}

}  // namespace
}  // namespace cairn::db
