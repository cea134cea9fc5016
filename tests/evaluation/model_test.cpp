// SPDX-License-Identifier: Apache-2.0
#include "evaluation/model.hpp"

#include <gtest/gtest.h>

#include "evaluation/thresholds.hpp"

namespace cairn::evaluation {
namespace {

TEST(StudyName, IsTrimmedAndNotTakenInAnyCase) {
  EXPECT_EQ(*check_study_name("  Spring ", {}), "Spring");
  EXPECT_EQ(check_study_name(" ", {}).problems()[0].key, "evaluation.problem.name_missing");
  EXPECT_EQ(check_study_name("SPRING", {"Spring"}).problems()[0].key, "evaluation.problem.name_taken");
  EXPECT_EQ(check_study_name(std::string(121, 'a'), {}).problems()[0].key, "evaluation.problem.name_long");
  EXPECT_TRUE(check_study_name(std::string(120, 'a'), {}));
  EXPECT_EQ(check_study_name("\xff", {}).problems()[0].key, "evaluation.problem.not_text");
}

TEST(Purposes, HaveTheCodesThatScriptsUse) {
  EXPECT_EQ(code(Purpose::job_description), "job_description");
  for (const auto purpose : all_purposes) EXPECT_EQ(purpose_from_code(code(purpose)), purpose);
  EXPECT_FALSE(purpose_from_code("other"));
}

TEST(Feedback, NeedsOneOfTheFourAnswersAndMayHaveNoWords) {
  EXPECT_EQ(check_feedback("partly", " too long ")->words, "too long");
  EXPECT_EQ(check_feedback("not_now", "")->useful, Useful::not_now);
  EXPECT_EQ(check_feedback("maybe", std::string(2001, 'a')).problems().size(), 2U);
}

Actor with_reach(std::string kind, std::string id) {
  return {"a1", "p1", {{Role::researcher, {std::move(kind), std::move(id)}, {}, {}}}};
}

TEST(Reach, OfAStudyIsTheProgrammeOrThatStudy) {
  const Id<Study> study{"s1"};
  EXPECT_TRUE(reaches(with_reach("programme", ""), study));
  EXPECT_TRUE(reaches(with_reach("study", "s1"), study));
  EXPECT_FALSE(reaches(with_reach("study", "s2"), study));
  EXPECT_FALSE(reaches(with_reach("team", "s1"), study));
  EXPECT_FALSE(reaches(Actor{"a1", "p1", {}}, study));
}

const std::vector<Setting> settings{{"low_presence", "r", "percent", 50, 20, 80, "s"},
                                    {"high_presence", "r", "percent", 75, 50, 100, "s"},
                                    {"high_importance", "r", "tenths", 35, 20, 40, "s"},
                                    {"disagreement", "r", "tenths", 5, 3, 20, "s"}};

TEST(Thresholds, AreTypedAsPeopleWriteThem) {
  struct Case {
    const char* id;
    const char* typed;
    std::optional<std::int64_t> value;
  };
  for (const auto& [id, typed, value] :
       {Case{"low_presence", "40", 40}, Case{"low_presence", " 40 %", 40}, Case{"low_presence", "19", {}},
        Case{"low_presence", "81", {}}, Case{"low_presence", "4.5", {}}, Case{"low_presence", "", {}},
        Case{"high_importance", "3.2", 32}, Case{"high_importance", "3,2", 32}, Case{"high_importance", "3", 30},
        Case{"high_importance", "3.25", {}}, Case{"high_importance", "32", {}}, Case{"high_importance", "-3", {}},
        Case{"high_importance", "3.x", {}}, Case{"disagreement", "0.3", 3}, Case{"disagreement", "0.2", {}}}) {
    const auto checked = check_threshold(settings, id, typed, "since we are small");
    EXPECT_EQ(bool(checked), value.has_value()) << id << " " << typed;
    if (checked && value) {
      EXPECT_EQ(checked->value, *value) << typed;
    }
  }
}

TEST(Thresholds, AreNotChangedWithoutAReason) {
  EXPECT_EQ(check_threshold(settings, "low_presence", "40", " ").problems()[0].key,
            "evaluation.problem.reason_missing");
  EXPECT_EQ(check_threshold(settings, "other", "40", "why").problems()[0].key, "evaluation.problem.threshold_unknown");
  EXPECT_EQ(check_threshold(settings, "low_presence", "4000", "").problems().size(), 2U);
}

TEST(Thresholds, AreReadAndSetByName) {
  auto thresholds = standard(settings);
  EXPECT_EQ(thresholds, Thresholds{});
  set(thresholds, "disagreement", 8);
  EXPECT_EQ(value_of(thresholds, "disagreement"), 8);
  EXPECT_THROW(set(thresholds, "none", 1), std::out_of_range);
}

TEST(Figures, AreShownAsPeopleReadThem) {
  EXPECT_EQ(tenths(35), "3.5");
  EXPECT_EQ(tenths(5), "0.5");
  EXPECT_EQ(tenths(-4), "-0.4");
  EXPECT_EQ(shown("percent", 50), "50 %");
  EXPECT_EQ(shown("tenths", 40), "4.0");
}

}  // namespace
}  // namespace cairn::evaluation
