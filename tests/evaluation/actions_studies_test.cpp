// SPDX-License-Identifier: Apache-2.0
#include "stage.hpp"

namespace cairn::evaluation {
namespace {

class StudyPages : public StageTest {
 protected:
  std::string make_study(const std::string& name = "Spring") {
    return parsed(lead().json().post("/studies", {{"name", name}}))["location"];
  }
  web::Reply bring_in(const std::string& path, const std::string& csv, const std::string& act = "keep",
                      const std::string& round = "1") {
    return lead().json().post(path + "/import", {{"round", round}, {"act", act}}, {{"file", "answers.csv", csv}});
  }
};

TEST_P(StudyPages, TeachWhatAStudyIsWhereThereIsNone) {
  const auto reply = lead().get("/studies");
  EXPECT_TRUE(has(reply, "/studies/new"));
  EXPECT_FALSE(has(visitor().as(as(Role::sponsor)).get("/studies"), "/studies/new"));
}

TEST_P(StudyPages, MakeAStudyOnceByName) {
  const auto path = make_study();
  EXPECT_EQ(lead().get(path).status, 200);
  const auto again = lead().post("/studies", {{"name", "SPRING"}});
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "SPRING")) << "what was typed comes back";
}

TEST_P(StudyPages, ShowEveryCellToMendAndKeepNothing) {
  const auto path = make_study();
  const auto csv = "respondent,1.1.a,1.1.b\np1,perhaps,4\np2,yes,7\n";
  const auto page = lead().post(path + "/import", {{"round", "1"}, {"act", "keep"}}, {{"file", "answers.csv", csv}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "perhaps"));
  EXPECT_TRUE(has(page, "1.1.b"));
  EXPECT_TRUE(parsed(lead().json().get(path))["rounds"].empty());
}

TEST_P(StudyPages, CheckAFileWithoutKeepingIt) {
  const auto path = make_study();
  const auto csv = file_of({{"peer_worker", "Ward", 6, "yes", "4"}});
  const auto checked = bring_in(path, csv, "check");
  EXPECT_EQ(parsed(checked)["added"], 6);
  EXPECT_EQ(parsed(checked)["kept"], false);
  EXPECT_TRUE(parsed(lead().json().get(path))["rounds"].empty());
}

TEST_P(StudyPages, KeepAFileOnce) {
  const auto path = make_study();
  const auto csv = file_of({{"peer_worker", "Ward", 6, "yes", "4"}});
  EXPECT_EQ(parsed(bring_in(path, csv))["added"], 6);
  const auto again = parsed(bring_in(path, csv));
  EXPECT_EQ(again["added"], 0);
  EXPECT_EQ(again["known"], 6);
  EXPECT_EQ(parsed(bring_in(path, csv, "keep", "2"))["added"], 6) << "a new round of the same people";
  EXPECT_EQ(bring_in(path, csv, "keep", "4").status, 422) << "rounds follow one another";
}

TEST_P(StudyPages, AskForAFileAndARightDate) {
  const auto path = make_study();
  const auto reply = lead().json().post(
      path + "/import", {{"round", "1"}, {"dated_on-day", "31"}, {"dated_on-month", "2"}, {"dated_on-year", "2026"}},
      {});
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(parsed(reply)["problems"].size(), 2U);
}

TEST_P(StudyPages, BringInAnswersForThoseWhoMayAlone) {
  const auto path = make_study();
  const auto sponsor = visitor().as(as(Role::sponsor));
  EXPECT_EQ(sponsor.get(path).status, 200);
  EXPECT_EQ(sponsor.get(path + "/import").status, 404);
  EXPECT_EQ(sponsor.post("/studies", {{"name", "Mine"}}).status, 404);
}

TEST_P(StudyPages, ChangeAThresholdWithAReasonAndKeepWhoDidSo) {
  const auto before = lead().get("/thresholds");
  EXPECT_FALSE(has(before, "[evaluation."));
  EXPECT_FALSE(has(before, "name=\"reason\"")) << "no form before one is asked for";
  EXPECT_TRUE(has(lead().get("/thresholds?change=low_presence"), "name=\"reason\""));
  EXPECT_FALSE(has(visitor().as(as(Role::researcher)).get("/thresholds?change=low_presence"), "name=\"reason\""));
  EXPECT_EQ(lead().post("/thresholds", {{"threshold", "low_presence"}, {"value", "40"}, {"reason", ""}}).status, 422);
  EXPECT_EQ(lead().post("/thresholds", {{"threshold", "low_presence"}, {"value", "99"}, {"reason", "x"}}).status, 422);
  EXPECT_EQ(
      lead().post("/thresholds", {{"threshold", "low_presence"}, {"value", "40"}, {"reason", "We are new"}}).status,
      303);
  const auto after = lead().get("/thresholds");
  EXPECT_TRUE(has(after, "We are new"));
  EXPECT_TRUE(has(after, "40 %"));
  const auto evaluator = visitor().as(as(Role::researcher));
  EXPECT_EQ(evaluator.get("/thresholds").status, 200);
  EXPECT_EQ(evaluator.post("/thresholds", {{"threshold", "low_presence"}, {"value", "30"}, {"reason", "x"}}).status,
            404);
}

CAIRN_EACH_ENGINE(StudyPages);

}  // namespace
}  // namespace cairn::evaluation
