// SPDX-License-Identifier: Apache-2.0
#include "giving.hpp"

namespace cairn::evaluation {
namespace {

class Paper : public GivingTest {
 protected:
  Values sheet(const Values& more = {}) {
    Values all{{"number", "1"}, {"site", "1"},  {"stakeholder", "coworker"}, {"1.1.a", "y"}, {"1.1.b", "4"},
               {"top1", "11"},  {"tone1", "w"}, {"reason1", "CANARY words"}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::string kept_sheet(const Values& fields) {
    EXPECT_EQ(lead().post(round + "/sheets", fields).status, 303);
    for (const auto& one : list())
      if (one["outcome"] == "") return round + "/sheets/" + one["id"].get<std::string>();
    return "";
  }
  nlohmann::json list() { return parsed(lead().json().get(round + "/sheets"))["sheets"]; }
};

TEST_P(Paper, OpensToLeadsAndResearchers) {
  const auto path = kept_sheet(sheet());
  expect_doors({round + "/paper", round + "/sheets", round + "/sheets/new", path, path + "/removal"});
  expect_shut({round + "/sheets", path, path + "/removal"});
  EXPECT_EQ(lead().get(round + "/sheets/none").status, 404);
  EXPECT_EQ(lead().get(study + "/rounds/9/paper").status, 404);
}

TEST_P(Paper, FormSaysEverythingAndNothingOfWhoseItIs) {
  add_person("Ashby Fenn", "a@larkmoor.example", "coworker");
  invite_all(round);
  const auto page = lead().get(round + "/paper").body;
  for (const auto& item : instrument().items) EXPECT_NE(page.find(item.id + "</strong>"), std::string::npos) << item.id;
  for (const auto* words :
       {"Robin Marsh", "To learn", "We add up", "116 123", "Please do not write your name", "Willow Ward", "Mill Lane",
        "Friday 20 March 2026", "The words do not fit", "Extremely", "Not relevant here", "Number of this sheet"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
  for (const auto& words : {std::string("Ashby"), std::string("/answer/"), asking().results_code})
    EXPECT_EQ(page.find(words), std::string::npos) << words;
}

TEST_P(Paper, CountsAfterTwoTypingsThatAgree) {
  const auto path = kept_sheet(sheet());
  EXPECT_TRUE(has(lead().get(path), "You typed this sheet in yourself"));
  EXPECT_TRUE(has(lead().get(path), "CANARY words")) << "words are read again";
  EXPECT_FALSE(has(lead().get(path), "value=\"y\"")) << "ticks are typed again";
  EXPECT_EQ(lead().post(path, sheet()).status, 303);
  EXPECT_EQ(list()[0]["outcome"], "counted");
  EXPECT_EQ(lead().get(path).status, 404) << "nothing is left to check";
  answer_on_paper(5, {});
  count();
  EXPECT_EQ(database().read([&](db::Read& r) { return instruments::responses(r, operator_(), collection()); }), 6);
}

TEST_P(Paper, AsksWhatTheSheetSaysWhereTypingsDiffer) {
  const auto path = kept_sheet(sheet());
  auto second = sheet({{"1.2.a", "p"}});
  second[3].second = "n";
  const auto page = lead().post(path, second);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "First time: Yes") && has(page, "Now: No") && has(page, "First time: nothing"));
  const auto told = parsed(lead().json().post(path, second))["differences"];
  EXPECT_EQ(told.size(), 2U);
  second.emplace_back("act", "count");
  second.emplace_back("choose.1.1.a", "first");
  const auto missing = lead().json().post(path, second);
  EXPECT_EQ(missing.status, 422);
  EXPECT_EQ(parsed(missing)["problems"][0]["field"], "choose.1.2.a");
  second.emplace_back("choose.1.2.a", "second");
  EXPECT_EQ(lead().post(path, second).status, 303);
  EXPECT_EQ(list()[0]["differences"], 2);
  EXPECT_TRUE(has(lead().get(round + "/sheets"), "2 answers had been typed in otherwise"));
}

TEST_P(Paper, GoesBackToWhatWasTyped) {
  const auto path = kept_sheet(sheet());
  auto second = sheet({{"act", "back"}});
  second[3].second = "n";
  const auto page = lead().post(path, second);
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(has(page, "value=\"n\"")) << "the form comes back as it was typed";
  EXPECT_EQ(list()[0]["outcome"], "");
}

TEST_P(Paper, TellsEveryProblemAndComesBackFilled) {
  const auto reply =
      lead().post(round + "/sheets", {{"number", ""}, {"site", "1"}, {"1.1.a", "q"}, {"more", "Kept words"}});
  EXPECT_EQ(reply.status, 422);
  EXPECT_TRUE(has(reply, "Kept words") && has(reply, "value=\"q\"") && has(reply, "href=\"#1.1.a\""));
  EXPECT_EQ(parsed(lead().json().post(round + "/sheets", {{"1.1.a", "q"}, {"1.1.b", "9"}}))["problems"].size(), 4U);
  kept_sheet(sheet());
  const auto twice = lead().json().post(round + "/sheets", sheet());
  EXPECT_EQ(twice.status, 422);
  EXPECT_EQ(parsed(twice)["problems"][0]["field"], "number");
}

TEST_P(Paper, SentTwiceIsKeptOnceAndTheNextSheetBeginsLikeTheLast) {
  auto fields = sheet({{"_once", "00000000-0000-0000-0000-000000000001"}, {"then", "next"}});
  const auto first = lead().post(round + "/sheets", fields);
  EXPECT_EQ(first.status, 303);
  EXPECT_EQ(tests::header(first, "Location"), round + "/sheets/new?kept=1&site=1&stakeholder=coworker");
  EXPECT_EQ(lead().post(round + "/sheets", fields).status, 303);
  EXPECT_EQ(list().size(), 1U);
  const auto next = lead().get(tests::header(first, "Location"));
  EXPECT_TRUE(has(next, "Sheet 1 is in") && has(next, "value=\"coworker\" selected"));
}

TEST_P(Paper, IsTakenAwayWithAReason) {
  const auto path = kept_sheet(sheet());
  EXPECT_EQ(lead().post(path + "/removal", {}).status, 422);
  EXPECT_EQ(lead().post(path + "/removal", {{"why", "mistake"}}).status, 303);
  EXPECT_TRUE(list().empty());
  EXPECT_EQ(lead().get(path + "/removal").status, 404);
  EXPECT_EQ(lead().post(round + "/sheets", sheet()).status, 303) << "its number is free again";
}

TEST_P(Paper, IsTypedInOnlyWhileAnswersAreTaken) {
  const auto path = kept_sheet(sheet());
  clock().set(later(asking().period.closes_at, 48 * 60 * 60));
  EXPECT_EQ(lead().get(round + "/sheets/new").status, 409);
  EXPECT_EQ(lead().post(round + "/sheets", sheet()).status, 409);
  EXPECT_EQ(lead().post(path, sheet()).status, 409);
  EXPECT_TRUE(has(lead().get(round + "/sheets"), "takes no answers now"));
  EXPECT_EQ(lead().post(path + "/removal", {{"why", "twice"}}).status, 303) << "taking away is always possible";
}

TEST_P(Paper, WaitsOnTodayUntilItIsChecked) {
  const auto path = kept_sheet(sheet());
  const auto waits = [&] {
    const auto today = parsed(lead().json().get("/today"));
    for (const auto& loop : today["yours"])
      if (loop["path"] == path) return true;
    return false;
  };
  EXPECT_TRUE(waits());
  EXPECT_EQ(lead().post(path, sheet()).status, 303);
  EXPECT_FALSE(waits());
}

CAIRN_EACH_ENGINE(Paper);

}  // namespace
}  // namespace cairn::evaluation
