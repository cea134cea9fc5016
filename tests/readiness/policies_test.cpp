// SPDX-License-Identifier: Apache-2.0
#include "readiness/policies.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace cairn::readiness {
namespace {

const Date today{2026, 3, 3};

PolicyForm good() {
  PolicyForm form;
  form.topic = "conduct";
  form.title = " How we behave ";
  form.words = "We listen.\n\nWe ask.";
  form.dated_on = Date{2026, 3, 1};
  form.review_on = Date{2027, 3, 1};
  form.with_peers = "no";
  form.readers = {"worker", "line_manager"};
  return form;
}

std::vector<std::string> faults_of(const std::function<void(PolicyForm&)>& change) {
  auto form = good();
  change(form);
  const auto checked = check_policy(form, today);
  std::vector<std::string> faults;
  if (!checked)
    for (const auto& problem : checked.problems()) faults.push_back(problem.field);
  return faults;
}

TEST(PolicyForms, KeepWhatIsGood) {
  const auto checked = check_policy(good(), today);
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->topic, "conduct");
  EXPECT_EQ(checked->version.title, "How we behave");
  EXPECT_EQ(checked->version.readers, (std::vector<Role>{Role::worker, Role::line_manager}));
  EXPECT_FALSE(checked->version.with_peers);
}

TEST(PolicyForms, AreRefusedWithEveryProblemAtOnce) {
  struct Case {
    std::function<void(PolicyForm&)> change;
    std::vector<std::string> fields;
  };
  const std::vector<Case> cases{
      {[](PolicyForm& form) { form = {}; }, {"topic", "title", "words", "dated_on", "review_on", "with_peers"}},
      {[](PolicyForm& form) { form.topic = "weather"; }, {"topic"}},
      {[](PolicyForm& form) { form.topic = "weather", form.is_first = false, form.changed = "All"; }, {}},
      {[](PolicyForm& form) { form.is_first = false; }, {"changed"}},
      {[](PolicyForm& form) { form.title = std::string(201, 'a'); }, {"title"}},
      {[](PolicyForm& form) { form.title = "\xff"; }, {"title"}},
      {[](PolicyForm& form) { form.words.clear(), form.kept_at = "The staff website"; }, {}},
      {[](PolicyForm& form) { form.words = std::string(20001, 'a'); }, {"words"}},
      {[](PolicyForm& form) { form.kept_at = std::string(501, 'a'); }, {"kept_at"}},
      {[](PolicyForm& form) { form.dated_on = Date{2026, 3, 4}; }, {"dated_on"}},
      {[](PolicyForm& form) { form.review_on = Date{2026, 3, 1}; }, {"review_on"}},
      {[](PolicyForm& form) { form.review_on = Date{2031, 6, 1}; }, {"review_on"}},
      {[](PolicyForm& form) { form.with_peers = "perhaps"; }, {"with_peers"}},
      {[](PolicyForm& form) { form.readers = {"worker", "king"}; }, {"readers"}},
      {[](PolicyForm& form) { form.readers = {"anyone"}; }, {"readers"}},
      {[](PolicyForm& form) { form.readers.clear(); }, {}},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(faults_of(cases[i].change), cases[i].fields) << i;
}

TEST(NeededPolicies, AreMissingWhereThereIsNoneOrPeersDidNotLookThroughIt) {
  PolicyDocument conduct{{"1"}, "conduct", {}, false};
  EXPECT_EQ(missing({}).size(), needed_topics.size());
  EXPECT_EQ(missing({conduct}).front(), (Missing{"conduct", true}));
  conduct.latest.with_peers = true;
  EXPECT_EQ(missing({conduct}).front(), (Missing{"sharing_experience", false}));
  conduct.removed = true;
  EXPECT_EQ(missing({conduct}).front(), (Missing{"conduct", false}));
}

TEST(Readers, AreThoseWhoHoldOneOfTheRoles) {
  PolicyVersion version;
  version.readers = {Role::worker};
  EXPECT_TRUE(must_read(version, {{Role::lead, {}, {}, {}}, {Role::worker, {}, {}, {}}}));
  EXPECT_FALSE(must_read(version, {{Role::lead, {}, {}, {}}}));
  EXPECT_FALSE(must_read({}, {{Role::worker, {}, {}, {}}}));
}

}  // namespace
}  // namespace cairn::readiness
