// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace cairn::accounts {

// Codes from an app, by RFC 6238: six digits of HMAC-SHA-1 over the number of half minutes since 1970. SHA-1 because
// apps know no other; HMAC does not need more of it.
inline constexpr std::size_t seed_bytes = 20;  // 160 bits
inline constexpr std::int64_t step_seconds = 30;

std::int64_t step_at(Moment now);
// Six digits, with zeros in front.
std::string code_at(std::string_view seed, std::int64_t step);

// The step a typed code belongs to: the one of now, or the one before it, since people type slowly; never one up to
// `last_used`, since each code counts once. Nothing where it fits none. Spaces in it do not matter. The time it takes
// tells nothing of the code.
std::optional<std::int64_t> step_of_code(std::string_view seed, std::string_view typed, Moment now,
                                         std::optional<std::int64_t> last_used);

// What an app reads from the QR code: otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=ISSUER. Both are percent-encoded.
std::string app_address(std::string_view seed, std::string_view issuer, std::string_view account);
// The secret for typing by hand: base 32 in groups of four.
std::string seed_to_type(std::string_view seed);

// A recovery code of 120 bits: 24 letters and digits of base 32 in groups of four, in small letters.
std::string new_recovery_code();
inline constexpr int recovery_codes = 10;
// What was typed without blanks and hyphens, in small letters: the form that is hashed.
std::string plain_recovery_code(std::string_view typed);

}  // namespace cairn::accounts
