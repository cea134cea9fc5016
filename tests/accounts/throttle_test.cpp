// SPDX-License-Identifier: Apache-2.0
#include "accounts/throttle.hpp"

#include <gtest/gtest.h>

#include "accounts/guessing.hpp"

namespace cairn::accounts {
namespace {

constexpr Moment start{1772528400000};

std::int64_t wait(Throttle& throttle, const std::string& account, const std::string& address, Moment now,
                  const std::string& device = "") {
  return throttle.ask({account, address, device}, now).seconds;
}

// Somebody in one network who waits as told each time and brings the ticket along.
class Patient {
 public:
  Patient(Throttle& throttle, std::string account, std::string address)
      : throttle_(throttle), one_{std::move(account), std::move(address)} {}
  std::int64_t wait(Moment now) {
    const auto turn = throttle_.ask(one_, now);
    if (!turn.ticket.empty()) one_.ticket = turn.ticket;
    return turn.seconds;
  }
  const std::string& ticket() const { return one_.ticket; }

 private:
  Throttle& throttle_;
  Try one_;
};

TEST(Throttle, DoublesTheWaitUpToAMinute) {
  Throttle throttle;
  Patient robin(throttle, "robin", "10.0.0.1");
  Moment now = start;
  for (const std::int64_t seconds : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
    EXPECT_EQ(robin.wait(now), 0);
    EXPECT_EQ(robin.wait(now), seconds);
    now = later(now, seconds);
  }
}

TEST(Throttle, AskingAgainDuringTheWaitDoesNotLengthenIt) {
  Throttle throttle;
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", start), 0);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", start), 1);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", later(start, 1)), 0);
}

TEST(Throttle, ForgetsFailuresOnceSignedIn) {
  Throttle throttle;
  Moment now = start;
  for (int i = 0; i < 4; ++i, now = later(now, 60)) wait(throttle, "robin", "10.0.0.1", now);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", now), 0);
  throttle.succeeded({"robin", "10.0.0.1"});
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", now), 0);
}

TEST(Throttle, ForgetsFailuresAfterAQuarterOfAnHour) {
  Throttle throttle;
  Moment now = start;
  for (int i = 0; i < 8; ++i, now = later(now, 60)) wait(throttle, "robin", "10.0.0.1", now);
  now = later(now, 16 * 60);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", now), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", later(now, 1)), 0) << "the wait is one second again";
}

TEST(Throttle, LetsANetworkFailTenTimesThenEverySixSeconds) {
  Throttle throttle;
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(wait(throttle, "account" + std::to_string(i), "10.0.0." + std::to_string(i), start), 0);
  EXPECT_EQ(wait(throttle, "another", "10.0.0.99", start), 6);
  EXPECT_EQ(wait(throttle, "another", "10.0.1.99", start), 0) << "another network";
  EXPECT_EQ(wait(throttle, "third", "10.0.0.99", later(start, 6)), 0);
  EXPECT_EQ(wait(throttle, "fourth", "10.0.0.99", later(start, 6)), 6);
}

TEST(Throttle, ASuccessCostsTheNetworkNothing) {
  Throttle throttle;
  for (int i = 0; i < 100; ++i) {
    const auto account = "account" + std::to_string(i);
    ASSERT_EQ(wait(throttle, account, "10.0.0.1", start), 0) << i;
    throttle.succeeded({account, "10.0.0.1"});
  }
}

TEST(Throttle, GivesADeviceABucketOfItsOwn) {
  Throttle throttle;
  for (int i = 0; i < 50; ++i) wait(throttle, "robin", "10.0." + std::to_string(i) + ".1", start);
  EXPECT_GT(wait(throttle, "robin", "10.0.0.1", start), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", start, "phone"), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", start, "phone"), 1) << "whoever has stolen it guesses no faster";
  EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", start, "laptop"), 0);
  EXPECT_EQ(wait(throttle, "wren", "10.0.9.1", start, "phone"), 0) << "of each account";
}

// Five tries of others, so that turns are 16 seconds apart; the last was 15 seconds after the start.
Moment crowd(Throttle& throttle) {
  auto now = start;
  for (const std::int64_t apart : {0, 1, 2, 4, 8}) {
    now = later(now, apart);
    EXPECT_EQ(wait(throttle, "robin", "10.0." + std::to_string(apart) + ".1", now), 0);
  }
  return now;
}

TEST(Throttle, KeepsATurnForWhoeverWaitsForItAsTold) {
  Throttle throttle;
  auto now = crowd(throttle);
  Patient owner(throttle, "robin", "192.0.2.9");
  EXPECT_EQ(owner.wait(now), 16);
  EXPECT_EQ(owner.wait(later(now, 3)), 13) << "impatience does not lengthen it";
  const auto first = owner.ticket();
  now = later(now, 16);
  EXPECT_EQ(wait(throttle, "robin", "10.0.9.1", now), 1) << "without a ticket";
  EXPECT_EQ(throttle.ask({"robin", "10.0.9.1", {}, first}, now).seconds, 1) << "of another network";
  EXPECT_EQ(throttle.ask({"wren", "192.0.2.9", {}, first}, now).seconds, 0) << "another account has turns of its own";
  EXPECT_EQ(owner.wait(now), 0);
  EXPECT_EQ(throttle.ask({"robin", "192.0.2.9", {}, first}, later(now, 32)).seconds, 1) << "it is used up";
}

