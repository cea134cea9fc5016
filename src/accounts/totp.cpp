// SPDX-License-Identifier: Apache-2.0
#include "accounts/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::uint32_t six_digits = 1'000'000;
constexpr std::size_t recovery_bytes = 15;  // 120 bits, which a fast hash may keep: OWASP ASVS 5.0, 6.5.2 asks for 112

std::string in_fours(std::string_view text) {
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += ' ';
    grouped += text[i];
  }
  return grouped;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string without_blanks(std::string_view typed) {
  std::string plain;
  std::copy_if(typed.begin(), typed.end(), std::back_inserter(plain),
               [](char c) { return c != ' ' && c != '\t' && c != '-'; });
  return plain;
}

}  // namespace

std::int64_t step_at(Moment now) {
  return now.milliseconds / (step_seconds * 1000);
}

std::string code_at(std::string_view seed, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter.at(i) = static_cast<unsigned char>((static_cast<std::uint64_t>(step) >> (8 * (7 - i))) & 0xFFU);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  if (HMAC(EVP_sha1(), seed.data(), static_cast<int>(seed.size()), counter.data(), counter.size(), mac.data(),
           &length) == nullptr ||
      length != 20)
    throw Unavailable("HMAC-SHA-1 is not to be had");
  const std::size_t at = mac[19] & 0x0FU;
  const auto value = (static_cast<std::uint32_t>(mac.at(at) & 0x7FU) << 24U) |
                     (static_cast<std::uint32_t>(mac.at(at + 1)) << 16U) |
                     (static_cast<std::uint32_t>(mac.at(at + 2)) << 8U) | mac.at(at + 3);
  return fmt::format("{:06}", value % six_digits);
}

std::optional<std::int64_t> step_of_code(std::string_view seed, std::string_view typed, Moment now,
                                         std::optional<std::int64_t> last_used) {
  const auto code = without_blanks(typed);
  std::optional<std::int64_t> found;
  for (const auto step : {step_at(now) - 1, step_at(now)})
    if (same_secret(code_at(seed, step), code)) found = step;
  if (found && last_used && *found <= *last_used) return {};
  return found;
}

std::string app_address(std::string_view seed, std::string_view issuer, std::string_view account) {
  return "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + base32(seed) +
         "&issuer=" + encoded(issuer) + "&algorithm=SHA1&digits=6&period=" + std::to_string(step_seconds);
}

std::string seed_to_type(std::string_view seed) {
  return in_fours(base32(seed));
}

std::string new_recovery_code() {
  return in_fours(lower(base32(random_bytes(recovery_bytes))));
}

std::string plain_recovery_code(std::string_view typed) {
  return lower(without_blanks(typed));
}

}  // namespace cairn::accounts
