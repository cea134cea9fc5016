// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <gtest/gtest.h>

namespace cairn {
namespace {

TEST(Time, WritesAMomentSoThatTextSortsAsTime) {
  EXPECT_EQ(iso(Moment{0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso(Moment{1772528700000}), "2026-03-03T09:05:00.000Z");
  EXPECT_LT(iso(Moment{999}), iso(Moment{1000}));
  EXPECT_LT(iso(Moment{-1}), iso(Moment{0}));
}

TEST(Time, ReadsBackWhatItWrote) {
  for (const std::int64_t at : {0L, 1L, 1772528700123L, -86400000L, 4102444799999L})
    EXPECT_EQ(moment_from_iso(iso(Moment{at})), Moment{at});
}

TEST(Time, RefusesWhatIsNotAMoment) {
  for (const char* text : {"", "2026-03-03", "2026-03-03T09:05:00Z", "2026-03-03 09:05:00.000Z",
                           "2026-02-30T00:00:00.000Z", "2026-03-03T24:00:00.000Z", "2026-03-03T09:60:00.000Z",
                           "2026-03-03T09:05:61.000Z", "2026-03-03T-1:05:00.000Z", "2026-03-03T09:05:00.000+"})
    EXPECT_FALSE(moment_from_iso(text)) << text;
}

TEST(Time, RefusesDaysTheCalendarDoesNotHave) {
  EXPECT_EQ(date_from_iso("2024-02-29"), (Date{2024, 2, 29}));
  for (const char* text :
       {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-30", "2026-4-30", "2026-04-3x", "+026-04-30"})
    EXPECT_FALSE(date_from_iso(text)) << text;
}

TEST(Time, KnowsTheDayInTheProgrammesZone) {
  // Half past midnight in London's summer is still the day before in UTC.
  const auto moment = moment_from_iso("2026-06-30T23:30:00.000Z");
  ASSERT_TRUE(moment);
  EXPECT_EQ(date_in_zone(*moment, "Europe/London"), (Date{2026, 7, 1}));
  EXPECT_EQ(date_in_zone(*moment, "Etc/UTC"), (Date{2026, 6, 30}));
  EXPECT_THROW(date_in_zone(*moment, "Nowhere/Land"), std::runtime_error);
}

TEST(Time, CountsDaysAcrossMonthsAndLeapYears) {
  EXPECT_EQ(days_after({2024, 2, 28}, 2), (Date{2024, 3, 1}));
  EXPECT_EQ(days_after({2026, 1, 1}, -1), (Date{2025, 12, 31}));
  EXPECT_EQ(days_between({2026, 3, 1}, {2026, 2, 1}), -28);
  EXPECT_EQ(weekday({2026, 3, 3}), 2);
}

TEST(Time, KnowsTheFirstMomentOfAWeekAndOfADay) {
  const std::vector<std::pair<const char*, const char*>> weeks{
      {"2026-03-03T09:05:00.000Z", "2026-03-02T00:00:00.000Z"},
      {"2026-03-02T00:00:00.000Z", "2026-03-02T00:00:00.000Z"},
      {"2026-03-01T23:59:59.999Z", "2026-02-23T00:00:00.000Z"},
      {"1970-01-01T00:00:00.000Z", "1969-12-29T00:00:00.000Z"},
      {"1969-12-28T12:00:00.000Z", "1969-12-22T00:00:00.000Z"}};
  for (const auto& [at, monday] : weeks) {
    const auto moment = moment_from_iso(at);
    ASSERT_TRUE(moment) << at;
    EXPECT_EQ(iso(week_of(*moment)), monday) << at;
  }
  EXPECT_EQ(iso(start_of({2026, 3, 3}, "Europe/London")), "2026-03-03T00:00:00.000Z");
  EXPECT_EQ(iso(start_of({2026, 7, 1}, "Europe/London")), "2026-06-30T23:00:00.000Z");
  EXPECT_THROW(start_of({2026, 7, 1}, "Nowhere/Land"), std::runtime_error);
}

}  // namespace
}  // namespace cairn
