// SPDX-License-Identifier: Apache-2.0
#include "db/person_keys_backup.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "base/stop.hpp"
#include "db/backup_file.hpp"
#include "db/tables.hpp"

namespace cairn::db {
namespace {

// What stands inside the seal: this number, which no backup of data begins with; when it was made; keys, each after its
// letter; the ledger, likewise; the end.
constexpr std::int64_t form = 0x6B657973;  // "keys"
constexpr char key_letter = 'K';
constexpr char destroyed_letter = 'D';
constexpr char end_letter = 'Z';

std::int64_t put_all(BackupWriter& file, Read& read, EngineKind engine, Moment now) {
  std::int64_t keys = 0;
  file.put_number(form);
  file.put_framed(iso(now));
  each_of_many(read, engine, "select key_id, owner_id, sealed from person_key_secret order by key_id",
               [&](const Row& row) {
                 file.put_byte(key_letter);
                 file.put_framed(row.text(0));
                 file.put_framed(row.text(1));
                 file.put_framed(row.bytes(2));
                 ++keys;
               });
  each_of_many(read, engine, "select owner_fingerprint, at from person_key_destroyed order by owner_fingerprint",
               [&](const Row& row) {
                 file.put_byte(destroyed_letter);
                 file.put_framed(row.text(0));
                 file.put_framed(row.text(1));
               });
  file.put_byte(end_letter);
  return keys;
}

void refuse_old(const std::string& made_at, Moment now) {
  const auto made = moment_from_iso(made_at);
  if (!made) throw Corrupt("the copy of the keys does not say when it was made");
  if (now.milliseconds - made->milliseconds > days_of_person_keys * 86'400'000)
    throw Conflict("the copy of the keys of persons is of " + made_at + ", and too old to be put back",
                   "stop.person_keys_old");
}

}  // namespace

std::int64_t backup_person_keys(Database& database, const std::string& file) {
  const std::string next = file + ".next";
  std::remove(next.c_str());
  const EngineKind engine = kind_of(database);
  const auto tables = database.read([&](Read& read) { return tables_of(read, engine); });
  if (std::none_of(tables.begin(), tables.end(), [](const Table& one) { return one.name == "person_key_secret"; }))
    return 0;
  const std::int64_t keys = database.read([&](Read& read) {
    BackupWriter writer(next, database.keys());
    const std::int64_t count = put_all(writer, read, engine, database.now());
    writer.finish();
    return count;
  });
  if (std::rename(next.c_str(), file.c_str()) != 0)
    throw Unavailable("cannot put the copy of the keys at " + file + ": " + std::strerror(errno));
  sync_folder_of(file);
  return keys;
}

void put_back_person_keys(Write& write, const std::string& file, OldKeys old) {
  BackupReader reader(file, write.keys());
  if (reader.take_number() != form) throw Corrupt(file + " is not a copy of the keys of persons");
  const std::string made_at = reader.take_framed();
  if (old == OldKeys::refuse) refuse_old(made_at, write.now());
  for (char letter = reader.take_byte(); letter != end_letter; letter = reader.take_byte()) {
    const std::string first = reader.take_framed();
    const std::string second = reader.take_framed();
    if (letter == key_letter) {
      const std::string sealed = reader.take_framed();
      write.run("insert into person_key_secret (key_id, owner_id, sealed) values ($1, $2, $3)",
                {first, second, BytesView{sealed}});
    } else if (letter == destroyed_letter) {
      write.run("insert into person_key_destroyed (owner_fingerprint, at) values ($1, $2) on conflict do nothing",
                {first, second});
    } else {
      throw Corrupt("the copy of the keys is out of step");
    }
  }
  reader.expect_end();
}

}  // namespace cairn::db
