// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.hpp"

namespace cairn::privacy {

// Why somebody opens a record that is not open to them: a life is at stake, somebody may come to harm, a concern about
// somebody's safety is being looked into.
enum class Emergency { life, harm, safeguarding };
std::string_view code(Emergency emergency);  // "life"
std::optional<Emergency> emergency_from_code(std::string_view code);

// Broken glass opens one record for reading, for this long.
inline constexpr std::int64_t seconds_open = 60 * 60;
// One person may break the glass this often within so many days.
inline constexpr std::int64_t most_breaks = 3;
inline constexpr int days_of_breaks = 7;

struct GlassForm {
  std::string emergency;  // code
  std::string reason;
};
struct NewBreak {
  Emergency emergency;
  std::string reason;
  bool operator==(const NewBreak&) const = default;
};
// One of the three, and a reason of 30 to 2,000 characters: enough for whoever looks into it, and for the owner, to
// understand. Every problem at once.
Checked<NewBreak> check_break(const GlassForm& form);

// What the privacy guardian finds.
enum class Finding { right, not_right };
std::string_view code(Finding finding);  // "not_right"
std::optional<Finding> finding_from_code(std::string_view code);

}  // namespace cairn::privacy
