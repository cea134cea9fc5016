// SPDX-License-Identifier: Apache-2.0
#include "agenda/model.hpp"

#include <gtest/gtest.h>

namespace cairn::agenda {
namespace {

const Date today{2026, 3, 3};

std::vector<std::string> keys_of(const StepForm& form) {
  const auto checked = check_step(form, {"report", "r1"}, today);
  std::vector<std::string> keys;
  if (!checked)
    for (const auto& problem : checked.problems()) keys.push_back(problem.key);
  return keys;
}

StepForm good() {
  return {" Meet the ward team ", "Sam Field", Date{2026, 3, 10}, false, "4.4"};
}

TEST(NextStepForm, TrimsWhatWasTyped) {
  const auto step = check_step(good(), {"report", "r1"}, today);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->words, "Meet the ward team");
  EXPECT_EQ(step->owner, "Sam Field");
  EXPECT_EQ(step->item, "4.4");
  EXPECT_EQ(step->about, (About{"report", "r1"}));
}

TEST(NextStepForm, TellsEveryProblemAtOnceInTheOrderOfTheForm) {
  EXPECT_EQ(keys_of({"", " ", {}, true, ""}),
            (std::vector<std::string>{"agenda.problem.words_missing", "agenda.problem.owner_missing",
                                      "agenda.problem.due_missing"}));
}

TEST(NextStepForm, RefusesDaysThatCannotBe) {
  struct Case {
    std::optional<Date> due;
    const char* key;
  };
  for (const auto& [due, key] :
       {Case{std::nullopt, "agenda.problem.due_wrong"}, Case{Date{2026, 3, 2}, "agenda.problem.due_past"},
        Case{Date{2031, 1, 1}, "agenda.problem.due_far"}}) {
    auto form = good();
    form.due_on = due;
    EXPECT_EQ(keys_of(form), std::vector<std::string>{key});
  }
}

TEST(NextStepForm, TakesToday) {
  auto form = good();
  form.due_on = today;
  EXPECT_TRUE(keys_of(form).empty());
}

TEST(NextStepForm, RefusesWordsThatAreTooLongOrNoText) {
  auto form = good();
  form.words = std::string(501, 'a');
  EXPECT_EQ(keys_of(form), std::vector<std::string>{"agenda.problem.too_long"});
  form.words = "\xff";
  EXPECT_EQ(keys_of(form), std::vector<std::string>{"agenda.problem.not_text"});
}

NextStep removed_at(Moment at) {
  NextStep step;
  step.removed_at = at;
  return step;
}

TEST(NextStepRemoval, CanBeTakenBackForThirtyDays) {
  const Moment at = *moment_from_iso("2026-03-03T09:00:00.000Z");
  EXPECT_TRUE(can_be_put_back(removed_at(at), later(at, 30 * 86400)));
  EXPECT_FALSE(can_be_put_back(removed_at(at), later(at, 30 * 86400 + 1)));
  EXPECT_FALSE(can_be_put_back(NextStep{}, at));
}

OpenLoop loop(std::string id, std::string owner, std::optional<Date> due, Date since, std::vector<Role> turn) {
  OpenLoop made;
  made.id = std::move(id);
  made.owner = std::move(owner);
  made.due_on = due;
  made.since = since;
  made.whose_turn = std::move(turn);
  return made;
}

TEST(OpenLoops, AreYoursByRoleOrByName) {
  const Actor lead{"a1", "p1", {{Role::lead, {}, {}, {}}}};
  const auto waiting =
      sorted_for(lead, "Morgan Lee",
                 {loop("by role", "", {}, today, {Role::lead}), loop("by name", " morgan lee", {}, today, {Role::lead}),
                  loop("another person's", "Sam Field", {}, today, {Role::lead}),
                  loop("another role's", "", {}, today, {Role::hr})});
  ASSERT_EQ(waiting.yours.size(), 2U);
  ASSERT_EQ(waiting.theirs.size(), 2U);
  EXPECT_EQ(waiting.theirs[0].loop.id, "another person's");
  EXPECT_TRUE(waiting.theirs[0].may_close);
  EXPECT_FALSE(waiting.theirs[1].may_close);
}

TEST(OpenLoops, StandWithWhatIsDueFirstThenTheOldest) {
  const Actor lead{"a1", "p1", {{Role::lead, {}, {}, {}}}};
  const auto waiting =
      sorted_for(lead, "",
                 {loop("new", "", {}, {2026, 3, 1}, {Role::lead}), loop("old", "", {}, {2026, 1, 1}, {Role::lead}),
                  loop("due later", "", Date{2026, 5, 1}, today, {Role::lead}),
                  loop("due soon", "", Date{2026, 3, 4}, today, {Role::lead})});
  std::vector<std::string> order;
  for (const auto& one : waiting.yours) order.push_back(one.id);
  EXPECT_EQ(order, (std::vector<std::string>{"due soon", "due later", "old", "new"}));
}

TEST(Greeting, FollowsTheHour) {
  EXPECT_EQ(part_of_day(0), "morning");
  EXPECT_EQ(part_of_day(11), "morning");
  EXPECT_EQ(part_of_day(12), "afternoon");
  EXPECT_EQ(part_of_day(18), "evening");
}

}  // namespace
}  // namespace cairn::agenda
