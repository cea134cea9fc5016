// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "shipped_policy.hpp"

namespace cairn::app {
namespace {

TEST(Commands, EachHasARowOfThePolicy) {
  EXPECT_EQ(command_faults(tests::shipped_policy()), std::vector<std::string>());
}

TEST(Commands, AreToldWhereThePolicyKnowsNothingOfThem) {
  const auto faults =
      command_faults(policy::Policy::from_toml("[[record]]\nname = \"backup\"\nsays = \"Copies.\"\n"
                                               "[record.allow]\ncreate = [\"operator\"]\nrestore = [\"lead\"]\n"));
  const auto told = [&](const std::string& command) {
    return std::any_of(faults.begin(), faults.end(), [&](const auto& fault) { return fault.starts_with(command); });
  };
  EXPECT_FALSE(told("cairn backup "));
  for (const auto* command : {"cairn restore ", "cairn account add ", "cairn inventory import ", "cairn keys rotate "})
    EXPECT_TRUE(told(command)) << command;
  EXPECT_FALSE(told("cairn account has")) << "a word with commands below it does nothing itself";
}

}  // namespace
}  // namespace cairn::app