TEST(Throttle, TakesNoTicketThatIsChangedOldOrEarly) {
  Throttle throttle;
  auto now = crowd(throttle);
  Patient owner(throttle, "robin", "192.0.2.9");
  owner.wait(now);
  now = later(now, 16);
  const auto ticket = owner.ticket();
  const auto ask = [&](const std::string& with, Moment when) {
    return throttle.ask({"robin", "192.0.2.9", {}, with}, when).seconds;
  };
  for (std::size_t i = 0; i < ticket.size(); ++i) {
    auto other = ticket;
    other[i] = other[i] == '1' ? '2' : '1';
    EXPECT_GT(ask(other, now), 0) << other;
  }
  for (const auto* const other : {"", "-", "1", "99999999999999999999-00", "x"}) EXPECT_GT(ask(other, now), 0) << other;
  EXPECT_GT(ask(ticket, {later(now, 0).milliseconds - 1}), 0);
  EXPECT_GT(ask(ticket, later(now, Throttle::ticket_seconds + 1)), 0);
  EXPECT_EQ(ask(ticket, later(now, Throttle::ticket_seconds)), 0);
}

TEST(Throttle, WhoeverHasHadATurnLetsOthersGoFirst) {
  Throttle throttle;
  auto now = crowd(throttle);
  Patient guesser(throttle, "robin", "10.0.0.1");
  EXPECT_EQ(guesser.wait(now), 16) << "nobody else waits";
  now = later(now, 16);
  EXPECT_EQ(guesser.wait(now), 0);
  Patient owner(throttle, "robin", "192.0.2.9");
  EXPECT_EQ(owner.wait(now), 32);
  EXPECT_EQ(guesser.wait(now), 32 + Throttle::head_start);
  now = later(now, 32);
  EXPECT_GT(guesser.wait(now), 0);
  EXPECT_EQ(owner.wait(now), 0);
}

TEST(Throttle, WarnsTheOwnerOnceAtTheTenthFailureOfAnHour) {
  Throttle throttle;
  int warned = 0;
  Moment now = start;
  std::string ticket;
  for (int i = 1; i <= 40; ++i, now = later(now, 61)) {
    const auto turn = throttle.ask({"robin", "10.0.0.1", {}, ticket}, now);
    EXPECT_EQ(turn.seconds, 0) << i;
    ticket = throttle.ask({"robin", "10.0.0.1"}, now).ticket;
    EXPECT_TRUE(i == 10 || !turn.warn_owner) << i;
    warned += turn.warn_owner ? 1 : 0;
  }
  EXPECT_EQ(warned, 1);
}

// Ten thousand wrong guesses at one account from a thousand networks within ten minutes.
class UnderAttack : public testing::TestWithParam<tests::Order> {};

TEST_P(UnderAttack, TheOwnersDeviceGetsInEachTime) {
  for (int second = 5; second <= 600; second += 35) {
    tests::Guessing guessing(GetParam());
    guessing.run_until(second);
    EXPECT_LE(guessing.owner_with_device(), 2) << "after " << second << " seconds";
  }
}

TEST_P(UnderAttack, TheOwnerInANewBrowserGetsInWithinAMinute) {
  for (int second = 0; second <= 540; second += 20) {
    tests::Guessing guessing(GetParam());
    guessing.run_until(second);
    EXPECT_LE(guessing.owner_without_device(), 60) << "after " << second << " seconds";
  }
}

TEST_P(UnderAttack, FewGuessesReachTheHash) {
  tests::Guessing guessing(GetParam());
  guessing.run_until(600);
  EXPECT_EQ(guessing.guesses(), 10000);
  EXPECT_LE(guessing.let_through(), 20);
}

INSTANTIATE_TEST_SUITE_P(Orders, UnderAttack,
                         testing::Values(tests::Order::in_turn, tests::Order::one_network_after_the_other,
                                         tests::Order::by_chance));

TEST(Throttle, LetsAtMostAHundredAnHourThrough) {
  Throttle throttle;
  // Five tries a second for three hours, each from another network with whatever ticket it has, while the owner signs
  // in now and then.
  std::vector<std::int64_t> through;
  std::map<std::string, std::string> tickets;
  for (std::int64_t tenth = 0; tenth < 3 * 36000; tenth += 2) {
    const Moment now{start.milliseconds + tenth * 100};
    const auto address = "10." + std::to_string(tenth / 256 % 256) + "." + std::to_string(tenth % 256) + ".1";
    const auto turn = throttle.ask({"robin", address, {}, tickets[address]}, now);
    if (turn.seconds > 0) {
      tickets[address] = turn.ticket;
      continue;
    }
    through.push_back(tenth);
    if (through.size() % 7 == 0) throttle.succeeded({"robin", address});
  }
  for (std::size_t i = 100; i < through.size(); ++i) EXPECT_GT(through[i] - through[i - 100], 36000) << i;
}

TEST(Network, IsTwentyFourOrFiftySixBits) {
  EXPECT_EQ(network_of("10.1.2.3"), network_of("10.1.2.250"));
  EXPECT_NE(network_of("10.1.2.3"), network_of("10.1.3.3"));
  EXPECT_EQ(network_of("::ffff:10.1.2.3"), network_of("10.1.2.9"));
  EXPECT_EQ(network_of("2001:db8:1:ab00::1"), network_of("2001:db8:1:abff:ffff::2"));
  EXPECT_EQ(network_of("2001:db8::ffff:1"), network_of("2001:db8::1")) << "shortened addresses are read, not compared";
  EXPECT_NE(network_of("2001:db8:1:ab00::1"), network_of("2001:db8:1:aa00::1"));
  EXPECT_EQ(network_of("no address"), "no address");
}

}  // namespace
}  // namespace cairn::accounts
