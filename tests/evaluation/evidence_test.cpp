// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evaluation/actions_content.hpp"
#include "evaluation/change.hpp"
#include "evaluation/sites.hpp"
#include "numbers.hpp"

namespace cairn::evaluation {
namespace {

using figures::Axis;
using figures::Hidden;
using figures::numbers;
using figures::statements;

Point point(const char* item, const char* where, Footing footing, const char* text) {
  return {item, where, 1, footing, "", text};
}

std::vector<std::string> texts(const std::vector<Point>& points) {
  std::vector<std::string> all;
  for (const auto& one : points) all.push_back(one.text);
  return all;
}

const std::vector<Point> points{point("4.1", "found", Footing::none, "found"),
                                point("4.1", "reading", Footing::none, "reading"),
                                point("4.1", "nhs", Footing::general, "nhs general"),
                                point("4.1", "inpatient", Footing::table, "ward table"),
                                point("4.1", "inpatient", Footing::reported, "ward"),
                                point("4.1", "partnership", Footing::reported, "partnership"),
                                point("4.1", "nhs", Footing::reported, "nhs"),
                                point("4.1", "facilitator", Footing::general, "helps in general"),
                                point("4.1", "facilitator", Footing::reported, "helps"),
                                point("4.1", "barrier", Footing::reported, "hinders"),
                                point("4.2", "nhs", Footing::reported, "another statement")};

TEST(Advice, FitsContextAndSettingWithFirmPointsFirstThenTablesThenGeneralOnes) {
  const auto chosen = advice(points, "4.1", {"nhs", {"inpatient"}});
  EXPECT_EQ(texts(chosen.for_the_site), (std::vector<std::string>{"nhs", "ward", "ward table", "nhs general"}));
  EXPECT_EQ(texts(chosen.helps), (std::vector<std::string>{"helps", "helps in general"}));
  EXPECT_EQ(texts(chosen.hinders), std::vector<std::string>{"hinders"});
  EXPECT_EQ(chosen.found, "found");
  EXPECT_EQ(chosen.reading, "reading");
}

TEST(Advice, IsGeneralAloneWhereTheSiteIsNotKnown) {
  const auto chosen = advice(points, "4.1", {});
  EXPECT_TRUE(chosen.for_the_site.empty());
  EXPECT_EQ(chosen.helps.size(), 2U);
}

TEST(Advice, MarksTablesAndGeneralPointsAsWeaker) {
  EXPECT_FALSE(is_weaker(point("", "", Footing::reported, "")));
  EXPECT_TRUE(is_weaker(point("", "", Footing::table, "")));
  EXPECT_TRUE(is_weaker(point("", "", Footing::general, "")));
}

TEST(Sites, AreDescribedByTheServiceOfThatName) {
  const std::vector<DescribedService> services{
      {"Willow Ward", {"partnership", {"inpatient", "community"}}, "voluntary"}};
  const auto site = describe("willow ward ", services, {"nhs", "", ""});
  EXPECT_TRUE(site.described);
  EXPECT_EQ(site.place.context, "partnership");
  EXPECT_EQ(site.place.settings, (std::vector<std::string>{"inpatient", "community"}));
}

TEST(Sites, AreDescribedByMostAnswersWhereNoServiceIs) {
  const auto site = describe("Hut", {}, {"nhs", "", ""});
  EXPECT_FALSE(site.described);
  EXPECT_EQ(site.place.context, "nhs");
  EXPECT_TRUE(site.place.settings.empty()) << "people did not agree";
  EXPECT_EQ(site.employer, "");
}

TEST(Changes, AreOfStatementsShownInBothRounds) {
  const auto before = numbers(
      4, {{Axis::all, "everyone", {{2, 10, 30}, {5, 10, 30}, {5, 10, 30, 0, Hidden::few_answers}, {0, 0, 30}}}});
  const auto after = numbers(4, {{Axis::all, "everyone", {{6, 10, 35}, {5, 10, 30}, {9, 10, 30}, {9, 10, 30}}}});
  const auto all = changes(before, after, everyone());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].presence(), 40);
  EXPECT_EQ(all[0].before_tenths, 30);
  EXPECT_EQ(all[0].after_tenths, 35);
  const auto moved = largest(all, 5);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].item, 0U);
  EXPECT_TRUE(changes(before, after, site("Hut")).empty());
}

TEST(PublishedFigures, StandBesideTheSameGroupAlone) {
  Published published;
  published.mean_tenths = {{{"1.1", Axis::context, "nhs"}, 36}, {{"1.2", Axis::context, "nhs"}, 30}};
  published.top3 = {{{"1.1", Axis::context, "nhs"}, 4}};
  EXPECT_EQ(published.mean("1.1", Axis::context, "nhs"), 36);
  EXPECT_FALSE(published.mean("1.1", Axis::all, "everyone"));
  EXPECT_EQ(published.chosen("1.1", Axis::context, "nhs"), 4);
  EXPECT_EQ(published.chosen("1.2", Axis::context, "nhs"), 0) << "what nobody chose is not printed";
  EXPECT_FALSE(published.chosen("1.1", Axis::site, "Hut"));
  const auto comparison = numbers(2, {{Axis::context, "nhs", {{9, 10, 30}, {9, 10, 31}}}});
  const auto beside = beside_the_study(comparison, statements(2), published, Axis::context, 5);
  ASSERT_EQ(beside.size(), 1U);
  EXPECT_EQ(beside[0].item, 0U);
  EXPECT_EQ(beside[0].apart(), 6);
}

TEST(Evidence, IsCarriedByTheProgramAndWhole) {
  const auto evidence = read_evidence(content::Library::open(""));
  EXPECT_EQ(evidence.settings.size(), 4U);
  EXPECT_EQ(standard(evidence.settings), Thresholds{});
  EXPECT_EQ(evidence.published.mean_tenths.size(), 560U);
  EXPECT_EQ(evidence.published.mean("4.1", Axis::context, "nhs").has_value(), true);
  EXPECT_EQ(evidence.published.chosen("4.1", Axis::context, "nhs").has_value(), true);
  EXPECT_EQ(evidence.purposes.size(), all_purposes.size());
  for (const auto purpose : all_purposes) EXPECT_EQ(evidence.words(purpose).purpose, purpose);
  EXPECT_GT(evidence.points.size(), 400U);
  EXPECT_NE(evidence.discussion_guide.find("<h2"), std::string::npos);
  EXPECT_FALSE(evidence.published.warnings.empty());
}

TEST(Evidence, HasTheTopThreeChoicesOfTheStudyInAll) {
  const auto evidence = read_evidence(content::Library::open(""));
  std::map<Axis, std::int64_t> choices;
  for (const auto& [key, count] : evidence.published.top3) choices[key.axis] += count;
  EXPECT_EQ(choices[Axis::employer], 255);
  EXPECT_EQ(choices[Axis::context], 255);
  EXPECT_EQ(choices[Axis::stakeholder], 255);
  EXPECT_EQ(choices[Axis::setting], 153);
}

}  // namespace
}  // namespace cairn::evaluation
