// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "db/sealed_form.hpp"

namespace cairn::db {

// The owner's key was destroyed: what it sealed is gone, as if it were not there.
class Erased : public NotFound {
 public:
  explicit Erased(const std::string& for_the_log) : NotFound(for_the_log) {}
};

// Seals a value for the person place.owner_id names, under a random key of theirs alone, which is made with their first
// value and kept wrapped by the master key in the table person_key_secret. The form is Keys::seal()'s with version byte
// 2 and the id of that key.
//
// Seal whole what is read together and is equally sensitive (a record's group of fields as one JSON text), not each
// field: opening costs per value. Throws Erased where the owner's key was destroyed: nobody gets a second one.
std::string seal_for(Write& write, const Place& place, std::string_view plain);

// Opens what seal_for() sealed, within one transaction; each key is read once. A page makes one for all its rows.
class PersonKeys {
 public:
  explicit PersonKeys(Read& read) : read_(read) {}
  // Throws Erased where the owner's key was destroyed; Corrupt, naming the place, for a value that was altered or
  // moved, and for a key that is missing without having been destroyed. What Keys::seal() sealed for the same place
  // opens too, so that a table may pass from one to the other.
  std::string open(const Place& place, std::string_view sealed);
  // The same words under another of the owner's keys, for a renewal. Throws as open() does.
  std::string sealed_again(const Place& place, std::string_view key_id, std::string_view sealed);

 private:
  const SealingKey& key(const Place& place, std::string_view id);

  Read& read_;
  std::map<std::string, SealingKey, std::less<>> keys_;  // by their 8 bytes
};

// One value; as PersonKeys::open().
std::string open_for(Read& read, const Place& place, std::string_view sealed);

// Destroys every key of the owner, for ever, with a journal entry "person_key.destroy" and a line in the ledger that
// backups carry. After the commit, call forget_destroyed_keys(). The rows the keys sealed are the caller's to delete.
void destroy_key(Write& write, std::string_view owner_id);
// So that neither a log nor a dead row still holds what was destroyed. Throws Unavailable, as Database::forget_deleted.
void forget_destroyed_keys(Database& database);

bool is_erased(Read& read, std::string_view owner_id);
// Owners who have a key, in their order.
std::vector<std::string> owners_with_keys(Read& read);

// What rotation and backups work on: a key of a person, as it stands.
struct PersonKey {
  std::string id;  // hexadecimal
  std::string owner_id;
  std::string sealed;
};
Place place_of_key(std::string_view key_id, std::string_view owner_id);
// A further key for the owner, which seals from now on. Those before it open until they are deleted.
std::string add_person_key(Write& write, std::string_view owner_id);
// Deletes the secrets of everyone in the ledger, and keys that belong to no row of person_key. Returns how many keys of
// owners who are not in the ledger have no secret: what they sealed cannot be read.
std::int64_t honour_ledger(Write& write);

}  // namespace cairn::db
