// SPDX-License-Identifier: Apache-2.0
#include "instruments/answers.hpp"

#include <gtest/gtest.h>

#include "base/stop.hpp"
#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

using test::small_instrument;

// An instrument with two sections of two items each.
Instrument two_sections() {
  auto instrument = small_instrument(4);
  instrument.sections.push_back({"2", "Second section"});
  for (std::size_t i = 0; i < 4; ++i) instrument.items[i].section = i / 2;
  return instrument;
}

FieldOf typed(std::map<std::string, std::string, std::less<>> fields) {
  return [fields = std::move(fields)](std::string_view name) -> std::optional<std::string> {
    const auto found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(GivenAnswers, ReadAsTheyWereWritten) {
  const auto instrument = small_instrument();
  auto answers = Answers::none(instrument);
  EXPECT_EQ(answers_decoded(encoded(answers, instrument), instrument), answers);
  answers.site = 2;
  answers.stakeholder = "coworker";
  answers.presence[1] = Presence::partly;
  answers.importance[3] = Importance::dont_know;
  answers.most_important = {1, 3};
  answers.reasons[1] = {"hard", "Nobody told us “why” \n at all"};
  answers.left_out = LeftOut{"time", "on nights"};
  answers.more = "More";
  answers.begun_at = *moment_from_iso("2026-03-03T09:00:00.000Z");
  answers.group_link = "link-1";
  EXPECT_EQ(answers_decoded(encoded(answers, instrument), instrument), answers);
}

TEST(GivenAnswers, AreRefusedWhereTheyCannotBeRead) {
  const auto instrument = small_instrument();
  for (const char* bytes : {"", "{}", "[]", R"({"form":2})", R"({"form":1,"site":1})"})
    EXPECT_THROW(answers_decoded(bytes, instrument), Corrupt) << bytes;
  auto answers = Answers::none(instrument);
  answers.presence[3] = Presence::yes;
  EXPECT_THROW(answers_decoded(encoded(answers, instrument), small_instrument(3)), Corrupt);
}

TEST(GivenAnswers, TakeASectionWithoutTouchingTheOthers) {
  const auto instrument = two_sections();
  auto answers = Answers::none(instrument);
  answers.presence[2] = Presence::no;
  take_section(answers, instrument, 0, typed({{"1.1.a", "yes"}, {"1.2.b", "4"}, {"1.3.a", "yes"}}), ",;,;");
  EXPECT_EQ(answers.presence[0], Presence::yes);
  EXPECT_EQ(answers.importance[1], Importance::extremely);
  EXPECT_EQ(answers.presence[2], Presence::no) << "of the other section";
  EXPECT_EQ(section_state(answers, instrument, 0), "yes,;,4;");
  EXPECT_EQ(answers.answered_in(instrument, 0), 2);
  EXPECT_EQ(answers.answered_in(instrument, 1), 1);
}

TEST(GivenAnswers, OfTwoWindowsAreJoinedFieldByField) {
  const auto instrument = two_sections();
  auto answers = Answers::none(instrument);
  const auto drawn = section_state(answers, instrument, 0);
  // One window answers the first statement, the other, drawn before, the second.
  take_section(answers, instrument, 0, typed({{"1.1.a", "yes"}}), drawn);
  take_section(answers, instrument, 0, typed({{"1.1.a", ""}, {"1.2.a", "no"}}), drawn);
  EXPECT_EQ(section_state(answers, instrument, 0), "yes,;no,;");
  // What was really taken back is taken back.
  take_section(answers, instrument, 0, typed({{"1.1.a", ""}}), section_state(answers, instrument, 0));
  EXPECT_EQ(section_state(answers, instrument, 0), ",;no,;");
}

TEST(GivenAnswers, PassOverCodesAndStatesNoFormHas) {
  const auto instrument = two_sections();
  auto answers = Answers::none(instrument);
  for (const char* state : {"", ";", "yes", "x,y;z", ",,,;;;;;;"})
    take_section(answers, instrument, 0, typed({{"1.1.a", "perhaps"}, {"1.1.b", "5"}, {"1.2.b", "-1"}}), state);
  EXPECT_FALSE(answers.any());
}

TEST(Choosing, OffersWhatWasAnsweredTheMostImportantFirst) {
  const auto instrument = small_instrument();
  auto answers = Answers::none(instrument);
  EXPECT_EQ(to_choose_from(answers, instrument).size(), 4U) << "nothing answered: all";
  answers.presence[0] = Presence::yes;
  answers.importance[2] = Importance::quite;
  answers.importance[3] = Importance::extremely;
  answers.importance[1] = Importance::not_relevant;
  EXPECT_EQ(to_choose_from(answers, instrument), (std::vector<std::size_t>{3, 2, 0, 1}));
}

TEST(Choosing, RefusesAFourth) {
  const auto instrument = small_instrument();
  EXPECT_EQ(*check_choice({"1.3", "1.1", "1.3"}, instrument), (std::vector<std::uint8_t>{0, 2}));
  EXPECT_TRUE(check_choice({}, instrument)->empty());
  const auto four = check_choice({"1.1", "1.2", "1.3", "1.4"}, instrument);
  ASSERT_FALSE(four);
  EXPECT_EQ(four.problems()[0],
            (Problem{"most_important", "answer.problem.too_many", {{"most", "3"}, {"chosen", "4"}}}));
  EXPECT_FALSE(check_choice({"9.9"}, instrument));
}

TEST(Reasons, MayBeEmptyAndNotEndless) {
  EXPECT_EQ(*check_reason("", "  ", "more"), (Reason{}));
  EXPECT_EQ(*check_reason("great", " words ", "more"), (Reason{"", "words"}));
  EXPECT_TRUE(check_reason("hard", std::string(longest_reason, 'x'), "more"));
  EXPECT_EQ(check_reason("hard", std::string(longest_reason + 1, 'x'), "more").problems()[0].key,
            "answer.problem.long");
  EXPECT_EQ(check_reason("hard", "\xff", "more").problems()[0].key, "answer.problem.not_text");
}

TEST(Reasons, ForLeavingTheStatementsOutAreOneOfFive) {
  for (const auto why : left_out_reasons) EXPECT_TRUE(check_left_out(why, "")) << why;
  const auto wrong = check_left_out("", std::string(longest_reason + 1, 'x'));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.problems().size(), 2U);
}

TEST(GivenAnswers, CountForTheGroupsOfTheirSite) {
  const auto instrument = small_instrument();
  auto answers = Answers::none(instrument);
  answers.stakeholder = "coworker";
  answers.presence[0] = Presence::yes;
  answers.way = "paper";
  const auto response = response_of(answers, {1, "ward", "Willow Ward", "voluntary", "partnership", "inpatient"});
  EXPECT_EQ(response.groups,
            (std::array<std::string, 5>{"voluntary", "partnership", "inpatient", "coworker", "Willow Ward"}));
  EXPECT_EQ(response.other_groups.at("way"), "paper");
  EXPECT_EQ(decoded(encoded(response)).presence, answers.presence);
}

}  // namespace
}  // namespace cairn::instruments
