// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace cairn::db {

// Where a sealed value stands. Bound into the seal, so that a value moved to another place does not open.
struct Place {
  std::string_view table;
  std::string_view column;
  std::string_view row_id;
  std::string_view owner_id;  // whose it is; the collection or programme where no one person owns it
};

// The master key, read from a key file that stands outside the database and outside every backup, and the data keys it
// wraps. Sealed form: version byte 1, key id (8 bytes), nonce (24), ciphertext and tag (XChaCha20-Poly1305). Source of
// the construction: libsodium's crypto_aead_xchacha20poly1305_ietf, additional data = the place and the key id. Safe to
// use from several threads once loaded.
class Keys {
 public:
  // Reads the key file, or makes one (mode 0400, in a folder of mode 0700) when `create` and none is there.
  // Throws Unavailable where the file is missing or others may read it, Corrupt where its content is not a key.
  static Keys from_file(const std::string& path, bool create);
  // A fresh key in memory, for tests.
  static Keys random();

  std::string seal(const Place& place, std::string_view plain) const;
  // Throws Corrupt for anything but what seal() wrote for the same place.
  std::string open(const Place& place, std::string_view sealed) const;

  // A 16-byte keyed fingerprint (BLAKE2b) for looking up equal values: `purpose` keeps uses apart.
  std::string fingerprint(std::string_view purpose, std::string_view value) const;
  // A 32-byte key derived for one purpose ("backup", "journal").
  std::string derived(std::string_view purpose) const;
  // First 8 bytes of a hash of the master key: tells two keys apart and nothing more.
  std::string id() const;

 private:
  explicit Keys(std::string master);
  std::string master_;  // 32 bytes
  std::string sealing_;
  std::string fingerprinting_;
  std::string id_;
};

}  // namespace cairn::db
