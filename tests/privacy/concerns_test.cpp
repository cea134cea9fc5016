// SPDX-License-Identifier: Apache-2.0
#include "privacy/concerns.hpp"

#include <gtest/gtest.h>

#include "base/stop.hpp"

namespace cairn::privacy {
namespace {

TEST(Concerns, TellEveryProblemAtOnce) {
  struct Case {
    ConcernForm form;
    std::vector<std::pair<std::string, std::string>> problems;  // field, key
  };
  const std::string long_words(4001, 'x');
  const Case table[] = {
      {{"", "", ""}, {{"words", "concern.problem.words_missing"}, {"urgency", "concern.problem.urgency_missing"}}},
      {{" \n", "today", ""}, {{"words", "concern.problem.words_missing"}}},
      {{"Sam", "later", ""}, {{"urgency", "concern.problem.urgency_missing"}}},
      {{long_words, "now", std::string(301, 'x')},
       {{"words", "concern.problem.too_long"}, {"contact", "concern.problem.too_long"}}},
      {{"Sam \xFF", "now", "\xFF"}, {{"words", "concern.problem.not_text"}, {"contact", "concern.problem.not_text"}}},
      {{std::string(4000, 'x'), "soon", std::string(300, 'x')}, {}},
      {{"Sam", "now", ""}, {}},
  };
  for (const auto& row : table) {
    const auto checked = check_concern(row.form);
    std::vector<std::pair<std::string, std::string>> found;
    if (!checked)
      for (const auto& problem : checked.problems()) found.emplace_back(problem.field, problem.key);
    EXPECT_EQ(found, row.problems) << row.form.words.substr(0, 20);
  }
  const auto checked = check_concern({"  Sam fell \n", "today", " 07700 900000 "});
  EXPECT_EQ(checked->words, "Sam fell");
  EXPECT_EQ(checked->contact, "07700 900000");
  EXPECT_EQ(checked->urgency, Urgency::today);
}

TEST(Concerns, TakeNotesThatSaySomething) {
  EXPECT_EQ(*check_concern_note(" Rang the family. "), "Rang the family.");
  for (const auto& bad : {std::string(), std::string("  \n"), std::string(4001, 'x'), std::string("\xC3")})
    EXPECT_FALSE(check_concern_note(bad)) << bad.size();
}

TEST(Concerns, KnowEachUrgencyByItsWord) {
  for (const auto urgency : all_urgencies) EXPECT_EQ(urgency_from(code(urgency)), urgency);
  for (const auto* word : {"", "NOW", "later", "now "}) EXPECT_FALSE(urgency_from(word)) << word;
}

TEST(Concerns, HaveAReferenceToSayOnTheTelephone) {
  EXPECT_EQ(reference_of({"01900000-0000-7000-8000-0000000a91b2"}), "000A-91B2");
  EXPECT_EQ(reference_of({"abc"}), "ABC");
}

TEST(Concerns, AreToldAgainByWhatWasQueued) {
  for (const int minutes : told_again_after) {
    const TellingAgain telling{{"c1"}, "p1", minutes};
    EXPECT_EQ(telling_again_from(payload_of(telling)), telling);
  }
  for (const auto* payload : {"", "15", "16 p1 c1", "15 p1", "15 p1 c1 more", "x p1 c1"})
    EXPECT_THROW(telling_again_from(payload), Corrupt) << payload;
}

}  // namespace
}  // namespace cairn::privacy
