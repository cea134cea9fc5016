// SPDX-License-Identifier: Apache-2.0
#include "accounts/password.hpp"

#include <gtest/gtest.h>

namespace cairn::accounts {
namespace {

std::vector<std::string> keys(const std::vector<Problem>& problems) {
  std::vector<std::string> all;
  for (const auto& problem : problems) all.push_back(problem.key);
  return all;
}

TEST(Password, MayBeAnyLongText) {
  for (const std::string good : {"seven brass kettles", "Tuesday's rain, again?", "   fifteen spaces are not",
                                 "ÄÖÜäöüßéàèçñåøæ", "夜空に浮かぶ白い月と静かな海の波音", "xK9#vQ2$mL7@pR4!"}) {
    const auto password = check_password(good, {"Riverside peer support", "Stepping Stones"});
    ASSERT_TRUE(password) << good;
    EXPECT_EQ(password->text, good) << "nothing is cut off";
  }
  const std::string long_one = [] {
    std::string text;
    for (int i = 0; text.size() < 990; ++i) text += std::to_string(i * 7919) + " ";
    return text.substr(0, 1000);
  }();
  EXPECT_TRUE(check_password(long_one, {}));
}

TEST(Password, IsRefusedWhereItIsEasyToGuess) {
  const std::pair<std::string, std::string> cases[] = {
      {"fourteen chars", "password.problem.short"},
      {"aaaaaaaaaaaaaaaaaaaa", "password.problem.common"},
      {"abababababababababab", "password.problem.common"},
      {"summersummersummer", "password.problem.common"},
      {"123456789012345", "password.problem.common"},
      {"qwertyuiopasdfgh!", "password.problem.common"},
      {"abcdefghijklmnopq", "password.problem.common"},
      {"Password Password", "password.problem.common"},
      {"correct horse battery staple", "password.problem.common"},
      {"I love Stepping Stones", "password.problem.known"},
      {"steppingSTONES2026!", "password.problem.known"},
  };
  for (const auto& [password, problem] : cases)
    EXPECT_EQ(keys(check_password(password, {"Stepping Stones"}).problems()), std::vector{problem}) << password;
}

TEST(Password, IsRefusedWhereItIsNoTextOrTooLong) {
  EXPECT_EQ(keys(check_password("\xff\xfe\xfd not a text at all", {}).problems()),
            std::vector<std::string>{"password.problem.odd"});
  EXPECT_EQ(keys(check_password(std::string(1001, 'x'), {}).problems()),
            std::vector<std::string>{"password.problem.long"});
}

TEST(Password, MayHoldAShortNameByChance) {
  EXPECT_TRUE(check_password("the oak and the elm tree", {"Oak"}));
}

TEST(Email, IsKeptTrimmedAndInLowerCase) {
  EXPECT_EQ(*check_email("  Robin.Marsh@Example.ORG\n"), "robin.marsh@example.org");
  for (const std::string odd :
       {"", "robin", "@example.org", "robin@", "a@b@c", "two words@example.org", "a\tb@example.org"})
    EXPECT_FALSE(check_email(odd)) << odd;
  EXPECT_FALSE(check_email(std::string(250, 'a') + "@b.org"));
}

}  // namespace
}  // namespace cairn::accounts
