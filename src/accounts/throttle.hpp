// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace cairn::accounts {

// The network an address belongs to, as text to compare: the first 24 bits of IPv4 (also when written inside IPv6), the
// first 56 of IPv6. What is no address is its own network.
std::string network_of(std::string_view address);

// Slows guessing down without ever locking anybody out.
//
// For each account (known or not: what was typed is the key) every failure in a row doubles the wait before the next
// try, from 1 second to
// 60. For each network, ten failures at once, then one more for every 6 seconds. A success forgets the account's
// failures and costs the network nothing. Kept in memory: a restart forgets. Safe to use from several threads.
class Throttle {
 public:
  // Where a try must wait: whole seconds, 1 or more. 0 lets it through, and counts it as a failure until succeeded()
  // says otherwise, so that a hundred tries at once do not all slip past.
  std::int64_t seconds_to_wait(const std::string& account_key, std::string_view address, Moment now);
  void succeeded(const std::string& account_key, std::string_view address);

  // At most this many accounts and this many networks are remembered; the longest quiet are forgotten first.
  static constexpr std::size_t most_remembered = 50000;

 private:
  struct Failures {
    int in_a_row = 0;
    Moment last;
  };
  struct Bucket {
    double tokens = 10;
    Moment filled;
  };
  std::mutex mutex_;
  std::map<std::string, Failures> accounts_;
  std::map<std::string, Bucket> networks_;
};

}  // namespace cairn::accounts
