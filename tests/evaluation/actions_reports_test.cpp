// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stage.hpp"

namespace cairn::evaluation {
namespace {

class Reports : public StageTest {
 protected:
  std::string make_report(const std::string& site, const std::string& purpose = "train") {
    return parsed(lead().json().post(study_path() + "/report",
                                     {{"purpose", purpose}, {"site", site}, {"round", "2"}}))["location"];
  }
  static tests::Visitor::Values step(const std::string& words = "Meet the ward team") {
    return {{"words", words},   {"owner", "Sam Field"}, {"due-day", "10"},
            {"due-month", "3"}, {"due-year", "2026"},   {"item", "4.4"}};
  }
};

TEST_P(Reports, AskForPurposeAndSiteFirst) {
  demonstrate();
  const auto form = lead().get(study_path() + "/report/new");
  for (const auto* words : {"persuade", "set_up", "train", "job_description", "show_value", "Willow Ward"})
    EXPECT_TRUE(has(form, words)) << words;
  const auto reply = lead().json().post(study_path() + "/report", {{"round", "2"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(parsed(reply)["problems"].size(), 2U);
  EXPECT_EQ(lead().post(study_path() + "/report", {{"purpose", "train"}, {"site", "=Nowhere"}, {"round", "2"}}).status,
            422);
}

TEST_P(Reports, LeadWithTheirPurposeAndSayEverythingTheyMust) {
  demonstrate();
  for (const auto* purpose : {"persuade", "set_up", "train", "job_description", "show_value"})
    for (const auto* site : {"*", "=Willow Ward"}) {
      const auto path = make_report(site, purpose);
      const auto page = lead().get(path);
      EXPECT_EQ(page.status, 200);
      EXPECT_FALSE(has(page, "[evaluation.")) << purpose;
      EXPECT_FALSE(has(page, "{people}"));
      for (const auto* key : {"evaluation.site.title", "evaluation.strong.title", "evaluation.priorities.title",
                              "evaluation.limits.title", "evaluation.steps.title", "evaluation.changes.title"})
        EXPECT_TRUE(has(page, tests::english()(key))) << key;
      const auto data = parsed(lead().json().get(path));
      EXPECT_GE(data["priorities"].size(), 3U);
      EXPECT_LE(data["priorities"].size(), 5U);
    }
}

TEST_P(Reports, PutTheDemonstrationsStoryFirst) {
  demonstrate();
  const auto data = parsed(lead().json().get(make_report("*")));
  std::vector<std::string> items;
  for (const auto& priority : data["priorities"]) items.push_back(priority["item"]);
  for (const auto* item : {"2.1", "4.4", "1.8"})
    EXPECT_NE(std::find(items.begin(), items.end(), item), items.end()) << item << " of " << data["priorities"];
}

TEST_P(Reports, TakeNextStepsThatTodayShowsAndTicksOff) {
  demonstrate();
  const auto path = report_path();
  EXPECT_EQ(lead().get(path + "/steps/new?item=4.4").status, 200);
  const auto wrong = lead().json().post(path + "/steps", {{"words", ""}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(parsed(wrong)["problems"].size(), 3U);
  EXPECT_EQ(lead().post(path + "/steps", step()).status, 303);
  auto today = parsed(lead().json().get("/today"));
  std::string act;
  for (const auto* list : {"yours", "theirs"})
    for (const auto& loop : today[list])
      if (loop["what"] == "Meet the ward team") act = loop["act"];
  ASSERT_FALSE(act.empty()) << today;
  EXPECT_TRUE(has(lead().get("/today"), act)) << "it can be ticked off right there";
  const auto ticked = lead().post(act, {{"back", "/today"}});
  EXPECT_EQ(ticked.status, 303);
  EXPECT_EQ(tests::header(ticked, "Location"), "/today");
  today = parsed(lead().json().get("/today"));
  const auto& done = today["done"];
  EXPECT_TRUE(std::any_of(done.begin(), done.end(), [](const auto& one) {
    return one["what"] == "Meet the ward team";
  })) << done;
  EXPECT_TRUE(has(lead().get(path), "Meet the ward team"));
}

TEST_P(Reports, LeadBackToThisSiteAlone) {
  demonstrate();
  const auto path = report_path();
  for (const auto* back : {"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"}) {
    lead().post(path + "/steps", step(back));
    const auto today = parsed(lead().json().get("/today"));
    for (const auto* list : {"yours", "theirs"})
      for (const auto& loop : today[list])
        if (loop["what"] == back) {
          EXPECT_EQ(tests::header(lead().post(loop["act"], {{"back", back}}), "Location"), "/today");
        }
  }
}

TEST_P(Reports, AskOnceWhetherTheyWereUseful) {
  demonstrate();
  const auto path = report_path();
  const auto asks = [&] {
    const auto today = parsed(lead().json().get("/today"));
    for (const auto& loop : today["yours"])
      if (loop["kind"] == "report_feedback") return true;
    return false;
  };
  EXPECT_TRUE(asks());
  EXPECT_EQ(lead().post(path + "/feedback", {{"useful", "maybe"}}).status, 422);
  EXPECT_EQ(lead().post(path + "/feedback", {{"useful", "not_now"}}).status, 303);
  EXPECT_FALSE(asks());
  EXPECT_EQ(lead().post(path + "/feedback", {{"useful", "yes"}, {"words", "It said who"}}).status, 303);
  EXPECT_TRUE(has(lead().get(path), "It said who"));
  EXPECT_FALSE(has(visitor().as(as(Role::sponsor, "account-7")).get(path), "It said who"));
}

TEST_P(Reports, AreAskedForWhereAnswersHaveNone) {
  const auto path = parsed(lead().json().post("/studies", {{"name", "Spring"}}))["location"].get<std::string>();
  lead().json().post(path + "/import", {{"round", "1"}, {"act", "keep"}},
                     {{"file", "a.csv", file_of({{"peer_worker", "Ward", 6, "yes", "4"}})}});
  const auto waiting = parsed(lead().json().get("/today"))["yours"];
  ASSERT_EQ(waiting.size(), 1U) << waiting;
  EXPECT_EQ(waiting[0]["kind"], "answers_without_report");
  EXPECT_EQ(waiting[0]["path"], path + "/report/new");
  lead().post(path + "/report", {{"purpose", "set_up"}, {"site", "*"}, {"round", "1"}});
  const auto today = parsed(lead().json().get("/today"));
  for (const auto& loop : today["yours"]) EXPECT_NE(loop["kind"], "answers_without_report");
}

TEST_P(Reports, AboutASiteThatIsTooSmallAreAGuideForTalking) {
  const auto path = parsed(lead().json().post("/studies", {{"name", "Spring"}}))["location"].get<std::string>();
  lead().json().post(
      path + "/import", {{"round", "1"}, {"act", "keep"}},
      {{"file", "a.csv", file_of({{"peer_worker", "Ward", 10, "yes", "4"}, {"coworker", "Hut", 3, "no", "1"}})}});
  const auto report =
      parsed(lead().json().post(path + "/report", {{"purpose", "train"}, {"site", "=Hut"}, {"round", "1"}}))["location"]
          .get<std::string>();
  const auto page = lead().get(report);
  EXPECT_TRUE(has(page, tests::english()("evaluation.small.lead")));
  EXPECT_FALSE(has(page, "3 people"));
  EXPECT_FALSE(has(page, "<svg class=\"cairn-chart"));
  const auto data = parsed(lead().json().get(report));
  EXPECT_TRUE(data["hidden"].get<bool>());
  EXPECT_TRUE(data["people"].is_null());
  EXPECT_TRUE(data["priorities"].empty());
  EXPECT_EQ(lead().get(report + "/report.csv").body, "item,statement,people,answers_a,in_place,mean,top3\n");
  EXPECT_TRUE(lead().get(report + "/report.xlsx").body.starts_with("PK"));
}

TEST_P(Reports, ComeAsSpreadsheetAndCsv) {
  demonstrate();
  EXPECT_TRUE(lead().get(report_path() + "/report.xlsx").body.starts_with("PK"));
  const auto csv = lead().get(report_path() + "/report.csv").body;
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 41);
}

TEST_P(Reports, OfferNobodyWhatThePolicyDenies) {
  demonstrate();
  const auto path = report_path();
  const auto sponsor = visitor().as(as(Role::sponsor, "account-5"));
  const auto page = sponsor.get(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "/steps/new"));
  EXPECT_FALSE(has(page, "/done"));
  EXPECT_EQ(sponsor.post(path + "/steps", step()).status, 404);
  EXPECT_EQ(visitor().as(as(Role::administrator)).get(path).status, 404);
  EXPECT_EQ(visitor().as(tests::somebody(Role::lead, "another programme")).get(path).status, 404);
  EXPECT_EQ(visitor().get(path).status, 303) << "signed out: to signing in";
}

CAIRN_EACH_ENGINE(Reports);

}  // namespace
}  // namespace cairn::evaluation
