// SPDX-License-Identifier: Apache-2.0
#include "accounts/totp.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

const std::string seed = "12345678901234567890";  // of RFC 6238, appendix B

TEST(Totp, MakesTheCodesOfTheStandard) {
  struct Case {
    std::int64_t seconds;
    std::string code;  // the last six of the eight digits in RFC 6238
  };
  for (const auto& [seconds, code] :
       {Case{59, "287082"}, Case{1111111109, "081804"}, Case{1111111111, "050471"}, Case{1234567890, "005924"},
        Case{2000000000, "279037"}, Case{20000000000, "353130"}})
    EXPECT_EQ(code_at(seed, step_at({seconds * 1000})), code) << seconds;
}

TEST(Totp, TakesTheCodeOfNowAndTheOneBefore) {
  const Moment now{1111111111000};
  const auto step = step_at(now);
  struct Case {
    std::string typed;
    std::optional<std::int64_t> last_used;
    std::optional<std::int64_t> found;
  };
  const auto code = [&](std::int64_t steps) { return code_at(seed, step + steps); };
  for (const auto& [typed, last_used, found] :
       {Case{code(0), {}, step}, Case{code(-1), {}, step - 1}, Case{code(-2), {}, {}}, Case{code(1), {}, {}},
        Case{"050 471", {}, step}, Case{"050471 ", {}, step}, Case{"50471", {}, {}}, Case{"", {}, {}},
        Case{"0504710", {}, {}}, Case{"abcdef", {}, {}}, Case{code(0), step - 1, step}, Case{code(0), step, {}},
        Case{code(-1), step - 1, {}}, Case{code(-1), step, {}}, Case{code(0), step + 1, {}}})
    EXPECT_EQ(step_of_code(seed, typed, now, last_used), found) << typed;
}

TEST(Totp, TellsAnAppEverythingInOneAddress) {
  EXPECT_EQ(app_address(seed, "Cairn", "robin marsh@example.org"),
            "otpauth://totp/Cairn:robin%20marsh%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Cairn"
            "&algorithm=SHA1&digits=6&period=30");
  EXPECT_EQ(seed_to_type(seed), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

TEST(RecoveryCode, HasAHundredAndTwentyBitsToType) {
  start_secrets();
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto code = new_recovery_code();
    EXPECT_EQ(code.size(), 29U) << code;
    EXPECT_EQ(plain_recovery_code(code).size(), 24U);
    EXPECT_EQ(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567 "), std::string::npos) << code;
    seen.insert(code);
  }
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_EQ(plain_recovery_code(" ABCD-efgh  ijkl"), "abcdefghijkl");
}

}  // namespace
}  // namespace cairn::accounts
