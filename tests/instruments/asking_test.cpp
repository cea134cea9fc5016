// SPDX-License-Identifier: Apache-2.0
#include "instruments/asking.hpp"

#include <gtest/gtest.h>

namespace cairn::instruments {
namespace {

const Date today{2026, 3, 3};

AskingForm good() {
  AskingForm form;
  form.mode = "anonymous";
  form.words = {"Robin", "To learn", "Added up", "116 123"};
  form.opens_on = Date{2026, 3, 3};
  form.closes_on = Date{2026, 3, 20};
  form.sites = {{1, "ward", "Willow Ward", "voluntary", "partnership", "inpatient"}};
  form.hoped = {{"hoped.1.coworker", " 6 "}, {"hoped.1.peer_worker", ""}, {"hoped.9.coworker", "4"}, {"x", "y"}};
  return form;
}

std::vector<std::string> fields_at_fault(const AskingForm& form) {
  const auto checked = check_asking(form, today, "Europe/London");
  std::vector<std::string> fields;
  if (!checked)
    for (const auto& problem : checked.problems()) fields.push_back(problem.field);
  return fields;
}

TEST(MakingARound, OpensAsItsFirstDayBeginsAndClosesAsItsLastDayEnds) {
  auto form = good();
  form.closes_on = Date{2026, 4, 2};  // in summer time
  const auto asking = check_asking(form, today, "Europe/London");
  ASSERT_TRUE(asking);
  EXPECT_EQ(iso(asking->opens_at), "2026-03-03T00:00:00.000Z");
  EXPECT_EQ(iso(asking->closes_at), "2026-04-02T23:00:00.000Z");
  ASSERT_EQ(asking->groups.size(), 6U) << "every stakeholder group of the site";
  for (const auto& group : asking->groups) EXPECT_EQ(group.hoped_for, group.stakeholder == "coworker" ? 6 : 0);
}

TEST(MakingARound, TellsEveryProblemAtOnceInTheOrderOfTheForm) {
  AskingForm form;
  form.words.who = std::string(longest_asking_words + 1, 'x');
  EXPECT_EQ(fields_at_fault(form),
            (std::vector<std::string>{"sites", "mode", "opens_on", "closes_on", "who", "why", "what_next", "help"}));
  const auto wrong = [](auto change) {
    auto one = good();
    change(one);
    return fields_at_fault(one);
  };
  using Fields = std::vector<std::string>;
  EXPECT_EQ(wrong([](AskingForm&) {}), Fields{});
  EXPECT_EQ(wrong([](AskingForm& f) {
              f.closes_on = Date{2026, 3, 2};
              f.opens_on = Date{2026, 3, 1};
            }),
            Fields{"closes_on"});
  EXPECT_EQ(wrong([](AskingForm& f) { f.opens_on = Date{2026, 3, 21}; }), Fields{"closes_on"});
  EXPECT_EQ(wrong([](AskingForm& f) { f.closes_on = Date{2027, 5, 21}; }), Fields{"closes_on"});
  EXPECT_EQ(wrong([](AskingForm& f) { f.hoped[0].second = "six"; }), Fields{"hoped.1.coworker"});
  EXPECT_EQ(wrong([](AskingForm& f) { f.hoped[0].second = "-1"; }), Fields{"hoped.1.coworker"});
  EXPECT_EQ(wrong([](AskingForm& f) { f.words.help = "\xff"; }), Fields{"help"});
}

struct LanguageRow {
  std::vector<std::string> possible;
  std::vector<std::string> ticked;
  std::vector<std::string> kept;  // nothing where it is refused
  std::string key;
};

TEST(MakingARound, KeepsTheLanguagesThatWereTickedInTheOrderOfTheSite) {
  const LanguageRow rows[] = {
      {{"en"}, {}, {"en"}, ""},
      {{"en"}, {"en"}, {"en"}, ""},
      {{"en"}, {"zz"}, {}, "instruments.asking.unknown_language"},
      {{"en", "zz"}, {}, {}, "instruments.asking.no_language"},
      {{"en", "zz"}, {"zz", "en", "zz"}, {"en", "zz"}, ""},
      {{"en", "zz"}, {"zz"}, {"zz"}, ""},
      {{"en", "zz"}, {"en", "cy"}, {}, "instruments.asking.unknown_language"},
      {{"en", "zz"}, {""}, {}, "instruments.asking.unknown_language"},
  };
  for (const auto& row : rows) {
    auto form = good();
    form.possible_languages = row.possible;
    form.languages = row.ticked;
    const auto checked = check_asking(form, today, "Europe/London");
    ASSERT_EQ(bool(checked), row.key.empty()) << row.key;
    if (checked) {
      EXPECT_EQ(checked->languages, row.kept);
      continue;
    }
    ASSERT_EQ(checked.problems().size(), 1U) << row.key;
    EXPECT_EQ(checked.problems()[0].field, "languages");
    EXPECT_EQ(checked.problems()[0].key, row.key);
  }
}

TEST(ARound, WritesInTheReadersLanguageWhereItAsksInItElseInItsFirst) {
  Asking asking;
  asking.languages = {"zz", "en"};
  EXPECT_EQ(asking.language_for(""), "zz");
  EXPECT_EQ(asking.language_for("en"), "en");
  EXPECT_EQ(asking.language_for("cy"), "zz");
}

TEST(ARound, GoesFromPlannedToClosedByTheClockAndByCounting) {
  Asking asking;
  asking.grace_hours = 24;
  asking.period = {1, {1000}, {2000}, false};
  const std::int64_t day = 24 * 60 * 60 * 1000;
  const std::vector<std::pair<std::int64_t, AskingState>> states{{999, AskingState::planned},
                                                                 {1000, AskingState::open},
                                                                 {1999, AskingState::open},
                                                                 {2000, AskingState::closing},
                                                                 {2000 + day - 1, AskingState::closing},
                                                                 {2000 + day, AskingState::over}};
  for (const auto& [at, state] : states) EXPECT_EQ(asking.state({at}), state) << at;
  asking.period.settled = true;
  // A clock set back opens nothing again.
  for (const auto& [at, state] : states) EXPECT_EQ(asking.state({at}), AskingState::closed) << at;
}

TEST(Standing, SaysEnoughOrNotYetAndNoNumber) {
  EXPECT_EQ(standing({1, "coworker", 0, 9}), Standing::not_asked);
  EXPECT_EQ(standing({1, "coworker", 5, 4}), Standing::not_yet);
  EXPECT_EQ(standing({1, "coworker", 5, 5}), Standing::enough);
  EXPECT_EQ(standing({1, "coworker", 5, 50}), Standing::enough);
}

}  // namespace
}  // namespace cairn::instruments
