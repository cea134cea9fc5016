// SPDX-License-Identifier: Apache-2.0
#include "accounts/throttle.hpp"

#include <gtest/gtest.h>

namespace cairn::accounts {
namespace {

constexpr Moment start{1772528400000};

TEST(Throttle, DoublesTheWaitUpToAMinute) {
  Throttle throttle;
  Moment now = start;
  for (const std::int64_t wait : {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
    EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", now), 0);
    EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", now), wait);
    now = later(now, wait);
  }
}

TEST(Throttle, AskingAgainDuringTheWaitDoesNotLengthenIt) {
  Throttle throttle;
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", start), 0);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", start), 1);
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", later(start, 1)), 0);
}

TEST(Throttle, ForgetsFailuresOnceSignedIn) {
  Throttle throttle;
  Moment now = start;
  for (int i = 0; i < 5; ++i, now = later(now, 60)) throttle.seconds_to_wait("robin", "10.0.0.1", now);
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", now), 0);
  throttle.succeeded("robin", "10.0.0.1");
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", now), 0);
}

TEST(Throttle, ForgetsFailuresAfterAQuarterOfAnHour) {
  Throttle throttle;
  Moment now = start;
  for (int i = 0; i < 8; ++i, now = later(now, 60)) throttle.seconds_to_wait("robin", "10.0.0.1", now);
  now = later(now, 16 * 60);
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", now), 0);
  EXPECT_EQ(throttle.seconds_to_wait("robin", "10.0.0.1", later(now, 1)), 0) << "the wait is one second again";
}

TEST(Throttle, LetsANetworkFailTenTimesThenEverySixSeconds) {
  Throttle throttle;
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(throttle.seconds_to_wait("account" + std::to_string(i), "10.0.0." + std::to_string(i), start), 0);
  EXPECT_EQ(throttle.seconds_to_wait("another", "10.0.0.99", start), 6);
  EXPECT_EQ(throttle.seconds_to_wait("another", "10.0.1.99", start), 0) << "another network";
  EXPECT_EQ(throttle.seconds_to_wait("third", "10.0.0.99", later(start, 6)), 0);
  EXPECT_EQ(throttle.seconds_to_wait("fourth", "10.0.0.99", later(start, 6)), 6);
}

TEST(Throttle, ASuccessCostsTheNetworkNothing) {
  Throttle throttle;
  for (int i = 0; i < 100; ++i) {
    const auto account = "account" + std::to_string(i);
    ASSERT_EQ(throttle.seconds_to_wait(account, "10.0.0.1", start), 0) << i;
    throttle.succeeded(account, "10.0.0.1");
  }
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
