// SPDX-License-Identifier: Apache-2.0
#include "accounts/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::int64_t longest_wait = 60;  // seconds
constexpr double burst = 10;
constexpr double tokens_a_second = 1.0 / 6.0;
// After this long without a failure, an account starts afresh.
constexpr std::int64_t forgotten_after = 15 * 60;

std::int64_t wait_after(int failures_in_a_row) {
  if (failures_in_a_row == 0) return 0;
  return failures_in_a_row > 6 ? longest_wait
                               : std::min<std::int64_t>(longest_wait, std::int64_t{1} << (failures_in_a_row - 1));
}

std::int64_t seconds_until(Moment then, Moment now) {
  return then <= now ? 0 : (then.milliseconds - now.milliseconds + 999) / 1000;
}

template <class Kept, class When>
void make_room(std::map<std::string, Kept>& kept, When&& when) {
  if (kept.size() < Throttle::most_remembered) return;
  kept.erase(std::min_element(kept.begin(), kept.end(), [&](const auto& one, const auto& other) {
    return when(one.second) < when(other.second);
  }));
}

}  // namespace

std::string network_of(std::string_view address) {
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return hex({bytes.data(), 3});
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  const auto mapped = std::string(10, '\0') + "\xff\xff";  // IPv4 written inside IPv6
  const std::string_view all(bytes.data(), bytes.size());
  return all.starts_with(mapped) ? hex(all.substr(12, 3)) : hex(all.substr(0, 7));
}

std::int64_t Throttle::seconds_to_wait(const std::string& account_key, std::string_view address, Moment now) {
  const std::lock_guard lock(mutex_);
  make_room(accounts_, [](const Failures& failures) { return failures.last; });
  make_room(networks_, [](const Bucket& bucket) { return bucket.filled; });
  auto& failures = accounts_[account_key];
  if (later(failures.last, forgotten_after) < now) failures.in_a_row = 0;
  auto& bucket = networks_.try_emplace(network_of(address), Bucket{burst, now}).first->second;
  const auto passed =
      static_cast<double>(std::max<std::int64_t>(0, now.milliseconds - bucket.filled.milliseconds)) / 1000.0;
  bucket.tokens = std::min(burst, bucket.tokens + passed * tokens_a_second);
  bucket.filled = now;

  const auto account_wait = seconds_until(later(failures.last, wait_after(failures.in_a_row)), now);
  const auto network_wait =
      bucket.tokens >= 1 ? 0 : static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / tokens_a_second));
  if (account_wait > 0 || network_wait > 0) return std::max(account_wait, network_wait);
  bucket.tokens -= 1;
  failures.in_a_row += 1;
  failures.last = now;
  return 0;
}

void Throttle::succeeded(const std::string& account_key, std::string_view address) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account_key);
  const auto bucket = networks_.find(network_of(address));
  if (bucket != networks_.end()) bucket->second.tokens = std::min(burst, bucket->second.tokens + 1);
}

}  // namespace cairn::accounts
