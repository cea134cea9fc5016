// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"
#include "instruments/asking.hpp"

namespace cairn::instruments {

// On how many days before the last day people who have not answered may be reminded. Two letters are enough at first:
// one while there is time, one before it is too late.
inline constexpr std::array<int, 6> possible_reminders{21, 14, 7, 3, 2, 1};
inline constexpr std::array<int, 2> usual_reminders{7, 2};

// "7 2", the earliest first; and read again. Throws Corrupt for anything else.
std::string reminders_as_text(const std::vector<int>& days);
std::vector<int> reminders_from_text(std::string_view text);

// As ticked. Refuses what is none of possible_reminders ("reminders"); none at all is fine.
Checked<std::vector<int>> check_reminders(const std::vector<std::string>& ticked);

// What is queued for one reminder, as text; and read again. Throws Corrupt for anything else.
struct Reminding {
  Id<Collection> collection;
  int days = 0;
};
std::string reminder_payload(const Reminding& reminding);
Reminding reminding_from(std::string_view payload);

// The last day on which somebody can begin, in the programme's zone.
Date last_day(const Period& period, std::string_view zone);
// Nine hours into the day so many days before the last day.
Moment reminder_due(const Period& period, int days, std::string_view zone);

}  // namespace cairn::instruments
