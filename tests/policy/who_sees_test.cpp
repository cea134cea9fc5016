// SPDX-License-Identifier: Apache-2.0
#include "policy/who_sees.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace cairn::policy {
namespace {

const Policy& tea() {
  static const Policy policy = Policy::from_toml(R"([[record]]
name = "tea"
says = "Tea."
logged = true
barriers = ["block", "conflict", "shield"]
[record.allow]
list = ["hr", "lead:reach", "worker:own", "mentor:granted", "line_manager:assigned", "supervisor:assigned+state=hot"]
read = ["lead:reach", "worker:own", "mentor:granted", "supervisor:assigned+state=hot", "line_manager:assigned", "sponsor:team", "researcher"]
create = ["worker:own", "adviser", "hr"]
share = ["worker:own"]
break_glass = ["line_manager:reach+step_up", "trainer:reach+step_up"]
[[record.part]]
name = "leaf"
says = "Its leaf."
[record.part.allow]
read = ["worker:own"]
)");
  return policy;
}

TEST(WhoSees, SaysInAWordHowMuchEachRoleSees) {
  const auto lines = who_sees(tea());
  ASSERT_EQ(lines.size(), 2U);
  using enum Sight;
  const std::map<Role, std::vector<Seen>> expected{{Role::lead, {{their_part}}},
                                                   {Role::worker, {{own}}},
                                                   {Role::line_manager, {{assigned}, {emergency}}},
                                                   {Role::supervisor, {{assigned, true}}},
                                                   {Role::mentor, {{granted}}},
                                                   {Role::trainer, {{emergency}}},
                                                   {Role::hr, {{exists}}},
                                                   {Role::adviser, {{adds}}},
                                                   {Role::sponsor, {{their_team}}},
                                                   {Role::researcher, {{all}}}};
  EXPECT_EQ(lines[0].seen, expected);
  EXPECT_TRUE(lines[0].logged && lines[0].shielded && lines[0].closed_to_those_named);
  EXPECT_EQ(lines[0].says, "Tea.");
}

TEST(WhoSees, TellsOfEachPartByItself) {
  const auto lines = who_sees(tea());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].part, "leaf");
  EXPECT_EQ(lines[1].says, "Its leaf.");
  EXPECT_EQ(lines[1].seen, (std::map<Role, std::vector<Seen>>{{Role::worker, {{Sight::own}}}}));
}

}  // namespace
}  // namespace cairn::policy
