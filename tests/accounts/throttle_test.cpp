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

TEST(Throttle, DoublesTheWaitUpToAMinute) {
  Throttle throttle;
  Moment now = start;
  for (const std::int64_t seconds : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
    EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", now), 0);
    EXPECT_EQ(wait(throttle, "robin", "10.0.0.1", now), seconds);
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
  for (int i = 0; i < 5; ++i, now = later(now, 60)) wait(throttle, "robin", "10.0.0.1", now);
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

TEST(Throttle, KeepsATurnForWhoeverWaitsForItAsTold) {
  Throttle throttle;
  EXPECT_EQ(wait(throttle, "robin", "10.0.1.1", start), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.2.1", start), 1);
  EXPECT_EQ(wait(throttle, "robin", "10.0.4.1", start), 1);
  EXPECT_EQ(wait(throttle, "robin", "10.0.4.1", start), 1 + Throttle::grace) << "it was told, and did not wait";
  const auto then = later(start, 1);
  EXPECT_GT(wait(throttle, "robin", "10.0.1.1", then), 0) << "it has had a turn";
  EXPECT_GT(wait(throttle, "robin", "10.0.3.1", then), 0) << "it came later";
  EXPECT_GT(wait(throttle, "robin", "10.0.4.1", then), 0) << "it was impatient";
  EXPECT_EQ(wait(throttle, "robin", "10.0.2.1", then), 0);
}

TEST(Throttle, PassesATurnOnThatNobodyTakes) {
  Throttle throttle;
  EXPECT_EQ(wait(throttle, "robin", "10.0.1.1", start), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.2.1", start), 1);
  EXPECT_GT(wait(throttle, "robin", "10.0.1.1", later(start, 1)), 0);
  EXPECT_EQ(wait(throttle, "robin", "10.0.1.1", later(start, 2 + Throttle::grace)), 0);
}

TEST(Throttle, WarnsTheOwnerOnceAtTheTenthFailureOfAnHour) {
  Throttle throttle;
  int warned = 0;
  Moment now = start;
  for (int i = 1; i <= 40; ++i, now = later(now, 61)) {
    const auto turn = throttle.ask({"robin", "10.0.0.1"}, now);
    EXPECT_EQ(turn.seconds, 0);
    EXPECT_TRUE(i == 10 || !turn.warn_owner) << i;
    warned += turn.warn_owner ? 1 : 0;
  }
  EXPECT_EQ(warned, 1);
}

// Ten thousand wrong guesses at one account from a thousand networks within ten minutes.
class UnderAttack : public testing::TestWithParam<tests::Order> {};

TEST_P(UnderAttack, TheOwnersDeviceGetsInEachTime) {
  for (int second = 5; second <= 600; second += 6) {
    tests::Guessing guessing(GetParam());
    guessing.run_until(second);
    EXPECT_LE(guessing.owner_with_device(), 2) << "after " << second << " seconds";
  }
}

TEST_P(UnderAttack, TheOwnerInANewBrowserGetsInWithinAMinute) {
  // Networks that come by chance look for a while like honest people who were told to wait: it can take three minutes.
  const auto most = GetParam() == tests::Order::by_chance ? 180 : 60;
  for (int second = 0; second <= 540; second += 10) {
    tests::Guessing guessing(GetParam());
    guessing.run_until(second);
    EXPECT_LE(guessing.owner_without_device(), most) << "after " << second << " seconds";
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
  // Five tries a second for three hours, each from another network, while the owner signs in now and then.
  std::vector<std::int64_t> through;
  for (std::int64_t tenth = 0; tenth < 3 * 36000; tenth += 2) {
    const Moment now{start.milliseconds + tenth * 100};
    const auto address = "10." + std::to_string(tenth / 256 % 256) + "." + std::to_string(tenth % 256) + ".1";
    if (wait(throttle, "robin", address, now) > 0) continue;
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
