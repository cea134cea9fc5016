// SPDX-License-Identifier: Apache-2.0
#include "evaluation/store.hpp"
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

TEST_P(StudyPages, BeginWithTheNewestVersionOfEitherForm) {
  make_study();
  lead().json().post("/studies", {{"name", "Short"}, {"instrument", "implementation-inventory-short"}});
  demonstrate();
  const auto all = database().read([&](db::Read& read) { return studies(read, operator_()); });
  ASSERT_EQ(all.size(), 3U);
  for (const auto& study : all) EXPECT_EQ(study.instrument_version, 2) << study.name;
}

TEST_P(StudyPages, KeepTheWordsAnOlderStudyBeganWith) {
  const auto id = database().write(operator_(), {"test.act", "test", ""}, [](db::Write& write) {
    return add_study(write, "Older", "implementation-inventory", 1);
  });
  const auto older = "/studies/" + id.text;
  const auto newer = make_study();
  const auto csv = file_of({{"peer_worker", "Ward", 6, "no", "4"}, {"coworker", "Ward", 6, "yes", "3"}});
  for (const auto* round : {"1", "2"})
    for (const auto& path : {older, newer}) ASSERT_EQ(parsed(bring_in(path, csv, "keep", round))["added"], 12) << path;
  EXPECT_EQ(database().read([&](db::Read& read) { return study(read, operator_(), id); }).instrument_version, 1);
  const std::string before = "The terms of the job allow for changes that peer workers need";
  const std::string now = "The terms of the job allow for changes peer workers need";
  const auto item = "/rounds/2/items/1.5?by=stakeholder";
  EXPECT_TRUE(has(lead().get(older + item), before));
  EXPECT_TRUE(has(lead().get(newer + item), now));
  // Figures, advice and the published study stand beside either alike: the ids are the same.
  for (const auto* view : {"matters", "statements", "differences", "study", "changes"}) {
    const auto of_older = lead().json().get(older + "/rounds/2/compare?by=stakeholder&view=" + view);
    const auto of_newer = lead().json().get(newer + "/rounds/2/compare?by=stakeholder&view=" + view);
    ASSERT_EQ(of_older.status, 200) << view;
    auto cells = parsed(of_older);
    auto other = parsed(of_newer);
    for (auto* one : {&cells, &other}) one->erase("study");
    EXPECT_EQ(cells, other) << view;
  }
  EXPECT_EQ(lead().get(older + "/rounds/2/comparison.csv").body, lead().get(newer + "/rounds/2/comparison.csv").body);
  for (const auto& path : {older, newer}) {
    const auto made = lead().json().post(path + "/report", {{"site", "=Ward"}, {"purpose", "train"}});
    ASSERT_EQ(made.status, 201) << made.body;
    const auto report = lead().get(parsed(made)["location"].get<std::string>());
    EXPECT_EQ(report.status, 200);
    EXPECT_TRUE(has(report, "Gillard"));
  }
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
