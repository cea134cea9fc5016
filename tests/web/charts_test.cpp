// SPDX-License-Identifier: Apache-2.0
#include "web/charts.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <stdexcept>

namespace cairn::web {
namespace {

const Language& say() {
  static const Language language = Language::from_embedded("en");
  return language;
}

const std::string few = "Fewer than five people are in this group.";

std::size_t times(const std::string& where, const std::string& what) {
  std::size_t count = 0;
  for (auto at = where.find(what); at != std::string::npos; at = where.find(what, at + what.size())) ++count;
  return count;
}

// The drawing for wide places alone.
std::string drawing(const std::string& html) {
  const auto start = html.find("<svg class=\"cairn-chart__wide\"");
  if (start == std::string::npos) return "";
  return html.substr(start, html.find("</svg>", start) - start);
}

std::string table_of(const std::string& html) {
  return html.substr(html.find("<table"));
}

std::multiset<std::string> all(const std::string& where, const std::regex& pattern) {
  std::multiset<std::string> found;
  for (std::sregex_iterator it(where.begin(), where.end(), pattern), end; it != end; ++it) found.insert((*it)[1]);
  return found;
}

void expect_well_made(const std::string& html) {
  EXPECT_EQ(html.find("style="), std::string::npos);
  EXPECT_EQ(times(html, "<svg"), 2U);
  EXPECT_EQ(times(html, "role=\"img\""), 2U);
  EXPECT_EQ(times(html, "<table"), 1U);
  const auto ids = all(html, std::regex(R"rx( id="([^"]+)")rx"));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "an id stands twice";
  for (const auto& pair : all(html, std::regex(R"rx(aria-labelledby="([^"]+)")rx"))) {
    EXPECT_EQ(ids.count(pair.substr(0, pair.find(' '))), 1U);
    EXPECT_EQ(ids.count(pair.substr(pair.find(' ') + 1)), 1U);
  }
  EXPECT_EQ(html.find("nan"), std::string::npos);
  EXPECT_EQ(html.find("inf"), std::string::npos);
}

AnswersChart answers() {
  return {.words = {.id = "a", .title = "Training", .description = "Peers mostly say no."},
          .bars = {{"Peers", std::array<std::int64_t, 5>{31, 17, 53, 11, 7}},
                   {"Nobody", std::array<std::int64_t, 5>{}},
                   {"Sponsors", std::nullopt, few},
                   {"Volunteers", std::nullopt, few}}};
}

TEST(AnswersChart, IsWellMade) {
  expect_well_made(answers_chart(say(), answers()).bytes());
}

TEST(AnswersChart, DrawsTheNumbersOfItsTable) {
  const auto html = answers_chart(say(), answers()).bytes();
  for (const auto* number : {">31<", ">17<", ">53<", ">11<", ">7<"})
    EXPECT_NE(drawing(html).find(number), std::string::npos) << number;
  for (const auto* cell : {"31 (26%)", "17 (14%)", "53 (45%)", "11 (9%)", "7 (6%)", ">119<"})
    EXPECT_NE(table_of(html).find(cell), std::string::npos) << cell;
}

TEST(AnswersChart, PutsYesAndPartlyRightOfTheMiddleAndNoLeft) {
  const auto svg = drawing(answers_chart(say(), answers()).bytes());
  const auto last_x = [&](const std::string& paint) {
    const auto xs = all(svg, std::regex("rect class=\"mark mark--" + paint + "\" x=\"([0-9.]+)\""));
    double largest = -1;  // the key's samples stand further left than the bars of "yes", "partly" and the outlined ones
    for (const auto& x : xs) largest = std::max(largest, std::stod(x));
    return largest;
  };
  EXPECT_LT(last_x("moss"), last_x("lichen"));
  EXPECT_LT(last_x("lichen"), last_x("outlined"));
  EXPECT_NE(svg.find("class=\"mark mark--clay\" x=\"3\""), std::string::npos);
}

TEST(AnswersChart, SaysHiddenGroupsOnceForEachReasonAndDrawsNothingOfThem) {
  const auto html = answers_chart(say(), answers()).bytes();
  EXPECT_NE(html.find("Sponsors and Volunteers: not shown. " + few), std::string::npos);
  EXPECT_EQ(drawing(html).find("Sponsors"), std::string::npos);
  EXPECT_EQ(times(table_of(html), "not shown"), 12U);  // two groups, five answers and their sum
}

TEST(AnswersChart, TellsAGroupWithoutAnswersFromAHiddenOne) {
  const auto html = answers_chart(say(), answers()).bytes();
  EXPECT_NE(html.find("Nobody: no answers yet."), std::string::npos);
  EXPECT_EQ(drawing(html).find("Nobody"), std::string::npos);
  EXPECT_EQ(times(table_of(html), "no answers"), 5U);
}

TEST(AnswersChart, HasNoDrawingWhenEverythingIsHidden) {
  auto chart = answers();
  chart.bars = {{"Sponsors", std::nullopt, few}};
  const auto html = answers_chart(say(), chart).bytes();
  EXPECT_EQ(html.find("<svg"), std::string::npos);
  EXPECT_NE(html.find("<table"), std::string::npos);
}

TEST(AnswersChart, EscapesWhatPeopleNamed) {
  auto chart = answers();
  chart.bars[0].group = "<b>Peers</b>";
  EXPECT_EQ(answers_chart(say(), chart).bytes().find("<b>"), std::string::npos);
}

TEST(Charts, RefuseAnIdThatCouldNotBeOne) {
  auto chart = answers();
  for (const auto* id : {"", "a b", "a\"", "a.b"}) {
    chart.words.id = id;
    EXPECT_THROW(answers_chart(say(), chart), std::logic_error) << id;
  }
}

MeansChart means() {
  return {.words = {.id = "m", .title = "How much it matters", .description = "Peers most."},
          .published = "2014 study",
          .rows = {{"Peers", 38, 34},
                   {"Managers", 31},
                   {"Ends", 10, 40},
                   {"Alike", 25, 25},
                   {"Sponsors", std::nullopt, 27, few}}};
}

TEST(MeansChart, IsWellMade) {
  expect_well_made(means_chart(say(), means()).bytes());
}

TEST(MeansChart, DrawsOneDotForEachMeanAndAnOpenOneForEachPublished) {
  const auto svg = drawing(means_chart(say(), means()).bytes());
  EXPECT_EQ(times(svg, "circle class=\"mark mark--moss\""), 4U + 1U);  // and one in the key
  EXPECT_EQ(times(svg, "circle class=\"mark mark--outlined\""), 3U + 1U);
  for (const auto* shown : {">3.8<", ">3.4<", ">3.1<", ">1.0<", ">4.0<", ">2.5<"})
    EXPECT_NE(svg.find(shown), std::string::npos) << shown;
}

TEST(MeansChart, LeavesAHiddenGroupOutOfTheDrawingEvenWhereTheStudyHasIt) {
  const auto html = means_chart(say(), means()).bytes();
  EXPECT_EQ(drawing(html).find("2.7"), std::string::npos);
  EXPECT_EQ(drawing(html).find("Sponsors"), std::string::npos);
  EXPECT_NE(html.find("Sponsors: not shown. " + few), std::string::npos);
}

PriorityChart priorities() {
  return {.words = {.id = "p", .title = "Forty statements", .description = "One matters and is missing."},
          .points = {{"4.4", "Trained colleagues", 23, 37, "/4.4"},
                     {"1.1", "At the edge", 50, 30},
                     {"1.2", "Just under", 49, 30},
                     {"1.3", "Matters little", 10, 29},
                     {"6.1", "Hidden share", std::nullopt, 36},
                     {"6.2", "Hidden mean", 63, std::nullopt}}};
}

TEST(PriorityChart, IsWellMade) {
  expect_well_made(priority_chart(say(), priorities()).bytes());
}

TEST(PriorityChart, NamesOnlyWhatStandsInTheRegion) {
  const auto svg = drawing(priority_chart(say(), priorities()).bytes());
  EXPECT_NE(svg.find("4.4 Trained colleagues"), std::string::npos);
  EXPECT_NE(svg.find("1.2 Just under"), std::string::npos);
  EXPECT_EQ(svg.find("At the edge"), std::string::npos);
  EXPECT_EQ(svg.find("Matters little"), std::string::npos);
  EXPECT_EQ(times(svg, "circle class=\"mark mark--clay\""), 2U);
  EXPECT_EQ(times(svg, "circle class=\"mark mark--lichen\""), 2U);
}

TEST(PriorityChart, SaysWhatTheRegionIsAndHowManyAreHidden) {
  const auto html = priority_chart(say(), priorities()).bytes();
  EXPECT_NE(html.find("matters 3.0 or more, and in place for fewer than 50 in 100"), std::string::npos);
  EXPECT_NE(html.find("2 statements are not shown"), std::string::npos);
}

TEST(PriorityChart, TellsNothingOfAPointThatIsHalfHidden) {
  const auto html = priority_chart(say(), priorities()).bytes();
  EXPECT_EQ(html.find("3.6"), std::string::npos);
  EXPECT_EQ(html.find("63%"), std::string::npos);
}

TEST(PriorityChart, PlacesLabelsWithoutOverlap) {
  auto chart = priorities();
  for (int i = 0; i < 30; ++i)
    chart.points.push_back({"9." + std::to_string(i), "Another statement", i % 10 * 4, 31 + i / 4});
  const auto svg = drawing(priority_chart(say(), chart).bytes());
  const std::regex label(
      R"rx(class="words words--label" x="([0-9.]+)" y="([0-9.]+)" font-size="[0-9.]+" text-anchor="(start|end)">([^<]+)<)rx");
  struct Box {
    double left, right, y;
  };
  std::vector<Box> boxes;
  for (std::sregex_iterator it(svg.begin(), svg.end(), label), end; it != end; ++it) {
    const auto x = std::stod((*it)[1]);
    const auto width =
        7.5 * static_cast<double>((*it)[4].length());  // narrower than the estimate the chart keeps clear
    boxes.push_back((*it)[3] == "start" ? Box{x, x + width, std::stod((*it)[2])}
                                        : Box{x - width, x, std::stod((*it)[2])});
  }
  ASSERT_GT(boxes.size(), 5U);
  for (std::size_t a = 0; a < boxes.size(); ++a)
    for (std::size_t b = a + 1; b < boxes.size(); ++b)
      EXPECT_FALSE(boxes[a].left < boxes[b].right && boxes[b].left < boxes[a].right &&
                   std::abs(boxes[a].y - boxes[b].y) < 15)
          << "labels " << a << " and " << b;
}

TEST(PriorityChart, ListsTheNamesWhereOnlyCodesFit) {
  const auto narrow_only = priority_chart(say(), priorities()).bytes();
  EXPECT_NE(narrow_only.find("cairn-chart__names--narrow"), std::string::npos);
  EXPECT_NE(narrow_only.find("<a href=\"/4.4\">4.4 Trained colleagues</a>"), std::string::npos);
  auto chart = priorities();
  for (int i = 0; i < 30; ++i)
    chart.points.push_back({"9." + std::to_string(i), "A very long name that needs room", 20, 35});
  EXPECT_EQ(priority_chart(say(), chart).bytes().find("cairn-chart__names--narrow"), std::string::npos);
}

ChangeChart change() {
  return {.words = {.id = "c", .title = "Change", .description = "Training rose."},
          .before = "Spring",
          .after = "Autumn",
          .rows = {{"Rose", 23, 61},
                   {"Fell", 80, 20},
                   {"Stayed", 38, 38},
                   {"Near", 50, 54},
                   {"New", std::nullopt, 71},
                   {"Hidden", std::nullopt, std::nullopt, few}}};
}

TEST(ChangeChart, IsWellMade) {
  expect_well_made(change_chart(say(), change()).bytes());
}

TEST(ChangeChart, DrawsAnArrowOnlyWhereThereIsAWayToGo) {
  const auto svg = drawing(change_chart(say(), change()).bytes());
  EXPECT_EQ(times(svg, "path class=\"mark mark--arrow\""), 2U);
}

TEST(ChangeChart, SaysWhatHasOneRoundOnly) {
  const auto html = change_chart(say(), change()).bytes();
  EXPECT_NE(html.find("New: one round only"), std::string::npos);
  EXPECT_NE(drawing(html).find(">71%<"), std::string::npos);
  EXPECT_NE(html.find("Hidden: not shown. " + few), std::string::npos);
}

TEST(ChangeChart, ShowsMeansInTenths) {
  auto chart = change();
  chart.measure = Measure::mean_tenths;
  chart.rows = {{"Matters", 31, 36}};
  const auto html = change_chart(say(), chart).bytes();
  EXPECT_NE(drawing(html).find(">3.6<"), std::string::npos);
  EXPECT_NE(table_of(html).find(">3.1<"), std::string::npos);
}

ShareBars shares() {
  return {.words = {.id = "s", .title = "Teams", .description = "Two teams."},
          .rows = {{"Heron", 4, 5}, {"Quayside", 0, 5}, {"Empty", 0, 0}, {"Hidden", std::nullopt, 9, few}}};
}

TEST(ShareBars, AreWellMade) {
  expect_well_made(share_bars(say(), shares()).bytes());
}

TEST(ShareBars, TellNothingToCountFromNothingDone) {
  const auto html = share_bars(say(), shares()).bytes();
  EXPECT_NE(drawing(html).find("0 of 5"), std::string::npos);
  EXPECT_EQ(drawing(html).find("Empty"), std::string::npos);
  EXPECT_NE(html.find("Empty: nothing to count yet."), std::string::npos);
  EXPECT_NE(table_of(html).find("80%"), std::string::npos);
}

TEST(ShareBars, ShowNeitherPartOfAHiddenShare) {
  const auto html = share_bars(say(), shares()).bytes();
  EXPECT_EQ(drawing(html).find("Hidden"), std::string::npos);
  EXPECT_EQ(html.find(">9<"), std::string::npos);
  EXPECT_EQ(html.find("of 9"), std::string::npos);
}

}  // namespace
}  // namespace cairn::web
