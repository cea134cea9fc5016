// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn {
namespace {

constexpr unsigned long long argon_passes = 3;
constexpr std::size_t argon_bytes = 65536UL * 1024UL;
constexpr std::size_t link_bytes = 20;
constexpr std::string_view base_32 = "abcdefghijklmnopqrstuvwxyz234567";

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string in_alphabet(std::string_view alphabet, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i)
    result += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  return result;
}

}  // namespace

void start_secrets() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string ordered_id(Moment now) {
  std::string bytes = random_bytes(16);
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<char>((now.milliseconds >> (8 * (5 - i))) & 0xFF);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x70);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string digits = hex(bytes);
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

std::string unordered_id() {
  // Five bits of a byte each, all from one call: a store makes thousands of these in a second.
  std::string id = random_bytes(26);
  for (char& letter : id) letter = base_32[static_cast<unsigned char>(letter) & 31U];
  return id;
}

std::string reference_number() {
  return in_alphabet("23456789BCDFGHJKMNPQRSTVWXZ", 8);
}

std::string token() {
  const std::string bytes = random_bytes(32);
  std::array<char, 64> encoded{};
  sodium_bin2base64(encoded.data(), encoded.size(), octets(bytes), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return encoded.data();
}

std::string link_secret() {
  return link_secret_from(random_bytes(link_bytes));
}

std::string link_secret_from(std::string_view bytes) {
  std::string text;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char byte : bytes.substr(0, link_bytes)) {
    held = (held << 8U) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) text += base_32[(held >> (bits - 5)) & 31U];
    held &= (1U << bits) - 1;
  }
  return text;
}

bool could_be_link_secret(std::string_view text) {
  return text.size() == link_bytes * 8 / 5 && text.find_first_not_of(base_32) == std::string_view::npos;
}

KeyPair key_pair() {
  KeyPair pair{std::string(crypto_box_PUBLICKEYBYTES, '\0'), std::string(crypto_box_SECRETKEYBYTES, '\0')};
  crypto_box_keypair(octets(pair.public_key), octets(pair.private_key));
  return pair;
}

std::string sealed_to(std::string_view public_key, std::string_view plain) {
  if (public_key.size() != crypto_box_PUBLICKEYBYTES) throw Corrupt("a public key of another length");
  std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
  crypto_box_seal(octets(sealed), octets(plain), plain.size(), octets(public_key));
  return sealed;
}

std::string opened_by(const KeyPair& pair, std::string_view sealed) {
  if (pair.public_key.size() != crypto_box_PUBLICKEYBYTES || pair.private_key.size() != crypto_box_SECRETKEYBYTES ||
      sealed.size() < crypto_box_SEALBYTES)
    throw Corrupt("sealed to no key that is here");
  std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(octets(plain), octets(sealed), sealed.size(), octets(pair.public_key),
                           octets(pair.private_key)) != 0)
    throw Corrupt("what was sealed does not open");
  return plain;
}

std::string locked(std::string_view plain, std::string_view key, std::string_view about) {
  if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) throw Corrupt("a key of another length");
  const auto nonce = random_bytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  std::string sealed(plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(sealed), nullptr, octets(plain), plain.size(), octets(about),
                                             about.size(), nullptr, octets(nonce), octets(key));
  return nonce + sealed;
}

std::string unlocked(std::string_view bytes, std::string_view key, std::string_view about) {
  constexpr std::size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES || bytes.size() < nonce + tag)
    throw Corrupt("locked by no key that is here");
  const auto sealed = bytes.substr(nonce);
  std::string plain(sealed.size() - tag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(octets(plain), nullptr, nullptr, octets(sealed), sealed.size(),
                                                 octets(about), about.size(), octets(bytes), octets(key)) != 0)
    throw Corrupt("what was locked does not open");
  return plain;
}

std::string sha256(std::string_view bytes) {
  std::string result(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(octets(result), octets(bytes), bytes.size());
  return result;
}

std::string blake2b(std::string_view bytes, std::string_view key) {
  std::string result(32, '\0');
  crypto_generichash(octets(result), result.size(), octets(bytes), bytes.size(), octets(key), key.size());
  return result;
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), argon_passes, argon_bytes) != 0)
    throw Unavailable("no memory for a password hash", "stop.busy");
  return hash.data();
}

bool password_matches(const std::string& hash, std::string_view password) {
  if (hash.empty() || hash.size() >= crypto_pwhash_STRBYTES) {
    waste_a_password_check(password);
    return false;
  }
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void waste_a_password_check(std::string_view password) {
  static const std::string nobodys = hash_password(token());
  [[maybe_unused]] const int ignored = crypto_pwhash_str_verify(nobodys.c_str(), password.data(), password.size());
}

}  // namespace cairn
