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
  Verdict knock(const std::string& stamp, const std::string& network, std::int64_t seconds,
                const std::string& link = "poster") {
    return gate.ask({link, network, stamp, false}, later(noon, seconds));
  }
  Verdict after(std::int64_t seconds, const std::string& network = "here", const std::string& link = "poster") {
    return knock(gate.stamp(noon), network, seconds, link);
  }
  void besiege(const std::string& link) {
    for (int i = 0; i < 200; ++i) EXPECT_EQ(knock("made up", "net " + std::to_string(i), 5, link), Verdict::no_stamp);
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
  EXPECT_EQ(knock(stamp, "here", 5), Verdict::enters);
  EXPECT_EQ(knock(stamp, "elsewhere", 6), Verdict::no_stamp);
}

TEST_F(Gate, TakesNoStampThatIsMadeUp) {
  auto stamp = gate.stamp(noon);
  JoinGate other(std::string(32, 'x'));
  EXPECT_EQ(knock(other.stamp(noon), "here", 5), Verdict::no_stamp);
  stamp[0] = '1';
  for (const auto& made_up : {std::string(), std::string("."), std::string(200, '.'), std::string("2026"), stamp})
    EXPECT_EQ(knock(made_up, "here", 5), Verdict::no_stamp) << made_up;
}

TEST_F(Gate, LetsInATeamRoomBehindOneAddressAndThenSlowsDown) {
  for (int i = 0; i < 40; ++i) EXPECT_EQ(after(5), Verdict::enters) << i;
  EXPECT_EQ(after(5), Verdict::too_many);
  EXPECT_EQ(after(5, "elsewhere"), Verdict::enters);
  EXPECT_EQ(after(16), Verdict::enters) << "one more every ten seconds";
  EXPECT_EQ(after(16), Verdict::too_many);
}

TEST_F(Gate, RefusesWhoFillsTheFieldThatPeopleDoNotSee) {
  EXPECT_EQ(gate.ask({"poster", "here", gate.stamp(noon), true}, later(noon, 5)), Verdict::trapped);
}

TEST_F(Gate, LetsInOneOfEachStrangeNetworkWhileALinkIsBesieged) {
  EXPECT_EQ(after(5, "team room"), Verdict::enters);
  besiege("poster");
  EXPECT_EQ(after(6, "stranger"), Verdict::enters);
  EXPECT_EQ(after(7, "stranger"), Verdict::too_many);
  EXPECT_EQ(after(9 * 60, "stranger"), Verdict::too_many);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(after(8, "team room"), Verdict::enters) << "they came before the siege: " << i;
  for (int i = 0; i < 30; ++i) EXPECT_EQ(after(8, "stranger", "another poster"), Verdict::enters) << i;
}

TEST_F(Gate, IsCalmAgainTenMinutesAfterTheLastRefusal) {
  besiege("poster");
  EXPECT_EQ(after(9 * 60, "stranger"), Verdict::enters);
  EXPECT_EQ(after(9 * 60 + 1, "stranger"), Verdict::too_many);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(after(11 * 60, "newcomer"), Verdict::enters) << i;
}

TEST_F(Gate, HoldsAFewMistakesAgainstNobody) {
  for (int i = 0; i < 50; ++i) EXPECT_EQ(after(1, "net " + std::to_string(i)), Verdict::too_soon);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(after(5, "stranger"), Verdict::enters) << i;
}

}  // namespace
}  // namespace cairn::instruments
