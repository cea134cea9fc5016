// SPDX-License-Identifier: Apache-2.0
#include "accounts/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
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
  return {0, failures.this_hour == warned_at};
}

// First told to wait, and back when told: the most an honest person can do.
bool Throttle::waits_for_turn(const Waiting& one, Moment now) {
  return one.asked == 1 && one.due <= now && now <= later(one.due, grace);
}

std::int64_t Throttle::place_in_line(Failures& failures, const std::string& network, Moment now) {
  const auto opens = later(failures.last, wait_after(failures.in_a_row));
  const auto own = failures.line.find(network);
  const bool first_in_line = own != failures.line.end() && waits_for_turn(own->second, now);
  const bool others_turn =
      !first_in_line && std::any_of(failures.line.begin(), failures.line.end(), [&](const auto& one) {
        return one.first != network && waits_for_turn(one.second, std::max(now, opens));
      });
  if (now >= opens && !others_turn) return 0;
  if (own == failures.line.end() && failures.line.size() >= most_waiting)
    make_room(failures.line, 1, [](const Waiting& one) { return one.due; });
  auto& told = failures.line[network];
  if (!first_in_line) told.asked += 1;
  told.due = std::max(opens, now);
  if (others_turn && (told.asked > 1 || now >= opens)) told.due = later(told.due, grace);
  return std::max<std::int64_t>(1, seconds_until(told.due, now));
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
  auto& failures = one.device.empty() ? accounts_[one.account] : devices_[one.account + one.device];
  if (later(failures.last, forgotten_after) < now) {
    failures.in_a_row = 0;
    failures.line.clear();
  }
  if (!one.device.empty()) {
    const auto wait = seconds_until(later(failures.last, wait_after(failures.in_a_row)), now);
    return wait > 0 ? Turn{wait, false} : fail(failures, now);
  }
  const auto network = network_of(one.address);
  auto& bucket = networks_.try_emplace(network, Bucket{burst, now}).first->second;
  const auto network_wait = seconds_of_network(bucket, now);
  const auto wait = std::max(place_in_line(failures, network, now), network_wait);
  if (wait > 0) return {wait, false};
  bucket.tokens -= 1;
  failures.line[network] = {2, now};  // it has had its turn
  return fail(failures, now);
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
    failures.line.erase(network_of(one.address));
    if (failures.this_hour < forgiven_below) failures.in_a_row = 0;
  }
  const auto bucket = networks_.find(network_of(one.address));
  if (bucket != networks_.end()) bucket->second.tokens = std::min(burst, bucket->second.tokens + 1);
}

}  // namespace cairn::accounts
