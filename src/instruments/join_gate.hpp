// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"

namespace cairn::instruments {

// Keeps programs out of a group link without puzzles: who begins must have looked at the page for a moment, sends each
// page once, leaves alone a field people do not see, and a network may begin so many times at once and then so many a
// minute. A link at which many were refused is besieged for a while: then a network from which nobody had begun there
// may begin once in a quarter of an hour, and the others go on as before. All that is remembered is in memory and about
// links and networks, never about people. Safe to use from several threads.
class JoinGate {
 public:
  // `key` of 32 bytes: stamps of another key are no stamps.
  explicit JoinGate(std::string key) : key_(std::move(key)) {}

  // Goes into the form. Says when it was drawn, and cannot be made up.
  std::string stamp(Moment now) const;

  struct Knock {
    std::string link;
    std::string network;
    std::string stamp;
    bool fills_the_trap = false;
  };
  enum class Verdict {
    enters,
    trapped,   // filled the field that people do not see
    too_soon,  // sent back sooner than anybody reads
    no_stamp,  // made up, older than half a day, or used before
    too_many   // of this network just now
  };
  Verdict ask(const Knock& knock, Moment now);

  static constexpr std::int64_t shortest_look = 2;            // seconds
  static constexpr std::int64_t longest_look = 12 * 60 * 60;  // seconds
  static constexpr double burst = 40;                         // a team room behind one address
  static constexpr double a_second = 0.1;                     // and then one every ten seconds
  static constexpr double besieged_at = 60;                   // refusals that were not forgiven
  static constexpr double most_held_against = 120;            // of them; over ten minutes after the last it is calm
  static constexpr double forgiven_a_second = 0.1;
  static constexpr double burst_of_strangers = 1;  // while it is besieged
  static constexpr double strangers_a_second = 1.0 / (15 * 60);
  static constexpr std::size_t most_remembered = 100'000;

 private:
  // Fills slowly, and is taken from.
  struct Bucket {
    double left = 0;
    Moment filled;
    bool known = false;  // somebody began from there while all was calm
  };
  struct Siege {
    double refused = 0;
    Moment counted;
  };
  using Way = std::pair<std::string, std::string>;  // link, network

  Verdict fault_of(const Knock& knock, Moment now) const;
  bool is_besieged(const std::string& link, Moment now);
  void note_refusal(const std::string& link, Moment now);
  bool takes_from(const Way& way, bool besieged, Moment now);

  const std::string key_;
  std::mutex mutex_;
  std::map<std::string, Moment, std::less<>> used_;  // stamps
  std::map<Way, Bucket> ways_;
  std::map<std::string, Siege> sieges_;  // by link
};

}  // namespace cairn::instruments
