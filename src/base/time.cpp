// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace cairn {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text.front() == '-') return {};
  return value;
}

date::year_month_day calendar(Date day) {
  return date::year_month_day(date::year{day.year}, date::month{static_cast<unsigned>(day.month)},
                              date::day{static_cast<unsigned>(day.day)});
}

Date from_calendar(date::year_month_day day) {
  return {int(day.year()), static_cast<int>(unsigned(day.month())), static_cast<int>(unsigned(day.day()))};
}

}  // namespace

Clock system_clock() {
  return [] {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Moment{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  };
}

Moment week_of(Moment moment) {
  constexpr std::int64_t day = std::int64_t{24} * 60 * 60 * 1000;
  constexpr std::int64_t week = 7 * day;
  constexpr std::int64_t first_monday = 4 * day;  // 1970-01-05
  const auto since = moment.milliseconds - first_monday;
  const auto weeks = since >= 0 ? since / week : (since - week + 1) / week;
  return {first_monday + weeks * week};
}

Moment later(Moment moment, std::int64_t seconds) {
  return {moment.milliseconds + seconds * 1000};
}

std::string iso(Moment moment) {
  const auto instant = date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(moment.milliseconds));
  const auto day = date::floor<date::days>(instant);
  const auto calendar_day = date::year_month_day(day);
  const auto time = date::hh_mm_ss<std::chrono::milliseconds>(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(calendar_day.year()),
                     unsigned(calendar_day.month()), unsigned(calendar_day.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::optional<Moment> moment_from_iso(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
    return {};
  const auto day = date_from_iso(text.substr(0, 10));
  const auto hours = digits(text.substr(11, 2));
  const auto minutes = digits(text.substr(14, 2));
  const auto seconds = digits(text.substr(17, 2));
  const auto thousandths = digits(text.substr(20, 3));
  if (!day || !hours || !minutes || !seconds || !thousandths) return {};
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return {};
  const std::int64_t days = date::sys_days(calendar(*day)).time_since_epoch().count();
  return Moment{(((days * 24 + *hours) * 60 + *minutes) * 60 + *seconds) * 1000 + *thousandths};
}

std::string iso(Date day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::optional<Date> date_from_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return {};
  const Date result{*year, *month, *day};
  if (!calendar(result).ok()) return {};
  return result;
}

Date date_in_zone(Moment moment, std::string_view zone) {
  const auto instant = date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(moment.milliseconds));
  const auto local = date::locate_zone(std::string(zone))->to_local(instant);
  return from_calendar(date::year_month_day(date::floor<date::days>(local)));
}

Moment start_of(Date day, std::string_view zone) {
  const date::local_days local(calendar(day));
  // Where the clocks go forward at midnight, the day begins at the first moment there is.
  const auto instant = date::locate_zone(std::string(zone))->to_sys(local, date::choose::earliest);
  return {std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count()};
}

Date days_after(Date day, int days) {
  return from_calendar(date::year_month_day(date::sys_days(calendar(day)) + date::days(days)));
}

int days_between(Date from, Date to) {
  return static_cast<int>((date::sys_days(calendar(to)) - date::sys_days(calendar(from))).count());
}

int weekday(Date day) {
  return static_cast<int>(date::weekday(date::sys_days(calendar(day))).c_encoding());
}

}  // namespace cairn
