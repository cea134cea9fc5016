// SPDX-License-Identifier: Apache-2.0
#include "accounts/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::int64_t longest_wait = 60;  // seconds
constexpr double burst = 10;
constexpr double tokens_a_second = 1.0 / 6.0;
// After this long without a failure, an account starts afresh.
constexpr std::int64_t forgotten_after = 15 * 60;
constexpr std::int64_t hour = 60 * 60;
constexpr int warned_at = 10;
// Successes forget failures only below this number in an hour. A minute's wait allows 60 in the hour and the short
// waits before it 6 more, so that 100 are never reached.
constexpr int forgiven_below = 15;

std::int64_t wait_after(int failures_in_a_row) {
  if (failures_in_a_row == 0) return 0;
  return failures_in_a_row > 6 ? longest_wait
                               : std::min<std::int64_t>(longest_wait, std::int64_t{1} << (failures_in_a_row - 1));
}

std::int64_t seconds_until(Moment then, Moment now) {
  return then <= now ? 0 : (then.milliseconds - now.milliseconds + 999) / 1000;
}

template <class Kept, class When>
void make_room(std::map<std::string, Kept>& kept, std::size_t most, When&& when) {
  if (kept.size() < most) return;
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

Turn Throttle::fail(Failures& failures, Moment now) {
  if (later(failures.hour_began, hour) <= now || now < failures.hour_began) {
    failures.hour_began = now;
    failures.this_hour = 0;
  }
  failures.in_a_row += 1;
  failures.this_hour += 1;
  failures.last = now;
  failures.waits.clear();
  failures.several_wait = false;
  return {0, failures.this_hour == warned_at};
}

Moment Throttle::told_to_wait(Failures& failures, const std::string& network, Moment opens) {
  if (failures.waits.empty()) failures.waits = network;
  if (failures.waits != network) failures.several_wait = true;
  return failures.several_wait && failures.turns.contains(network) ? later(opens, head_start) : opens;
}

std::string Throttle::ticket_for(const Try& one, Moment due) const {
  const auto until = std::to_string(due.milliseconds);
  const auto whose = network_of(one.address);
  const auto sized = [](const std::string& text) { return std::to_string(text.size()) + ":" + text; };
  return until + "-" + hex(blake2b(sized(until) + sized(whose) + one.account, ticket_key_).substr(0, 16));
}

bool Throttle::holds_ticket(const Try& one, const Failures& failures, Moment now) const {
  Moment due;
  const auto* const begin = one.ticket.data();
  const auto* const end = begin + one.ticket.size();
  const auto read = std::from_chars(begin, end, due.milliseconds);
  if (read.ec != std::errc() || !same_secret(one.ticket, ticket_for(one, due))) return false;
  if (now < due || later(due, ticket_seconds) < now) return false;
  const auto had = failures.turns.find(network_of(one.address));
  return had == failures.turns.end() || had->second < due;
}

std::int64_t Throttle::seconds_of_network(Bucket& bucket, Moment now) {
  const auto passed =
      static_cast<double>(std::max<std::int64_t>(0, now.milliseconds - bucket.filled.milliseconds)) / 1000.0;
  bucket.tokens = std::min(burst, bucket.tokens + passed * tokens_a_second);
  bucket.filled = now;
  return bucket.tokens >= 1 ? 0 : static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / tokens_a_second));
}

Turn Throttle::ask(const Try& one, Moment now) {
  const std::lock_guard lock(mutex_);
  const auto quiet_since = [](const Failures& failures) { return failures.last; };
  make_room(accounts_, most_remembered, quiet_since);
  make_room(devices_, most_remembered, quiet_since);
  make_room(networks_, most_remembered, [](const Bucket& bucket) { return bucket.filled; });
  if (!one.device.empty()) return of_device(one, now);
  auto& failures = accounts_[one.account];
  if (later(failures.last, forgotten_after) < now) failures.in_a_row = 0;
  const auto network = network_of(one.address);
  auto& bucket = networks_.try_emplace(network, Bucket{burst, now}).first->second;
  const auto network_wait = seconds_of_network(bucket, now);
  const auto apart = wait_after(failures.in_a_row);
  const auto opens = later(failures.last, apart);
  const bool alone = failures.turns.size() == 1 && failures.turns.contains(network);
  const bool needs_ticket = apart >= crowded && !alone;
  if (now < opens || network_wait > 0 || (needs_ticket && !holds_ticket(one, failures, now))) {
    const auto due =
        std::max(told_to_wait(failures, network, opens), later(now, std::max<std::int64_t>(1, network_wait)));
    return {seconds_until(due, now), false, ticket_for(one, due)};
  }
  bucket.tokens -= 1;
  std::erase_if(failures.turns,
                [&](const auto& had) { return later(had.second, ticket_seconds + longest_wait) < now; });
  failures.turns[network] = now;
  return fail(failures, now);
}

Turn Throttle::of_device(const Try& one, Moment now) {
  auto& failures = devices_[one.account + one.device];
  if (later(failures.last, forgotten_after) < now) failures.in_a_row = 0;
  const auto wait = seconds_until(later(failures.last, wait_after(failures.in_a_row)), now);
  return wait > 0 ? Turn{wait, false} : fail(failures, now);
}

void Throttle::succeeded(const Try& one) {
  const std::lock_guard lock(mutex_);
  if (!one.device.empty()) {
    devices_.erase(one.account + one.device);
    return;
  }
  const auto account = accounts_.find(one.account);
  if (account != accounts_.end()) {
    auto& failures = account->second;
    failures.turns.erase(network_of(one.address));
    if (failures.this_hour < forgiven_below) failures.in_a_row = 0;
  }
  const auto bucket = networks_.find(network_of(one.address));
  if (bucket != networks_.end()) bucket->second.tokens = std::min(burst, bucket->second.tokens + 1);
}

}  // namespace cairn::accounts
