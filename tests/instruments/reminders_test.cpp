// SPDX-License-Identifier: Apache-2.0
#include "instruments/reminders.hpp"

#include <gtest/gtest.h>

#include "base/stop.hpp"

namespace cairn::instruments {
namespace {

Moment at(const char* text) {
  return *moment_from_iso(text);
}

TEST(Reminders, AreKeptTheEarliestFirstAndReadAgain) {
  EXPECT_EQ(reminders_as_text({2, 7}), "7 2");
  EXPECT_EQ(reminders_as_text({}), "");
  EXPECT_EQ(reminders_from_text("7 2"), (std::vector<int>{7, 2}));
  EXPECT_TRUE(reminders_from_text("").empty());
  for (const auto* odd : {"5", "7,2", " 7", "seven", "-7"}) EXPECT_THROW(reminders_from_text(odd), Corrupt) << odd;
}

TEST(Reminders, AreQueuedAsTextAndReadAgain) {
  const auto read = reminding_from(reminder_payload({{"abc"}, 7}));
  EXPECT_EQ(read.collection.text, "abc");
  EXPECT_EQ(read.days, 7);
  for (const auto* odd : {"abc", "abc x", "abc 7 8", "abc 5", ""}) EXPECT_THROW(reminding_from(odd), Corrupt) << odd;
}

TEST(Reminders, AreChosenFromTheListOrNotAtAll) {
  EXPECT_EQ(*check_reminders({"2", "7"}), (std::vector<int>{2, 7}));
  EXPECT_TRUE(check_reminders({}));
  for (const std::string odd : {"4", "0", "x", ""}) EXPECT_FALSE(check_reminders({odd})) << odd;
}

TEST(Reminders, AreDueNineHoursIntoTheDayThere) {
  struct Row {
    const char* closes_at;
    int days;
    const char* due;
    Date last;
  };
  const Row rows[] = {
      {"2026-03-21T00:00:00.000Z", 7, "2026-03-13T09:00:00.000Z", {2026, 3, 20}},
      {"2026-03-21T00:00:00.000Z", 1, "2026-03-19T09:00:00.000Z", {2026, 3, 20}},
      // Summer time begins on 29 March in London.
      {"2026-03-31T23:00:00.000Z", 2, "2026-03-29T09:00:00.000Z", {2026, 3, 31}},
      {"2026-03-31T23:00:00.000Z", 7, "2026-03-24T09:00:00.000Z", {2026, 3, 31}},
      // Closed early, in the afternoon.
      {"2026-03-10T14:05:00.000Z", 2, "2026-03-08T09:00:00.000Z", {2026, 3, 10}},
  };
  for (const auto& row : rows) {
    Period period;
    period.closes_at = at(row.closes_at);
    EXPECT_EQ(last_day(period, "Europe/London"), row.last) << row.closes_at;
    EXPECT_EQ(iso(reminder_due(period, row.days, "Europe/London")), row.due) << row.closes_at;
  }
}

}  // namespace
}  // namespace cairn::instruments
