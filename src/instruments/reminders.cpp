// SPDX-License-Identifier: Apache-2.0
#include "instruments/reminders.hpp"

#include <algorithm>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::instruments {
namespace {

constexpr std::int64_t morning_seconds = std::int64_t{9} * 60 * 60;

bool is_possible(std::int64_t days) {
  return std::find(possible_reminders.begin(), possible_reminders.end(), days) != possible_reminders.end();
}

}  // namespace

std::string reminders_as_text(const std::vector<int>& days) {
  std::string text;
  for (const auto possible : possible_reminders)
    if (std::find(days.begin(), days.end(), possible) != days.end())
      text += (text.empty() ? "" : " ") + std::to_string(possible);
  return text;
}

std::vector<int> reminders_from_text(std::string_view text) {
  std::vector<int> days;
  if (text.empty()) return days;
  for (const auto part : split(text, ' ')) {
    const auto number = whole_number(part);
    if (!number || !is_possible(*number)) throw Corrupt("a reminder on a day that is none");
    days.push_back(static_cast<int>(*number));
  }
  return days;
}

Checked<std::vector<int>> check_reminders(const std::vector<std::string>& ticked) {
  std::vector<int> days;
  for (const auto& one : ticked) {
    const auto number = whole_number(one);
    if (!number || !is_possible(*number)) return std::vector{Problem{"reminders", "instruments.asking.no_reminder"}};
    days.push_back(static_cast<int>(*number));
  }
  return days;
}

std::string reminder_payload(const Reminding& reminding) {
  return reminding.collection.text + ' ' + std::to_string(reminding.days);
}

Reminding reminding_from(std::string_view payload) {
  const auto parts = split(payload, ' ');
  const auto days = parts.size() == 2 ? whole_number(parts[1]) : std::nullopt;
  if (!days || !is_possible(*days)) throw Corrupt("a reminder that cannot be read");
  return {{std::string(parts[0])}, static_cast<int>(*days)};
}

Date last_day(const Period& period, std::string_view zone) {
  return date_in_zone(Moment{period.closes_at.milliseconds - 1}, zone);
}

Moment reminder_due(const Period& period, int days, std::string_view zone) {
  return later(start_of(days_after(last_day(period, zone), -days), zone), morning_seconds);
}

}  // namespace cairn::instruments
