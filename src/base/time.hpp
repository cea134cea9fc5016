// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

// An instant in UTC, to the millisecond.
struct Moment {
  std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z
  auto operator<=>(const Moment&) const = default;
};

// A day on the calendar, without a zone.
struct Date {
  int year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  auto operator<=>(const Date&) const = default;
};

// The clock is handed in, so that tests can stop it. Must be safe to call from any thread.
using Clock = std::function<Moment()>;
Clock system_clock();

Moment later(Moment moment, std::int64_t seconds);

// The first moment of its week, Monday 00:00 UTC: all that may be known of when somebody answered.
Moment week_of(Moment moment);

// "2026-03-03T09:05:00.000Z": sorts as text in order of time. The form stored in every table.
std::string iso(Moment moment);
// Reads what iso() writes, and nothing else.
std::optional<Moment> moment_from_iso(std::string_view text);

// "2026-03-03".
std::string iso(Date date);
// Reads "2026-03-03"; refuses days the calendar does not have.
std::optional<Date> date_from_iso(std::string_view text);

// The day it is in an IANA time zone ("Europe/London") at a moment. Throws std::runtime_error for an unknown zone.
Date date_in_zone(Moment moment, std::string_view zone);
// The first moment of a day in an IANA time zone. Throws std::runtime_error for an unknown zone.
Moment start_of(Date day, std::string_view zone);
Date days_after(Date date, int days);
int days_between(Date from, Date to);
// 0 is Sunday.
int weekday(Date date);

}  // namespace cairn
