// SPDX-License-Identifier: Apache-2.0
#include "giving.hpp"

namespace cairn::evaluation {
namespace {

class Reading : public GivingTest {
 protected:
  nlohmann::json list() { return parsed(lead().json().get(round + "/reasons"))["reasons"]; }
  // The page of the passage with these words.
  std::string passage(std::string_view words) {
    for (const auto& one : list()) {
      const auto path = round + "/reasons/" + one["id"].get<std::string>();
      if (has(lead().get(path), words)) return path;
    }
    return "";
  }
  void show(const std::string& path, const std::string& words, const std::string& beside = "group") {
    const auto seen = parsed(lead().json().get(path))["outcome"] == "" ? "0" : "1";
    const auto reply = lead().post(
        path, {{"act", "shown"}, {"words", words}, {"beside", beside}, {"read_again", "yes"}, {"seen", seen}});
    EXPECT_EQ(reply.status, 303) << reply.body.substr(0, 2000);
  }
  nlohmann::json said_about(const std::string& item) {
    return parsed(lead().json().get(round + "/items/" + item))["said"];
  }
};

TEST_P(Reading, OpensToLeadsAndResearchers) {
  answer_and_count("Sam Field helped");
  const auto path = passage("Sam Field");
  expect_doors({round + "/reasons", path});
  expect_shut({path});
  EXPECT_EQ(lead().get(round + "/reasons/none").status, 404);
}

TEST_P(Reading, ShowsNothingBeforeTheRoundIsCounted) {
  answer_on_paper(6, {"coworker", 1, instruments::Presence::no, "CANARY words"});
  for (const auto* when : {"2026-03-10T12:00:00.000Z", "2026-03-21T12:00:00.000Z"}) {
    set_clock(when);
    const auto page = lead().get(round + "/reasons");
    EXPECT_TRUE(has(page, "still being asked")) << when;
    EXPECT_FALSE(has(page, "CANARY"));
    EXPECT_TRUE(list().empty());
  }
}

TEST_P(Reading, NeverTellsTheReviewerWhoWroteIt) {
  answer_and_count("It is hard");
  for (const auto* words : {"It is hard", "The commissioner wrote this"}) {
    const auto path = passage(words);
    for (const auto& bytes : {lead().get(path).body, lead().json().get(path).body})
      for (const auto* telling :
           {"Commissioners", "Colleagues", "\"coworker\"", "\"commissioner\"", "Mill Lane", "Willow Ward"})
        EXPECT_EQ(bytes.find(telling), std::string::npos) << telling;
  }
}

TEST_P(Reading, MarksWhatMayTellAndStrikesOutWhatIsTicked) {
  add_person("Ashby Fenn", "a@larkmoor.example");
  answer_and_count("Ashby and ashby fenn of Willow Ward rang 0161 496 0000. The only one.");
  const auto path = passage("0161");
  const auto page = lead().get(path);
  EXPECT_TRUE(has(page, "<mark") && has(page, "value=\"phone:0161 496 0000\"") &&
              has(page, "value=\"place:willow ward\""));
  EXPECT_TRUE(has(page, "Read this twice"));
  const auto struck =
      lead().post(path, {{"act", "strike"},
                         {"words", "Ashby and ashby fenn of Willow Ward rang 0161 496 0000. The only one."},
                         {"strike", "name:ashby"},
                         {"strike", "name:ashby fenn"},
                         {"strike", "phone:0161 496 0000"}});
  EXPECT_EQ(struck.status, 200);
  EXPECT_TRUE(has(struck, "[name] and [name] of Willow Ward rang [number]. The only one.")) << struck.body;
  EXPECT_TRUE(has(struck, "3 places are struck out"));
  EXPECT_EQ(list()[0]["outcome"], "") << "nothing is kept by striking out";
}

TEST_P(Reading, KeepsTheWordsAPersonsOwnAndAsksAboutWhatStillLooksTelling) {
  answer_and_count("Sam Field helped me");
  const auto path = passage("Sam Field");
  const auto refused = [&](const Values& fields) {
    const auto reply = lead().json().post(path, fields);
    EXPECT_EQ(reply.status, 422);
    std::vector<std::string> all;
    const auto told = parsed(reply);
    for (const auto& problem : told["problems"]) all.push_back(problem["field"]);
    return all;
  };
  EXPECT_EQ(refused({{"act", "shown"}, {"words", "Sam Field was great"}, {"beside", "group"}}),
            (std::vector<std::string>{"words", "read_again"}));
  EXPECT_EQ(refused({{"act", "shown"}, {"words", "Sam Field helped me"}, {"beside", "group"}}),
            (std::vector<std::string>{"read_again"}));
  EXPECT_EQ(refused({{"act", "shown"}, {"words", "[name]"}, {"beside", ""}}),
            (std::vector<std::string>{"words", "beside"}));
  EXPECT_EQ(refused({}), (std::vector<std::string>{"outcome", "words", "beside"}));
  const auto again = lead().post(path, {{"act", "shown"}, {"words", "Sam Field was great"}, {"beside", "nobody"}});
  EXPECT_TRUE(has(again, "Sam Field was great")) << "the form comes back filled";
}

TEST_P(Reading, ShowsWordsBesideAShownGroupAloneAndOthersBesideNobody) {
  answer_and_count("Sam Field helped me");
  show(passage("Sam Field"), "[name] helped me");
  show(passage("The commissioner wrote this"), "wrote this");
  const auto said = said_about("1.1");
  ASSERT_EQ(said.size(), 2U);
  for (const auto& one : said) {
    if (one["words"] == "[name] helped me") {
      EXPECT_EQ(one["group"], "coworker");
    }
    if (one["words"] == "wrote this") {
      EXPECT_EQ(one["by"], "all") << "one commissioner is no group";
    }
  }
  const auto page = lead().get(round + "/items/1.1");
  EXPECT_TRUE(has(page, "[name] helped me") && has(page, "Colleague, about something that is hard"));
  EXPECT_FALSE(has(page, "Sam Field") || has(page, ">Commissioner,"));
  const auto report = lead().get(make_report("*"));
  EXPECT_TRUE(has(report, "What people said") && has(report, "[name] helped me"));
  EXPECT_FALSE(has(report, "Sam Field"));
}

TEST_P(Reading, PutsWordsIntoTheReportOfTheirSiteOnlyWhereTheyMayStandBesideIt) {
  answer_and_count("It is hard here");
  const auto path = passage("It is hard here");
  show(path, "It is hard here", "site");
  EXPECT_TRUE(has(lead().get(make_report("=Willow Ward")), "Somebody at Willow Ward"));
  EXPECT_FALSE(has(lead().get(make_report("=Mill Lane")), "It is hard here"));
  EXPECT_TRUE(has(lead().get(round + "/items/1.1"), "Somebody who answered"));
  const auto reply =
      lead().json().post(path, {{"act", "shown"}, {"words", "It is hard here"}, {"beside", "group"}, {"seen", "1"}});
  EXPECT_EQ(reply.status, 422) << "beside both it would tell too much";
}

TEST_P(Reading, KeepsBackWhatIsKeptBackEvenAfterItWasShown) {
  answer_and_count("It is hard here");
  const auto path = passage("It is hard here");
  show(path, "It is hard here");
  EXPECT_EQ(said_about("1.1").size(), 1U);
  EXPECT_EQ(lead().post(path, {{"act", "kept_back"}, {"seen", "1"}}).status, 303);
  EXPECT_TRUE(said_about("1.1").empty());
  EXPECT_EQ(lead().post(path, {{"act", "kept_back"}, {"seen", "1"}}).status, 409) << "somebody decided meanwhile";
}

TEST_P(Reading, CountsWhoLeftTheStatementsOutOnlyWhereThereAreEnough) {
  answer_on_paper(4, {"service_user", 1, {}, "They do not fit", "words"});
  answer_on_paper(6, {"coworker", 1});
  auto sentence = [&] { return has(lead().get(round + "/reasons"), "left the statements out"); };
  count();
  EXPECT_FALSE(sentence());
  EXPECT_TRUE(parsed(lead().json().get(make_report("*")))["left_out"].is_null());
}

TEST_P(Reading, SaysWhatMostSaidWhoLeftTheStatementsOut) {
  answer_on_paper(6, {"service_user", 1, {}, "", "words"});
  answer_on_paper(1, {"service_user", 1, {}, "", "time"});
  answer_on_paper(6, {"coworker", 1});
  count();
  EXPECT_TRUE(
      has(lead().get(round + "/reasons"), "7 people left the statements out. Most said that the words do not fit"));
  const auto report = lead().get(make_report("*"));
  EXPECT_TRUE(has(report, "7 people left the statements out"));
}

TEST_P(Reading, WaitsOnTodayUntilEverythingIsRead) {
  answer_and_count("It is hard here");
  const auto waits = [&] {
    const auto today = parsed(lead().json().get("/today"));
    for (const auto& loop : today["yours"])
      if (loop["path"] == round + "/reasons") return true;
    return false;
  };
  EXPECT_TRUE(waits());
  const auto first = lead().post(passage("It is hard here"), {{"act", "kept_back"}, {"seen", "0"}});
  EXPECT_EQ(tests::header(first, "Location"), passage("The commissioner wrote this")) << "on to the next";
  EXPECT_TRUE(waits());
  EXPECT_EQ(lead().post(passage("The commissioner wrote this"), {{"act", "kept_back"}, {"seen", "0"}}).status, 303);
  EXPECT_FALSE(waits());
}

CAIRN_EACH_ENGINE(Reading);

}  // namespace
}  // namespace cairn::evaluation
