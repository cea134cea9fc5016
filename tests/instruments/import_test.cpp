// SPDX-License-Identifier: Apache-2.0
#include "instruments/import.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "instruments/worlds.hpp"

namespace cairn::instruments {
namespace {

using test::small_instrument;

struct Told {
  std::vector<BadCell> bad;
  TellBadCell tell() {
    return [this](const BadCell& cell) { bad.push_back(cell); };
  }
  std::string keys() const {
    std::string keys;
    for (const auto& cell : bad)
      keys += (keys.empty() ? "" : " ") + cell.problem.key.substr(sizeof "instruments.import");
    return keys;
  }
};

std::string header_trouble(std::string_view header) {
  Told told;
  const auto columns = read_header(split(header, ','), small_instrument(), told.tell());
  EXPECT_EQ(columns.has_value(), told.bad.empty());
  return told.keys();
}

// Reads one row under a header; the response only where nothing was told.
struct ReadRow {
  Told told;
  std::optional<Response> response;
  std::string respondent;

  ReadRow(std::string_view header, std::string_view cells) {
    const Instrument instrument = small_instrument();
    auto columns = read_header(split(header, ','), instrument, told.tell());
    if (!columns) throw std::runtime_error("the header of this test is refused");
    const RowReader reader(instrument, *std::move(columns));
    Response read;
    std::string_view who;
    const auto parts = split(cells, ',');
    if (!reader.read(7, parts, told.tell(), who, read)) return;
    response = read;
    respondent = std::string(who);
  }
};

TEST(Header, AllowsColumnsInAnyOrderAndNamesInAnyCase) {
  Told told;
  const auto header = split("1.2.B, TOP3 ,Respondent,1.1.a,group.Job title,site,Employer", ',');
  const auto columns = read_header(header, small_instrument(), told.tell());
  ASSERT_TRUE(columns);
  using Kind = Column::Kind;
  const std::vector<Kind> kinds{Kind::importance,  Kind::most_important, Kind::respondent, Kind::presence,
                                Kind::other_group, Kind::group,          Kind::group};
  for (std::size_t i = 0; i < kinds.size(); ++i) EXPECT_EQ((*columns)[i].kind, kinds[i]) << i;
  EXPECT_EQ((*columns)[0].index, 1U);
  EXPECT_EQ((*columns)[4].other, "job_title");
  EXPECT_EQ((*columns)[5].index, static_cast<std::size_t>(Axis::site));
}

TEST(Header, NeedsARespondentAndAnswers) {
  EXPECT_EQ(header_trouble("respondent,1.1.a"), "");
  EXPECT_EQ(header_trouble("respondent,top3"), "");
  EXPECT_EQ(header_trouble("1.1.a,1.1.b"), "no_respondent_column");
  EXPECT_EQ(header_trouble("respondent,site"), "no_answer_column");
}

TEST(Header, RefusesColumnsItDoesNotKnow) {
  for (const std::string name : {"1.5.a", "1.1.c", "1.1", "name", "all", "group.", ".a", "1.1.ab", "respondents"})
    EXPECT_EQ(header_trouble("respondent,1.1.a," + name), "unknown_column") << name;
  EXPECT_EQ(header_trouble("respondent,1.1.a,"), "unnamed_column");
}

TEST(Header, RefusesColumnsThatStandThereTwice) {
  EXPECT_EQ(header_trouble("respondent,1.1.a,1.1.A"), "column_twice");
  EXPECT_EQ(header_trouble("respondent,Respondent,1.1.a"), "column_twice");
  EXPECT_EQ(header_trouble("respondent,group.job title,group.job_title,top3"), "column_twice");
}

TEST(Header, TellsEverythingThatIsWrongWithIt) {
  EXPECT_EQ(header_trouble("1.1.a,1.1.a,what"), "column_twice unknown_column no_respondent_column");
}

TEST(Header, KnowsOtherDelimiters) {
  EXPECT_EQ(header_trouble("respondent;1.1.a;1.1.b"), "semicolons");
  EXPECT_EQ(header_trouble("respondent\t1.1.a"), "tabs");
  EXPECT_EQ(header_trouble("respondent|1.1.a"), "bars");
}

TEST(Rows, ReadEveryCode) {
  const char* header = "respondent,1.1.a,1.2.a,1.3.a,1.4.a,1.1.b,1.2.b,1.3.b,1.4.b";
  const ReadRow first(header, "r1,yes,partly,no,dk,4,3,2,1");
  ASSERT_TRUE(first.response);
  EXPECT_EQ(first.response->presence,
            (std::vector{Presence::yes, Presence::partly, Presence::no, Presence::dont_know}));
  EXPECT_EQ(first.response->importance,
            (std::vector{Importance::extremely, Importance::quite, Importance::not_very, Importance::not_at_all}));
  const ReadRow second(header, "r1,nr,,NR, ,dk,nr,,DK");
  ASSERT_TRUE(second.response);
  EXPECT_EQ(second.response->presence,
            (std::vector{Presence::not_relevant, Presence::unanswered, Presence::not_relevant, Presence::unanswered}));
  EXPECT_EQ(second.response->importance, (std::vector{Importance::dont_know, Importance::not_relevant,
                                                      Importance::unanswered, Importance::dont_know}));
}

TEST(Rows, IgnoreCaseAndTakeSpacesForUnderscores) {
  const ReadRow row("respondent,employer,context,setting,stakeholder,site,1.1.a",
                    " r1 ,NHS,Partnership,BME, Line manager , North Ward ,YES");
  ASSERT_TRUE(row.response);
  EXPECT_EQ(row.respondent, "r1");
  EXPECT_EQ(row.response->groups,
            (std::array<std::string, 5>{"statutory", "partnership", "bme", "line_manager", "North Ward"}));
}

TEST(Rows, CountTheNhsAndCouncilsAsStatutoryEmployers) {
  for (const auto& [written, group] : {std::pair("nhs", "statutory"), std::pair("council", "statutory"),
                                       std::pair("Statutory", "statutory"), std::pair("voluntary", "voluntary")})
    EXPECT_EQ(ReadRow("respondent,employer,top3", std::string("r1,") + written + ",").response->group(Axis::employer),
              group);
}

TEST(Rows, LeaveEmptyGroupsEmptyAndKeepOtherGroups) {
  const ReadRow row("respondent,employer,site,group.job,group.band,1.1.a", "r1,, ,nurse,,yes");
  ASSERT_TRUE(row.response);
  EXPECT_EQ(row.response->groups, (std::array<std::string, 5>{}));
  EXPECT_EQ(row.response->other_groups, (std::map<std::string, std::string>{{"job", "nurse"}}));
}

TEST(Rows, ReadUpToThreeChoices) {
  EXPECT_EQ(ReadRow("respondent,top3", "r1,1.4; 1.1").response->most_important, (std::vector<std::uint8_t>{0, 3}));
  EXPECT_EQ(ReadRow("respondent,top3", "r1,1.2").response->most_important, (std::vector<std::uint8_t>{1}));
  EXPECT_TRUE(ReadRow("respondent,top3", "r1, ").response->most_important.empty());
}

TEST(Rows, RefuseWhatIsNoAnswer) {
  struct Case {
    const char* header;
    std::string row;
    const char* trouble;
  };
  const std::vector<Case> cases{
      {"respondent,1.1.a", "r1,maybe", "unknown_a"},
      {"respondent,1.1.a", "r1,4", "unknown_a"},
      {"respondent,1.1.a", "r1,=1+1", "unknown_a"},
      {"respondent,1.1.b", "r1,5", "unknown_b"},
      {"respondent,1.1.b", "r1,0", "unknown_b"},
      {"respondent,1.1.b", "r1,3.5", "unknown_b"},
      {"respondent,1.1.b", "r1,yes", "unknown_b"},
      {"respondent,top3", "r1,1.1;1.2;1.3;1.4", "too_many_choices"},
      {"respondent,top3", "r1,1.1;1.2;1.1", "choice_twice"},
      {"respondent,top3", "r1,1.9", "unknown_choice"},
      {"respondent,top3", "r1,1.1;;1.2", "unknown_choice"},
      {"respondent,top3", "r1,1.1 1.2", "unknown_choice"},
      {"respondent,1.1.a", ",yes", "no_respondent"},
      {"respondent,1.1.a", "  ,yes", "no_respondent"},
      {"respondent,1.1.a", std::string(201, 'r') + ",yes", "too_long"},
      {"respondent,1.1.a", "r\n1,yes", "control_character"},
      {"respondent,site,1.1.a", "r1," + std::string(201, 's') + ",yes", "too_long"},
      {"respondent,site,1.1.a", "r1,a\tb,yes", "control_character"},
      {"respondent,group.x,1.1.a", "r1," + std::string(201, 's') + ",yes", "too_long"},
      {"respondent,employer,1.1.a", "r1,charity,yes", "unknown_group"},
      {"respondent,context,1.1.a", "r1,statutory,yes", "unknown_group"},
      {"respondent,setting,1.1.a", "r1,ward,yes", "unknown_group"},
      {"respondent,stakeholder,1.1.a", "r1,manager,yes", "unknown_group"},
      {"respondent,1.1.a", "r1", "cells"},
      {"respondent,1.1.a", "r1,yes,no", "cells"},
      {"respondent,1.1.a,1.1.b,top3", ",x,9,2", "no_respondent unknown_a unknown_b unknown_choice"},
  };
  for (const auto& [header, row, trouble] : cases) {
    const ReadRow read(header, row);
    EXPECT_FALSE(read.response) << row;
    EXPECT_EQ(read.told.keys(), trouble) << row;
  }
}

TEST(Rows, TellWhereTheBadCellIs) {
  const ReadRow row("respondent,1.1.a", "r1, Maybe ");
  ASSERT_EQ(row.told.bad.size(), 1U);
  EXPECT_EQ(row.told.bad[0].row, 7);
  EXPECT_EQ(row.told.bad[0].column, "1.1.a");
  EXPECT_EQ(row.told.bad[0].value, " Maybe ");
}

TEST(Rows, AllowNamesOf200CharactersWhateverTheirBytes) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "é";
  EXPECT_TRUE(ReadRow("respondent,site,1.1.a", "r1," + name + ",yes").response);
  EXPECT_FALSE(ReadRow("respondent,site,1.1.a", "r1," + name + "é,yes").response);
}

TEST(BadCells, AreWrittenAsCsvWithoutFormulas) {
  EXPECT_EQ(bad_cells_header(), "row,column,value,what_to_do\n");
  EXPECT_EQ(bad_cell_line({2, "1.1.a", "=cmd()", {}}, "Write yes, or no."), "2,1.1.a,'=cmd(),\"Write yes, or no.\"\n");
  EXPECT_EQ(bad_cell_line({2, "1.1.a", "a\"b\nc", {}}, "Mend it"), "2,1.1.a,\"a\"\"b\nc\",Mend it\n");
}

TEST(BadCells, AreCutTo80Characters) {
  std::string value;
  for (int i = 0; i < 100; ++i) value += "é";
  const std::string line = bad_cell_line({2, "", value, {}}, "x");
  EXPECT_EQ(characters(line), std::string_view("2,,").size() + 80 + 1 + std::string_view(",x\n").size());
  EXPECT_TRUE(is_utf8(line));
}

}  // namespace
}  // namespace cairn::instruments
