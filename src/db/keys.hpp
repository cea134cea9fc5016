// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::db {

// Where a sealed value stands. Bound into the seal, so that a value moved to another place does not open.
struct Place {
  std::string_view table;
  std::string_view column;
  std::string_view row_id;
  std::string_view owner_id;  // whose it is; the collection or programme where no one person owns it
};

// The master key, read from a key file that stands outside the database and outside every backup, and what is made from
// it. Sealed form: version byte 1, key id (8 bytes), nonce (24), ciphertext and tag (XChaCha20-Poly1305). Source of the
// construction: libsodium's crypto_aead_xchacha20poly1305_ietf, additional data = the place and the key id.
//
// The file holds two secrets: the master key, which seals and can be renewed, and the lookup key, from which
// fingerprints and derived keys are made and which stays, since what they found yesterday must be found tomorrow. A
// master key that was renewed stays in the file as a former one, which opens and seals no more, until it is retired. A
// file that begins "cairn-master-key-1" holds one secret for both.
//
// All threads of a process see a renewed key at once. Another process reads the file again when it meets a value under
// a key it does not know.
class Keys {
 public:
  // Reads the key file, or makes one (mode 0400, in a folder of mode 0700) when `create` and none is there.
  // Throws Unavailable where the file is missing or others may read it, Corrupt where its content is not a key.
  static Keys from_file(const std::string& path, bool create);
  // A fresh key in memory, for tests.
  static Keys random();
  Keys(Keys&&) noexcept;
  Keys& operator=(Keys&&) noexcept;
  ~Keys();

  // Under the newest master key.
  std::string seal(const Place& place, std::string_view plain) const;
  // Throws Corrupt, naming the place, for anything but what seal() wrote for the same place, now or under a former key.
  std::string open(const Place& place, std::string_view sealed) const;

  // A 16-byte keyed fingerprint (BLAKE2b) for looking up equal values: `purpose` keeps uses apart.
  std::string fingerprint(std::string_view purpose, std::string_view value) const;
  // The same cut to 16 bits, for values so few or so easily guessed that a whole fingerprint would tell who is who:
  // about one in 65,536 others shares it. Whoever looks up by it opens what was found and leaves out what is not meant.
  std::int64_t short_fingerprint(std::string_view purpose, std::string_view value) const;
  // A 32-byte key derived for one purpose ("journal", "password") from the lookup key.
  std::string derived(std::string_view purpose) const;
  // First 8 bytes of a hash of the newest master key: tells two keys apart and nothing more.
  std::string id() const;
  // The 32-byte key of backups, of the newest master key or of the one with this id; nothing where it is not here.
  std::string backup_key() const;
  std::optional<std::string> backup_key(std::string_view id) const;

  // Ids of the former keys, the latest first.
  std::vector<std::string> former_ids() const;
  // Makes a new master key; the one until now becomes a former one. The file is on the disk, whole, before anything is
  // sealed under the new key. Throws Unavailable where the file cannot be replaced.
  void renew() const;
  // Takes the former keys out of the file, each into "retired-ID.key" beside it, which opens the backups of its time.
  // The caller has made sure that nothing is sealed under them. Throws as renew() does.
  void retire_former() const;

 private:
  struct Ring;
  struct Rings;
  explicit Keys(std::unique_ptr<Rings> rings);
  std::unique_ptr<Rings> rings_;
};

}  // namespace cairn::db
