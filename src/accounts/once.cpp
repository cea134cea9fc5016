// SPDX-License-Identifier: Apache-2.0
#include "accounts/once.hpp"

#include "accounts/totp.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr std::size_t setup_letters = 12;

}  // namespace

std::string SetupCode::fresh() {
  const auto letters = lower(base32(random_bytes(setup_letters))).substr(0, setup_letters);
  return letters.substr(0, 4) + "-" + letters.substr(4, 4) + "-" + letters.substr(8);
}

SetupCode::SetupCode(std::string_view code) : hash_(sha256(plain_recovery_code(code))) {}

bool SetupCode::fits(std::string_view typed) const {
  return same_secret(hash_, sha256(plain_recovery_code(typed)));
}

std::string OneTimeLinks::add(const std::string& whom) {
  const auto secret = lower(base32(random_bytes(secret_bytes)));
  const std::lock_guard lock(mutex_);
  by_hash_.emplace(sha256(secret), whom);
  return secret;
}

std::optional<std::string> OneTimeLinks::find(std::string_view secret) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_hash_.find(sha256(secret));
  return found == by_hash_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> OneTimeLinks::take(std::string_view secret) {
  const std::lock_guard lock(mutex_);
  const auto found = by_hash_.find(sha256(secret));
  if (found == by_hash_.end()) return {};
  auto whom = found->second;
  by_hash_.erase(found);
  return whom;
}

}  // namespace cairn::accounts
