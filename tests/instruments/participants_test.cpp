// SPDX-License-Identifier: Apache-2.0
#include "instruments/participants.hpp"

#include <gtest/gtest.h>

namespace cairn::instruments {
namespace {

const std::vector<std::pair<std::string, std::string>> groups{{"peer_worker", "peer worker"},
                                                              {"peer_worker", "Peer workers"},
                                                              {"coworker", "colleague"},
                                                              {"line_manager", "Line manager"}};

TEST(Participants, AreCheckedWithEveryProblemAtOnce) {
  struct Row {
    ParticipantForm form;
    std::vector<std::string> fields;
  };
  const std::string long_name(121, 'a');
  const Row rows[] = {
      {{"Ashby Fenn", "ashby@larkmoor.example", "coworker", "s1"}, {}},
      {{"Ashby Fenn", "", "coworker", "s1"}, {}},
      {{"  ", "", "coworker", "s1"}, {"name"}},
      {{long_name, "", "coworker", "s1"}, {"name"}},
      {{"Ashby\nFenn", "", "coworker", "s1"}, {"name"}},
      {{"Ashby Fenn", "ashby", "coworker", "s1"}, {"email"}},
      {{"Ashby Fenn", "", "nurse", "s1"}, {"stakeholder"}},
      {{"Ashby Fenn", "", "coworker", "s9"}, {"service"}},
      {{"", "a@", "", ""}, {"name", "email", "stakeholder", "service"}},
  };
  for (const auto& row : rows) {
    const auto checked = check_participant(row.form, {"s1", "s2"});
    std::vector<std::string> fields;
    for (const auto& problem : checked ? std::vector<Problem>() : checked.problems()) fields.push_back(problem.field);
    EXPECT_EQ(fields, row.fields) << row.form.name << ' ' << row.form.email;
  }
}

TEST(Participants, KeepAddressesInSmallLetters) {
  const auto checked = check_participant({" Ashby Fenn ", " Ashby@Larkmoor.EXAMPLE ", "coworker", "s1"}, {"s1"});
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked, (NewParticipant{"Ashby Fenn", "ashby@larkmoor.example", "coworker", "s1"}));
}

TEST(Participants, AreReadFromLinesAsPeopleTypeThem) {
  const auto checked = check_participants(
      "Ashby Fenn, ashby@larkmoor.example, Peer worker\r\n"
      "\n"
      "Corrin Vale, colleague\n"
      "Marsh, Tamsin, tamsin@larkmoor.example, LINE MANAGER\n"
      "Wren Holt\twren@larkmoor.example\tcoworker\t\n"
      "Ivo Reed, , colleague\n"
      "Ashby F, ASHBY@larkmoor.example, peer workers\n"
      "Corrin Vale, colleague\n",
      "s1", groups);
  ASSERT_TRUE(checked);
  const std::vector<NewParticipant> wanted{{"Ashby Fenn", "ashby@larkmoor.example", "peer_worker", "s1"},
                                           {"Corrin Vale", "", "coworker", "s1"},
                                           {"Marsh, Tamsin", "tamsin@larkmoor.example", "line_manager", "s1"},
                                           {"Wren Holt", "wren@larkmoor.example", "coworker", "s1"},
                                           {"Ivo Reed", "", "coworker", "s1"}};
  EXPECT_EQ(*checked, wanted);
}

TEST(Participants, NameEveryLineThatCannotBeRead) {
  struct Row {
    std::string lines;
    std::string key;
    std::string line;
  };
  const Row rows[] = {{"Ashby Fenn", "line_group", "1"},
                      {"Ashby Fenn, nurse", "line_group", "1"},
                      {"\n\nAshby Fenn, a@b@c, colleague", "line_email", "3"},
                      {", colleague", "line_name", "1"},
                      {"a@b.example, colleague", "line_name", "1"},
                      {" \n ", "no_lines", ""}};
  for (const auto& row : rows) {
    const auto checked = check_participants(row.lines, "s1", groups);
    ASSERT_FALSE(checked) << row.lines;
    const auto& problem = checked.problems().front();
    EXPECT_EQ(problem.key, "instruments.participant." + row.key) << row.lines;
    EXPECT_EQ(problem.field, "lines");
    EXPECT_EQ(problem.values.empty() ? "" : problem.values.front().second, row.line) << row.lines;
  }
  const auto two = check_participants("Ashby, nurse\nCorrin, colleague\nWren, nobody", "s1", groups);
  EXPECT_EQ(two.problems().size(), 2U);
}

TEST(Participants, AreAtMostFiveHundredAtATime) {
  std::string lines;
  for (int i = 0; i < 501; ++i) lines += "Person " + std::to_string(i) + ", colleague\n";
  const auto checked = check_participants(lines, "s1", groups);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.problems().size(), 1U);
  EXPECT_EQ(checked.problems().front().key, "instruments.participant.many_lines");
}

TEST(Participants, EndForAReasonOfTheList) {
  for (const std::string why : {"left", "declined", "withdrawn", "mistake"}) EXPECT_TRUE(check_end(why)) << why;
  for (const std::string why : {"", "bored"}) EXPECT_FALSE(check_end(why)) << why;
}

}  // namespace
}  // namespace cairn::instruments
