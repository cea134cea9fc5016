// SPDX-License-Identifier: Apache-2.0
#include "stage.hpp"

namespace cairn::evaluation {
namespace {

class Comparing : public StageTest {
 protected:
  // A study with one round of these answers; returns its address.
  std::string study_with(std::initializer_list<Respondents> groups) {
    const auto made = lead().json().post("/studies", {{"name", "Spring"}});
    EXPECT_EQ(made.status, 201);
    const std::string path = parsed(made)["location"];
    const auto kept = lead().json().post(path + "/import", {{"round", "1"}, {"act", "keep"}},
                                         {{"file", "answers.csv", file_of(groups)}});
    EXPECT_EQ(kept.status, 200) << kept.body;
    return path;
  }
};

TEST_P(Comparing, ShowsEveryViewOfARound) {
  demonstrate();
  for (const auto* view : {"matters", "statements", "differences", "study", "changes"})
    for (const auto* by : {"employer", "context", "setting", "stakeholder", "site"}) {
      const auto reply = lead().get(study_path() + "/rounds/2/compare?view=" + view + "&by=" + by);
      EXPECT_EQ(reply.status, 200) << view;
      EXPECT_FALSE(has(reply, "[evaluation.")) << view << " lacks a text";
      EXPECT_TRUE(has(reply, tests::english()("evaluation.warning.pointer"))) << view << " says nothing of its limits";
    }
}

TEST_P(Comparing, SaysHowManyAnsweredBeforeAnyChart) {
  demonstrate();
  const auto reply = lead().get(study_path() + "/rounds/1/compare");
  const auto sentence = reply.body.find("60 people answered");
  ASSERT_NE(sentence, std::string::npos);
  EXPECT_LT(sentence, reply.body.find("<figure"));
}

TEST_P(Comparing, ShowsAStatementWithItsBarsMeansAndGuidance) {
  demonstrate();
  const auto reply = lead().get(study_path() + "/rounds/2/items/2.1?by=stakeholder");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(has(reply, "Line managers"));
  EXPECT_TRUE(has(reply, "<svg"));
  EXPECT_TRUE(has(reply, "<table"));
  EXPECT_FALSE(has(reply, "[evaluation."));
}

TEST_P(Comparing, HasNoPageForWhatIsNotThere) {
  demonstrate();
  for (const auto* rest : {"/rounds/4/compare", "/rounds/0/compare", "/rounds/x/compare",
                           "/rounds/1/compare?view=other", "/rounds/1/compare?by=other", "/rounds/1/items/9.9"})
    EXPECT_EQ(lead().get(study_path() + rest).status, 404) << rest;
}

TEST_P(Comparing, NeverGivesAwayWhatASmallGroupSaid) {
  // Ten who say yes and extremely important, three managers who say no and not at all important.
  const auto path = study_with({{"peer_worker", "Ward", 10, "yes", "4"}, {"line_manager", "Ward", 3, "no", "1"}});
  const auto page = lead().get(path + "/rounds/1/compare?view=statements&by=stakeholder");
  EXPECT_TRUE(has(page, "Line managers"));
  EXPECT_FALSE(has(page, "· 1.0 ·")) << "the mean of a hidden group";
  EXPECT_FALSE(has(page, "Line managers (3)")) << "the size of a hidden group";
  const auto item = lead().get(path + "/rounds/1/items/1.1?by=stakeholder");
  EXPECT_FALSE(has(item, ">1.0<"));
  const auto compared = parsed(lead().json().get(path + "/rounds/1/compare?by=stakeholder"));
  for (const auto& row : compared["rows"]) {
    if (row["group"] != "line_manager") continue;
    EXPECT_TRUE(row.contains("hidden"));
    EXPECT_FALSE(row.contains("people")) << row;
    EXPECT_FALSE(row.contains("mean")) << row;
  }
  const auto csv = lead().get(path + "/rounds/1/comparison.csv").body;
  EXPECT_NE(csv.find("1.1,stakeholder,line_manager,,,,,,,,,,,,,few_people"), std::string::npos) << csv.substr(0, 400);
}

TEST_P(Comparing, OffersATalkWhereEverythingIsTooSmall) {
  const auto path = study_with({{"peer_worker", "Hut", 3, "yes", "4"}, {"line_manager", "Hut", 1, "no", "1"}});
  for (const auto* rest : {"/rounds/1/compare", "/rounds/1/items/1.1"}) {
    const auto reply = lead().get(path + rest);
    EXPECT_TRUE(has(reply, tests::english()("evaluation.small.title"))) << rest;
    EXPECT_TRUE(has(reply, "<blockquote")) << "the guide for talking is missing";
    EXPECT_FALSE(has(reply, "<svg class=\"cairn-chart")) << rest;
  }
  const auto study = lead().get(path);
  EXPECT_TRUE(has(study, tests::english()("evaluation.round.too_few")));
  EXPECT_FALSE(has(study, "4 people"));
}

TEST_P(Comparing, SaysNoOneYetOfAStatementNobodyAnswered) {
  const auto path = study_with({{"peer_worker", "Ward", 10, "yes", "4"}});
  const auto reply = lead().get(path + "/rounds/1/items/4.1?by=stakeholder");
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(has(reply, "NaN"));
  EXPECT_FALSE(has(reply, "0 of 0"));
}

TEST_P(Comparing, GivesTheShownNumbersAsASpreadsheet) {
  demonstrate();
  const auto reply = lead().get(study_path() + "/rounds/2/comparison.xlsx");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.starts_with("PK"));
  EXPECT_NE(tests::header(reply, "Content-Disposition").find("attachment"), std::string::npos);
}

TEST_P(Comparing, IsForThoseThePolicyNamesAlone) {
  demonstrate();
  const auto path = study_path() + "/rounds/2/compare";
  for (const auto role : {Role::lead, Role::researcher, Role::sponsor, Role::worker})
    EXPECT_EQ(visitor().as(as(role)).get(path).status, 200) << name(role);
  for (const auto role : {Role::administrator, Role::applicant, Role::person_supported})
    EXPECT_EQ(visitor().as(as(role)).get(path).status, 404) << name(role);
  EXPECT_EQ(visitor().as(as(Role::sponsor)).get(study_path() + "/rounds/2/comparison.csv").status, 404);
  EXPECT_EQ(visitor().as(tests::somebody(Role::lead, "another programme")).get(path).status, 404);
  EXPECT_FALSE(has(visitor().as(as(Role::sponsor)).get(path), "comparison.csv")) << "a button that leads nowhere";
}

TEST_P(Comparing, IsNotForARoleOverAnotherStudy) {
  demonstrate();
  const Actor elsewhere{"account-2", programme, {{Role::researcher, {"study", "another"}, {}, {}}}};
  EXPECT_EQ(visitor().as(elsewhere).get(study_path() + "/rounds/2/compare").status, 404);
}

CAIRN_EACH_ENGINE(Comparing);

}  // namespace
}  // namespace cairn::evaluation
