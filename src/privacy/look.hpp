// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/time.hpp"

namespace cairn::privacy {

// Through what somebody looked at a record.
enum class Surface { page, json, list, search, export_, print, command };
std::string_view code(Surface surface);  // export_ is "export"
std::optional<Surface> surface_from_code(std::string_view code);

// The day that many working days after this one: Saturdays and Sundays do not count. Public holidays are not known
// here, so a clock may run out a day early, never late.
Date working_days_after(Date day, int days);

// The privacy guardian answers a complaint, and looks into broken glass, within this many working days.
inline constexpr int working_days_to_answer = 5;
// A look may be held back from the owner for at most this many days.
inline constexpr int most_days_held_back = 14;

// What somebody says about a look that was not right, or answers: 1 to 2,000 characters.
Checked<std::string> check_words(std::string_view typed);

struct DeferralForm {
  std::string until;  // last day
  std::string reason;
};
struct NewDeferral {
  Date until;
  std::string reason;
  bool operator==(const NewDeferral&) const = default;
};
// A last day from today to fourteen days after the look, and a reason of 1 to 2,000 characters.
Checked<NewDeferral> check_deferral(const DeferralForm& form, Date looked_on, Date today);

}  // namespace cairn::privacy
