// SPDX-License-Identifier: Apache-2.0
#include "instruments/join_gate.hpp"

#include <gtest/gtest.h>

#include "base/secret.hpp"

namespace cairn::instruments {
namespace {

using Verdict = JoinGate::Verdict;
const Moment noon{1772539200000};

class Gate : public testing::Test {
 protected:
  Gate() : gate(std::string(32, 'k')) { start_secrets(); }
  Verdict after(std::int64_t seconds, const std::string& network = "here") {
    return gate.ask(gate.stamp(noon), network, later(noon, seconds));
  }
  JoinGate gate;
};

TEST_F(Gate, LetsInWhoHasLookedForAMoment) {
  EXPECT_EQ(after(0), Verdict::too_soon);
  EXPECT_EQ(after(1), Verdict::too_soon);
  EXPECT_EQ(after(2), Verdict::enters);
  EXPECT_EQ(after(3600), Verdict::enters);
  EXPECT_EQ(after(12 * 3600 + 1), Verdict::no_stamp) << "left open for more than half a day";
}

TEST_F(Gate, TakesEachPageOnce) {
  const auto stamp = gate.stamp(noon);
  EXPECT_EQ(gate.ask(stamp, "here", later(noon, 5)), Verdict::enters);
  EXPECT_EQ(gate.ask(stamp, "elsewhere", later(noon, 6)), Verdict::no_stamp);
}

TEST_F(Gate, TakesNoStampThatIsMadeUp) {
  auto stamp = gate.stamp(noon);
  JoinGate other(std::string(32, 'x'));
  EXPECT_EQ(gate.ask(other.stamp(noon), "here", later(noon, 5)), Verdict::no_stamp);
  stamp[0] = '1';
  for (const auto& made_up : {std::string(), std::string("."), std::string(200, '.'), std::string("2026"), stamp})
    EXPECT_EQ(gate.ask(made_up, "here", later(noon, 5)), Verdict::no_stamp) << made_up;
}

TEST_F(Gate, LetsInATeamRoomBehindOneAddressAndThenSlowsDown) {
  for (int i = 0; i < 40; ++i) EXPECT_EQ(after(5), Verdict::enters) << i;
  EXPECT_EQ(after(5), Verdict::too_many);
  EXPECT_EQ(after(5, "elsewhere"), Verdict::enters);
  EXPECT_EQ(after(16), Verdict::enters) << "one more every ten seconds";
  EXPECT_EQ(after(16), Verdict::too_many);
}

}  // namespace
}  // namespace cairn::instruments
