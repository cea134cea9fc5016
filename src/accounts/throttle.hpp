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

// One try at signing in. The account is what was typed, known or not; `device` is empty but for a browser that has
// signed in to this very account before.
struct Try {
  std::string account;
  std::string address;
  std::string device = {};
};

struct Turn {
  std::int64_t seconds = 0;  // to wait, 1 or more; 0: go on
  bool warn_owner = false;   // this is the tenth failure within an hour, if it fails
};

// Slows guessing down without ever locking anybody out.
//
// A device has a bucket of its own: each of its failures in a row doubles its wait, from 1 second to 60, whatever
// strangers do. All other tries at an account share one row of turns: after each failure the next turn opens 1, 2, 4
// ... 60 seconds later, so that at most 100 in an hour go on to the password's hash. Who comes too early is told when
// to come back. A turn is kept for `grace` seconds for a network that was told to wait once and comes back when told;
// one that tries again before or long after, or has had a turn, gets what is left. So an owner in a network that was
// not guessing gets the next turn, within a minute, though thousands try. A network may fail ten times at once, then
// once every 6 seconds.
//
// What it cannot do: tell an owner in a new browser from strangers who each come from a network that nobody has used
// and wait as told. The link sent by letter is the way in then.
//
// A success forgets the failures of an account, but not so often that its hourly number grows past 100. Kept in memory:
// a restart forgets. Safe to use from several threads.
class Throttle {
 public:
  // Lets a try through or tells it to wait. One let through counts as a failure until succeeded() says otherwise, so
  // that a hundred tries at once do not all slip past.
  Turn ask(const Try& one, Moment now);
  void succeeded(const Try& one);

  // At most this many accounts, devices and networks are remembered; the longest quiet are forgotten first.
  static constexpr std::size_t most_remembered = 50000;
  static constexpr std::size_t most_waiting = 2000;  // networks in the line of one account
  static constexpr std::int64_t grace = 20;          // seconds for which a turn is kept

 private:
  struct Waiting {
    int asked = 0;  // how often it was told to wait, but for coming back when told
    Moment due;     // when it was told to come back
  };
  struct Failures {
    int in_a_row = 0;
    Moment last;
    Moment hour_began;
    int this_hour = 0;
    std::map<std::string, Waiting> line = {};  // by network
  };
  struct Bucket {
    double tokens = 10;
    Moment filled;
  };

  Turn fail(Failures& failures, Moment now);
  static bool waits_for_turn(const Waiting& one, Moment now);
  // Seconds until the next turn may be this network's; 0 where it is now.
  static std::int64_t place_in_line(Failures& failures, const std::string& network, Moment now);
  std::int64_t seconds_of_network(Bucket& bucket, Moment now);

  std::mutex mutex_;
  std::map<std::string, Failures> accounts_;
  std::map<std::string, Failures> devices_;
  std::map<std::string, Bucket> networks_;
};

}  // namespace cairn::accounts
