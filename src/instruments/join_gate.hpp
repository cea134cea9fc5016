// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace cairn::instruments {

// Keeps programs out of a group link without puzzles: who begins must have looked at the page for a moment, sends each
// page once, and a network may begin so many times at once and then so many a minute. All that is remembered is in
// memory and about networks, never about people. Safe to use from several threads.
class JoinGate {
 public:
  // `key` of 32 bytes: stamps of another key are no stamps.
  explicit JoinGate(std::string key) : key_(std::move(key)) {}

  // Goes into the form. Says when it was drawn, and cannot be made up.
  std::string stamp(Moment now) const;
  enum class Verdict {
    enters,
    too_soon,  // sent back sooner than anybody reads
    no_stamp,  // made up, older than half a day, or used before
    too_many   // of this network just now
  };
  Verdict ask(std::string_view stamp, const std::string& network, Moment now);

  static constexpr std::int64_t shortest_look = 2;            // seconds
  static constexpr std::int64_t longest_look = 12 * 60 * 60;  // seconds
  static constexpr double burst = 40;                         // a team room behind one address
  static constexpr double a_second = 0.1;                     // and then one every ten seconds
  static constexpr std::size_t most_remembered = 100'000;

 private:
  struct Bucket {
    double left = burst;
    Moment filled;
  };
  bool takes_from(const std::string& network, Moment now);

  const std::string key_;
  std::mutex mutex_;
  std::map<std::string, Moment, std::less<>> used_;  // stamps
  std::map<std::string, Bucket> networks_;
};

}  // namespace cairn::instruments
