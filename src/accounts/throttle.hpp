// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace cairn::accounts {

// The network an address belongs to, as text to compare: the first 24 bits of IPv4 (also when written inside IPv6), the
// first 56 of IPv6. What is no address is its own network.
std::string network_of(std::string_view address);

// One try at signing in. The account is what was typed, known or not; `device` is empty but for a browser that has
// signed in to this very account before; `ticket` is what a browser that was told to wait brings back.
struct Try {
  std::string account;
  std::string address;
  std::string device = {};
  std::string ticket = {};
};

struct Turn {
  std::int64_t seconds = 0;  // to wait, 1 or more; 0: go on
  bool warn_owner = false;   // this is the tenth failure within an hour, if it fails
  // For whoever is told to wait, to be brought back with the next try: letters, digits and '-'.
  std::string ticket = {};
};

// Slows guessing down without ever locking anybody out.
//
// A device has a bucket of its own: each of its failures in a row doubles its wait, from 1 second to 60, whatever
// strangers do. All other tries at an account share one row of turns: after each failure the next turn opens 1, 2, 4
// ... 60 seconds later, so that at most 100 in an hour go on to the password's hash. Who comes too early is told when
// to come back, and gets a ticket. Once turns are `crowded` seconds apart or more, and several networks try, only who
// brings a ticket and waited as told gets one: so an owner who does has the next turn, within a minute, though
// thousands try without. A network that has had a turn lets others go first, by `head_start`. A network may fail ten
// times at once, then once every 6 seconds.
//
// What it cannot do: tell an owner in a new browser from strangers who wait as told, each in a network that has not had
// a turn. The link sent by letter is the way in then.
//
// A success forgets the failures of an account, but not so often that its hourly number grows past 100. Kept in memory:
// a restart forgets, tickets too. Safe to use from several threads.
class Throttle {
 public:
  // Lets a try through or tells it to wait. One let through counts as a failure until succeeded() says otherwise, so
  // that a hundred tries at once do not all slip past.
  Turn ask(const Try& one, Moment now);
  void succeeded(const Try& one);

  // At most this many accounts, devices and networks are remembered; the longest quiet are forgotten first.
  static constexpr std::size_t most_remembered = 50000;
  static constexpr std::int64_t crowded = 16;          // seconds between turns from which on they need a ticket
  static constexpr std::int64_t head_start = 20;       // seconds
  static constexpr std::int64_t ticket_seconds = 600;  // for which a ticket holds, once the wait is over

 private:
  struct Failures {
    int in_a_row = 0;
    Moment last;
    Moment hour_began;
    int this_hour = 0;
    std::map<std::string, Moment> turns = {};  // when a network last had one, while a ticket from before could hold
    std::string waits = {};                    // a network told to wait for the next turn
    bool several_wait = false;                 // and others too
  };
  struct Bucket {
    double tokens = 10;
    Moment filled;
  };

  static Turn fail(Failures& failures, Moment now);
  // When the next turn may be this network's, which is told to wait for it.
  static Moment told_to_wait(Failures& failures, const std::string& network, Moment opens);
  Turn of_device(const Try& one, Moment now);
  std::string ticket_for(const Try& one, Moment due) const;
  // Whether the ticket was given to this network for this account, its wait is over and its turn not yet had.
  bool holds_ticket(const Try& one, const Failures& failures, Moment now) const;
  std::int64_t seconds_of_network(Bucket& bucket, Moment now);

  std::mutex mutex_;
  const std::string ticket_key_ = random_bytes(32);
  std::map<std::string, Failures> accounts_;
  std::map<std::string, Failures> devices_;
  std::map<std::string, Bucket> networks_;
};

}  // namespace cairn::accounts
