// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "accounts/throttle.hpp"

namespace cairn::tests {

// In which order the networks of an attack try.
enum class Order { in_turn, one_network_after_the_other, by_chance };

// An attack on one account under a clock of its own: ten thousand wrong guesses, evenly over ten minutes, from a
// thousand networks, ten each. Wherever a guess is told to wait it is lost.
class Guessing {
 public:
  explicit Guessing(Order order) : order_(order) {}

  // Up to so many seconds after the beginning.
  void run_until(std::int64_t seconds) {
    while (sent_ < seconds * 1000 / between && sent_ < 10000) guess();
  }
  // Seconds until the owner, who knows the password, is let in: in a browser they have used before, and in a new one
  // from a network that is not guessing. The owner waits as told and tries again, while the attack goes on.
  std::int64_t owner_with_device() { return owner("phone"); }
  std::int64_t owner_without_device() { return owner(""); }

  int guesses() const { return sent_; }
  int let_through() const { return through_; }

 private:
  static constexpr std::int64_t between = 60;  // milliseconds
  static constexpr Moment start{1772528400000};

  std::string network() {
    const int number = order_ == Order::in_turn                       ? sent_ % 1000
                       : order_ == Order::one_network_after_the_other ? sent_ / 10
                                                                      : static_cast<int>(chance_() % 1000);
    return "10." + std::to_string(number / 256) + "." + std::to_string(number % 256) + ".7";
  }
  Moment now() const { return {start.milliseconds + sent_ * between}; }
  void guess() {
    if (throttle_.ask({"owner", network()}, now()).seconds == 0) ++through_;
    ++sent_;
  }
  std::int64_t owner(const std::string& device) {
    const auto began = sent_;
    std::string ticket;
    while (sent_ < began + 300 * 1000 / between) {
      const auto turn = throttle_.ask({"owner", "192.0.2.9", device, ticket}, now());
      if (turn.seconds == 0) break;
      ticket = turn.ticket;
      for (std::int64_t i = 0; i < (turn.seconds * 1000 + between - 1) / between; ++i) guess();
    }
    return (sent_ - began) * between / 1000;
  }

  const Order order_;
  accounts::Throttle throttle_;
  std::mt19937 chance_{7};
  int sent_ = 0;
  int through_ = 0;
};

}  // namespace cairn::tests
