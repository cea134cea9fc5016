// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>

#include "privacy/conflict.hpp"
#include "privacy/glass.hpp"
#include "privacy/grant.hpp"
#include "privacy/look.hpp"

namespace cairn::privacy {
namespace {

constexpr Date today{2026, 3, 3};

template <class T>
std::vector<std::string> keys(const Checked<T>& checked) {
  std::vector<std::string> all;
  for (const auto& one : checked.problems()) all.push_back(one.field + ": " + one.key);
  return all;
}
using Words = std::vector<std::string>;

const Grantable grantable_parts{{{"", {Role::lead, Role::line_manager}}, {"why", {Role::lead}}}};

GrantForm good_grant() {
  return {{""}, "sam", "", "", "", " to plan together ", "2026-04-01"};
}

TEST(CheckGrant, TakesWhatIsRight) {
  const auto checked = check_grant(good_grant(), "ash", grantable_parts, today);
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked, (NewGrant{{""}, {"sam"}, "to plan together", {2026, 4, 1}}));
  auto form = good_grant();
  form.parts = {"why", "", "why"};
  form.to_account = "";
  form.to_role = "lead";
  form.reach_kind = "team";
  form.reach_id = "t1";
  const auto to_role = check_grant(form, "ash", grantable_parts, today);
  ASSERT_TRUE(to_role);
  EXPECT_EQ(to_role->parts, (Words{"", "why"}));
  EXPECT_EQ(to_role->to, (Grantee{"", Role::lead, {"team", "t1"}}));
}

TEST(CheckGrant, LastsThirtyDaysUnlessSaidOtherwiseAndNeverLongerThan180) {
  struct Case {
    std::string until;
    std::optional<Date> holds;
    std::string key;
  };
  const std::vector<Case> cases{
      {"", Date{2026, 4, 2}, ""},
      {"2026-03-03", Date{2026, 3, 3}, ""},
      {"2026-08-30", Date{2026, 8, 30}, ""},  // the 180th day
      {"2026-08-31", {}, "until: privacy.problem.too_long"},
      {"2026-03-02", {}, "until: privacy.problem.day_past"},
      {"for ever", {}, "until: privacy.problem.no_day"},
      {"2026-02-30", {}, "until: privacy.problem.no_day"},
  };
  for (const auto& one : cases) {
    auto form = good_grant();
    form.until = one.until;
    const auto checked = check_grant(form, "ash", grantable_parts, today);
    if (one.holds) {
      ASSERT_TRUE(checked) << one.until;
      EXPECT_EQ(checked->until, *one.holds);
    } else {
      EXPECT_EQ(keys(checked), Words{one.key}) << one.until;
    }
    if (one.until.empty()) continue;
    const auto extended = check_extension(one.until, today);
    EXPECT_EQ(static_cast<bool>(extended), one.holds.has_value()) << one.until;
    EXPECT_EQ(keys(extended), one.holds ? Words{} : Words{one.key});
  }
}

TEST(CheckGrant, RefusesEverythingElseWithEveryProblemAtOnce) {
  struct Case {
    const char* what;
    std::function<void(GrantForm&)> spoil;
    Words problems;
  };
  const auto to_role = [](GrantForm& form, const char* role, const char* kind, const char* id) {
    form.to_account = "";
    form.to_role = role;
    form.reach_kind = kind;
    form.reach_id = id;
  };
  const std::vector<Case> cases{
      {"no part", [](GrantForm& f) { f.parts = {}; }, {"parts: privacy.problem.no_part"}},
      {"a part nobody may be granted",
       [](GrantForm& f) { f.parts = {"", "x"}; },
       {"parts: privacy.problem.part_not_shared"}},
      {"nobody", [](GrantForm& f) { f.to_account = ""; }, {"to: privacy.problem.one_reader"}},
      {"two readers", [](GrantForm& f) { f.to_role = "lead"; }, {"to: privacy.problem.one_reader"}},
      {"the owner", [](GrantForm& f) { f.to_account = "ash"; }, {"to_account: privacy.problem.is_owner"}},
      {"no role", [&](GrantForm& f) { to_role(f, "king", "team", "t"); }, {"to_role: privacy.problem.role_not_shared"}},
      {"a role that may not",
       [&](GrantForm& f) { to_role(f, "hr", "team", "t"); },
       {"to_role: privacy.problem.role_not_shared"}},
      {"a role that may read one of two parts",
       [&](GrantForm& f) {
         f.parts = {"", "why"};
         to_role(f, "line_manager", "team", "t");
       },
       {"to_role: privacy.problem.role_not_shared"}},
      {"no place", [&](GrantForm& f) { to_role(f, "lead", "", ""); }, {"reach: privacy.problem.no_place"}},
      {"a place without id",
       [&](GrantForm& f) { to_role(f, "lead", "team", ""); },
       {"reach: privacy.problem.no_place"}},
      {"a programme with id",
       [&](GrantForm& f) { to_role(f, "lead", "programme", "p"); },
       {"reach: privacy.problem.no_place"}},
      {"a study", [&](GrantForm& f) { to_role(f, "lead", "study", "s"); }, {"reach: privacy.problem.no_place"}},
      {"no purpose", [](GrantForm& f) { f.purpose = "  "; }, {"purpose: privacy.problem.no_purpose"}},
      {"a long purpose",
       [](GrantForm& f) { f.purpose = std::string(501, 'a'); },
       {"purpose: privacy.problem.purpose_length"}},
      {"broken text", [](GrantForm& f) { f.purpose = "\xff"; }, {"purpose: privacy.problem.purpose_length"}},
      {"everything",
       [](GrantForm& f) { f = {{}, "", "", "", "", "", "x"}; },
       {"parts: privacy.problem.no_part", "to: privacy.problem.one_reader", "purpose: privacy.problem.no_purpose",
        "until: privacy.problem.no_day"}},
  };
  for (const auto& one : cases) {
    auto form = good_grant();
    one.spoil(form);
    EXPECT_EQ(keys(check_grant(form, "ash", grantable_parts, today)), one.problems) << one.what;
  }
}

TEST(CheckTreatment, TellsEveryProblemAtOnce) {
  struct Case {
    TreatmentForm form;
    Words problems;
  };
  const std::vector<Case> cases{
      {{"t1", "2026-03-03", ""}, {}},
      {{"t1", "2020-01-01", "2020-01-01"}, {}},
      {{"t1", "2020-01-01", "2027-01-01"}, {}},
      {{"t9", "2020-01-01", ""}, {"team: privacy.problem.no_team"}},
      {{"t1", "", ""}, {"from: privacy.problem.no_day"}},
      {{"t1", "2026-03-04", ""}, {"from: privacy.problem.day_to_come"}},
      {{"t1", "2020-01-02", "2020-01-01"}, {"until: privacy.problem.ends_before"}},
      {{"t1", "2020-01-02", "soon"}, {"until: privacy.problem.no_day"}},
      {{"", "x", "y"},
       {"team: privacy.problem.no_team", "from: privacy.problem.no_day", "until: privacy.problem.no_day"}},
  };
  for (const auto& one : cases) {
    const auto checked = check_treatment(one.form, {"t1", "t2"}, today);
    EXPECT_EQ(keys(checked), one.problems) << one.form.team << one.form.from << one.form.until;
    EXPECT_EQ(static_cast<bool>(checked), one.problems.empty());
  }
}

TEST(Treatment, BarsWhoeverIsInTheTeamNowOrWasWhileItLasted) {
  struct Case {
    const char* what;
    Treatment treatment;
    Membership membership;
    bool barred;
  };
  const Treatment over{"t", {2024, 1, 10}, Date{2024, 2, 20}};
  const Treatment open{"t", {2024, 1, 10}, {}};
  const std::vector<Case> cases{
      {"in the team now, long after", over, {"t", {2026, 1, 1}, {}}, true},
      {"in it now, and today is the last day", over, {"t", {2026, 1, 1}, today}, true},
      {"left yesterday, came after it ended", over, {"t", {2026, 1, 1}, Date{2026, 3, 2}}, false},
      {"starts tomorrow, treatment over", over, {"t", {2026, 3, 4}, {}}, false},
      {"starts tomorrow, treatment open", open, {"t", {2026, 3, 4}, {}}, true},
      {"left on its first day", over, {"t", {2020, 1, 1}, Date{2024, 1, 10}}, true},
      {"left the day before", over, {"t", {2020, 1, 1}, Date{2024, 1, 9}}, false},
      {"came on its last day and left", over, {"t", {2024, 2, 20}, Date{2024, 2, 20}}, true},
      {"came the day after and left", over, {"t", {2024, 2, 21}, Date{2024, 3, 1}}, false},
      {"in the midst of it", over, {"t", {2024, 1, 20}, Date{2024, 1, 21}}, true},
      {"before an open one", open, {"t", {2020, 1, 1}, Date{2024, 1, 9}}, false},
      {"within an open one", open, {"t", {2025, 1, 1}, Date{2025, 1, 9}}, true},
      {"another team", open, {"u", {2020, 1, 1}, {}}, false},
  };
  for (const auto& one : cases) EXPECT_EQ(bars(one.treatment, one.membership, today), one.barred) << one.what;
}

TEST(WorkingDays, LeaveOutWeekends) {
  EXPECT_EQ(working_days_after({2026, 3, 3}, 5), (Date{2026, 3, 10}));  // a Tuesday
  EXPECT_EQ(working_days_after({2026, 3, 6}, 1), (Date{2026, 3, 9}));   // a Friday
  EXPECT_EQ(working_days_after({2026, 3, 7}, 5), (Date{2026, 3, 13}));  // a Saturday
  EXPECT_EQ(working_days_after({2026, 3, 8}, 0), (Date{2026, 3, 8}));
}

TEST(CheckBreak, AsksForAnEmergencyAndAReasonOfThirtyCharacters) {
  struct Case {
    GlassForm form;
    Words problems;
  };
  const std::vector<Case> cases{
      {{"life", std::string(30, 'a')}, {}},
      {{"safeguarding", std::string(2000, 'a')}, {}},
      {{"harm", "  " + std::string(29, 'a') + "  "}, {"reason: privacy.problem.reason_length"}},
      {{"harm", std::string(2001, 'a')}, {"reason: privacy.problem.reason_length"}},
      {{"curious", ""}, {"emergency: privacy.problem.no_emergency", "reason: privacy.problem.reason_length"}},
  };
  for (const auto& one : cases) EXPECT_EQ(keys(check_break(one.form)), one.problems) << one.form.emergency;
}

TEST(CheckDeferral, HoldsBackForFourteenDaysAtMost) {
  struct Case {
    DeferralForm form;
    Words problems;
  };
  const Date looked{2026, 2, 25};
  const std::vector<Case> cases{
      {{"2026-03-11", "a reason"}, {}},
      {{"2026-03-03", "a reason"}, {}},
      {{"2026-03-12", "a reason"}, {"until: privacy.problem.too_long"}},
      {{"2026-03-02", ""}, {"until: privacy.problem.day_past", "reason: privacy.problem.no_words"}},
      {{"", std::string(2001, 'a')}, {"until: privacy.problem.no_day", "reason: privacy.problem.words_length"}},
  };
  for (const auto& one : cases)
    EXPECT_EQ(keys(check_deferral(one.form, looked, today)), one.problems) << one.form.until;
}

TEST(CheckWords, TakesOneToTwoThousandCharacters) {
  EXPECT_TRUE(check_words(" a "));
  EXPECT_EQ(*check_words(" a "), "a");
  EXPECT_TRUE(check_words(std::string(2000, 'a')));
  EXPECT_FALSE(check_words(std::string(2001, 'a')));
  EXPECT_FALSE(check_words("  "));
  EXPECT_FALSE(check_words("\xff"));
}

TEST(Codes, AreReadAsTheyWereWritten) {
  for (int i = 0; i < 7; ++i) {
    const auto surface = static_cast<Surface>(i);
    EXPECT_EQ(surface_from_code(code(surface)), surface);
  }
  EXPECT_FALSE(surface_from_code("eye"));
  for (const auto one : {Emergency::life, Emergency::harm, Emergency::safeguarding})
    EXPECT_EQ(emergency_from_code(code(one)), one);
  for (const auto one : {Finding::right, Finding::not_right}) EXPECT_EQ(finding_from_code(code(one)), one);
  EXPECT_FALSE(finding_from_code(""));
}

}  // namespace
}  // namespace cairn::privacy
