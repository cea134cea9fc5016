// SPDX-License-Identifier: Apache-2.0
#include "db/sealed_form.hpp"

#include <sodium.h>

#include <cstring>

#include "base/stop.hpp"
#include "db/framed.hpp"

namespace cairn::db {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t before_ciphertext = 1 + key_id_bytes + nonce_bytes;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// Each part goes with its length: "ab" + "c" is not "a" + "bc".
std::string additional_data(const Place& place, std::string_view key_id) {
  std::string bound;
  bound.reserve(5 * sizeof(std::uint64_t) + place.table.size() + place.column.size() + place.row_id.size() +
                place.owner_id.size() + key_id.size());
  for (const std::string_view part : {place.table, place.column, place.row_id, place.owner_id, key_id})
    append_framed(bound, part);
  return bound;
}

}  // namespace

std::string sealed_under(const SealingKey& key, const Place& place, std::string_view plain) {
  const std::string bound = additional_data(place, key.id);
  std::string sealed(before_ciphertext + plain.size() + tag_bytes, '\0');
  const std::string head = sealed_head(key.kind, key.id);
  std::memcpy(sealed.data(), head.data(), head.size());
  unsigned char* nonce = octets(sealed) + head.size();
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(sealed) + before_ciphertext, nullptr, octets(plain), plain.size(),
                                             octets(bound), bound.size(), nullptr, nonce, octets(key.key));
  return sealed;
}

std::string opened_under(const SealingKey& key, const Place& place, std::string_view sealed) {
  const SealedHead head = head_of(place, sealed);
  if (head.kind != key.kind || head.key_id != key.id)
    throw Corrupt("a value of " + told(place) + " was sealed with another key");
  const std::string bound = additional_data(place, key.id);
  std::string plain(sealed.size() - before_ciphertext - tag_bytes, '\0');
  const unsigned char* nonce = octets(sealed) + 1 + key_id_bytes;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(octets(plain), nullptr, nullptr, octets(sealed) + before_ciphertext,
                                                 sealed.size() - before_ciphertext, octets(bound), bound.size(), nonce,
                                                 octets(key.key)) != 0)
    throw Corrupt("a sealed value of " + told(place) + " was altered or moved");
  return plain;
}

std::string sealed_head(SealedBy kind, std::string_view key_id) {
  return std::string(1, static_cast<char>(kind)) + std::string(key_id);
}

SealedHead head_of(const Place& place, std::string_view sealed) {
  const bool is_known =
      sealed.size() >= before_ciphertext + tag_bytes &&
      (sealed[0] == static_cast<char>(SealedBy::master) || sealed[0] == static_cast<char>(SealedBy::person));
  if (!is_known) throw Corrupt("a value of " + told(place) + " is not in the sealed form");
  return {static_cast<SealedBy>(sealed[0]), sealed.substr(1, key_id_bytes)};
}

std::string told(const Place& place) {
  return std::string(place.table) + "." + std::string(place.column) + ", row " + std::string(place.row_id);
}

}  // namespace cairn::db
