// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "db/keys.hpp"

namespace cairn::db {

// What stands first in a sealed value: which kind of key it is under. A later way of sealing takes a number of its own.
enum class SealedBy : char { master = 1, person = 2 };

constexpr std::size_t key_id_bytes = 8;
constexpr std::size_t key_bytes = 32;

struct SealingKey {
  SealedBy kind = SealedBy::master;
  std::string id;   // 8 bytes
  std::string key;  // 32 bytes
};

// Version byte, key id (8 bytes), nonce (24, random), ciphertext and tag (XChaCha20-Poly1305). Additional data: table,
// column, row, owner and key id, each with its length.
std::string sealed_under(const SealingKey& key, const Place& place, std::string_view plain);
// Throws Corrupt, naming the place, for anything but what sealed_under() made with this key for this place.
std::string opened_under(const SealingKey& key, const Place& place, std::string_view sealed);

// The first bytes of every value sealed under a key.
std::string sealed_head(SealedBy kind, std::string_view key_id);

// Which key a value asks for; key_id points into `sealed`. Throws Corrupt, naming the place, where it is not in the
// sealed form.
struct SealedHead {
  SealedBy kind = SealedBy::master;
  std::string_view key_id;
};
SealedHead head_of(const Place& place, std::string_view sealed);

// "table.column, row id": where something is wrong, for the operator. No owner, no content.
std::string told(const Place& place);

}  // namespace cairn::db
