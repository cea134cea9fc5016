// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace cairn {

// Must be called once before anything else here; main and the tests' main do. Throws std::runtime_error.
void start_secrets();

std::string random_bytes(std::size_t count);

// Where order may show: 36 characters like a UUID of version 7, later ids sort later.
std::string ordered_id(Moment now);
// Where order would tell (anything anonymous, or about a person's timing): 26 random characters of base 32.
std::string unordered_id();
// A reference number to read out over the telephone: 8 characters, none of them easily confused.
std::string reference_number();
// 256 random bits as 43 characters safe in an address or a cookie.
std::string token();

// 160 bits as 32 letters and digits (base 32, small letters), for a link that may have to be typed.
std::string link_secret();
// The same from 20 bytes or more of a hash, so that it can be made again.
std::string link_secret_from(std::string_view bytes);
bool could_be_link_secret(std::string_view text);

// What is sealed to a public key opens with the private key alone; both are 32 bytes (libsodium's sealed boxes).
struct KeyPair {
  std::string public_key;
  std::string private_key;
};
KeyPair key_pair();
std::string sealed_to(std::string_view public_key, std::string_view plain);
// Throws Corrupt for anything that sealed_to() did not make for this pair.
std::string opened_by(const KeyPair& pair, std::string_view sealed);

// Under a key of 32 bytes, bound to `about` (XChaCha20-Poly1305): what opens under another key or another `about` is
// refused with Corrupt.
std::string locked(std::string_view plain, std::string_view key, std::string_view about);
std::string unlocked(std::string_view bytes, std::string_view key, std::string_view about);

std::string sha256(std::string_view bytes);                         // 32 bytes
std::string blake2b(std::string_view bytes, std::string_view key);  // 32 bytes, keyed; key of 32 bytes
bool same_secret(std::string_view one, std::string_view other);     // in time that depends on the lengths alone

// Argon2id, 64 MiB, three passes, one lane: about a tenth of a second. Run it on a slow pool, never on a socket's
// thread. The result carries its parameters and salt. Throws Unavailable when memory cannot be had.
std::string hash_password(std::string_view password);
// False for a wrong password and for a hash that cannot be read. Takes as long for one as for the other.
bool password_matches(const std::string& hash, std::string_view password);
// Does the work of a check and answers nothing: for accounts that do not exist.
void waste_a_password_check(std::string_view password);

}  // namespace cairn
