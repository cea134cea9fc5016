// SPDX-License-Identifier: Apache-2.0
#include "db/person_keys.hpp"

#include <sodium.h>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view newest_key_sql = R"sql(
  select k.id, s.sealed from person_key k left join person_key_secret s on s.key_id = k.id
  where k.owner_id = $1 order by k.number desc limit 1)sql";

constexpr std::string_view key_sql = R"sql(
  select sealed from person_key_secret where key_id = $1)sql";

struct Found {
  std::string id;
  std::optional<std::string> sealed;
};

std::string ledger_name(const Keys& keys, std::string_view owner_id) {
  return hex(keys.fingerprint("person_key.destroyed", owner_id));
}

Corrupt missing(std::string_view id) {
  return Corrupt("the key " + std::string(id) + " of a person is missing: put back the keys of persons");
}

SealingKey unwrapped(const Keys& keys, std::string_view id, std::string_view owner_id, std::string_view sealed) {
  return {SealedBy::person, *from_hex(id), keys.open(place_of_key(id, owner_id), sealed)};
}

SealingKey newest_key(Write& write, std::string_view owner_id) {
  const auto find = [&] {
    return write.find(newest_key_sql, {owner_id}, [](const Row& row) {
      return Found{row.string(0), row.is_null(1) ? std::nullopt : std::optional(std::string(row.bytes(1)))};
    });
  };
  auto found = find();
  if (!found) {
    add_person_key(write, owner_id);
    found = find();
  }
  if (!found || !found->sealed) throw missing(found ? found->id : "");
  return unwrapped(write.keys(), found->id, owner_id, *found->sealed);
}

}  // namespace

std::string seal_for(Write& write, const Place& place, std::string_view plain) {
  if (place.owner_id.empty()) throw std::logic_error("a value sealed for a person must name its owner");
  if (is_erased(write, place.owner_id)) throw Erased("the owner of " + told(place) + " was erased");
  SealingKey key = newest_key(write, place.owner_id);
  std::string sealed = sealed_under(key, place, plain);
  sodium_memzero(key.key.data(), key.key.size());
  return sealed;
}

std::string PersonKeys::open(const Place& place, std::string_view sealed) {
  const SealedHead head = head_of(place, sealed);
  if (head.kind == SealedBy::master) return read_.keys().open(place, sealed);
  return opened_under(key(place, head.key_id), place, sealed);
}

std::string PersonKeys::sealed_again(const Place& place, std::string_view key_id, std::string_view sealed) {
  const std::string words = open(place, sealed);
  return sealed_under(key(place, key_id), place, words);
}

const SealingKey& PersonKeys::key(const Place& place, std::string_view id) {
  const auto known = keys_.find(id);
  if (known != keys_.end()) return known->second;
  const std::string name = hex(id);
  const auto sealed =
      read_.find(key_sql, {std::string_view(name)}, [](const Row& row) { return std::string(row.bytes(0)); });
  if (!sealed) {
    if (is_erased(read_, place.owner_id)) throw Erased("the owner of " + told(place) + " was erased");
    throw Corrupt("a value of " + told(place) + " was altered, or the key " + name +
                  " of its owner is missing: put back the keys of persons");
  }
  try {
    return keys_.emplace(std::string(id), unwrapped(read_.keys(), name, place.owner_id, *sealed)).first->second;
  } catch (const Corrupt& corrupt) {
    throw Corrupt("a sealed value of " + told(place) + " was altered or moved, or its key was: " + corrupt.what());
  }
}

std::string open_for(Read& read, const Place& place, std::string_view sealed) {
  return PersonKeys(read).open(place, sealed);
}

void destroy_key(Write& write, std::string_view owner_id) {
  const std::string name = ledger_name(write.keys(), owner_id);
  const std::int64_t keys = write.run("delete from person_key_secret where owner_id = $1", {owner_id});
  write.run("delete from person_key where owner_id = $1", {owner_id});
  write.run("insert into person_key_destroyed (owner_fingerprint, at) values ($1, $2) on conflict do nothing",
            {std::string_view(name), iso(write.now())});
  write.note({"person_key.destroy", "person_key", name, keys});
}

void forget_destroyed_keys(Database& database) {
  database.forget_deleted({"person_key_secret", "person_key"});
}

bool is_erased(Read& read, std::string_view owner_id) {
  const std::string name = ledger_name(read.keys(), owner_id);
  return read.number("select count(*) from person_key_destroyed where owner_fingerprint = $1",
                     {std::string_view(name)}) > 0;
}

std::vector<std::string> owners_with_keys(Read& read) {
  return read.list("select distinct owner_id from person_key order by owner_id", {},
                   [](const Row& row) { return row.string(0); });
}

Place place_of_key(std::string_view key_id, std::string_view owner_id) {
  return {"person_key_secret", "sealed", key_id, owner_id};
}

std::string add_person_key(Write& write, std::string_view owner_id) {
  const std::string id = hex(random_bytes(key_id_bytes));
  std::string key = random_bytes(key_bytes);
  const std::string sealed = write.keys().seal(place_of_key(id, owner_id), key);
  sodium_memzero(key.data(), key.size());
  const std::int64_t number =
      1 + write.number("select coalesce(max(number), 0) from person_key where owner_id = $1", {owner_id});
  write.run("insert into person_key (id, owner_id, number, made_at) values ($1, $2, $3, $4)",
            {std::string_view(id), owner_id, number, iso(write.now())});
  write.run("insert into person_key_secret (key_id, owner_id, sealed) values ($1, $2, $3)",
            {std::string_view(id), owner_id, BytesView{sealed}});
  return id;
}

std::int64_t honour_ledger(Write& write) {
  for (const std::string& owner : owners_with_keys(write)) {
    if (!is_erased(write, owner)) continue;
    write.run("delete from person_key_secret where owner_id = $1", {owner});
    write.run("delete from person_key where owner_id = $1", {owner});
  }
  write.run("delete from person_key_secret where key_id not in (select id from person_key)", {});
  return write.number("select count(*) from person_key where id not in (select key_id from person_key_secret)", {});
}

}  // namespace cairn::db
