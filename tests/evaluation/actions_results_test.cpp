// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_letters.hpp"
#include "giving.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::evaluation {
namespace {

class Results : public GivingTest {
 protected:
  std::optional<jobs::Letter> composed(const std::string& invitation) {
    const auto kinds = letter_kinds(
        {[] { return std::string("https://peers.example.org"); },
         [](db::Read&, const std::string&, const std::string&, const std::string&) { return tests::english(); }});
    return database().read([&](db::Read& r) { return kinds.at(std::string(results_letter)).compose(r, invitation); });
  }
  std::vector<instruments::Invitation> invited() {
    return database().read([&](db::Read& r) { return instruments::invitations(r, operator_(), collection()); });
  }
  bool waits() {
    const auto today = parsed(lead().json().get("/today"));
    for (const auto& loop : today["yours"])
      if (loop["path"] == round + "/results") return true;
    return false;
  }
};

TEST_P(Results, OpenToEverybodyByTheirCodeAlone) {
  answer_and_count();
  for (const auto& path : {results_path(), results_path() + "/poster"}) {
    EXPECT_EQ(visitor().get(path).status, 200) << path;
    EXPECT_EQ(visitor().json().get(path).status, 200) << path;
    EXPECT_EQ(lead().get(path).status, 200) << path;
    EXPECT_FALSE(has(visitor().get(path), "[evaluation."));
  }
  const auto unknown = visitor().get("/results/" + std::string(32, 'a'));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(visitor().get("/results/x").body, unknown.body);
  EXPECT_EQ(visitor().get("/nothing/here").body, unknown.body) << "as if it were not there";
}

TEST_P(Results, SayWhenToComeBackBeforeTheCounting) {
  answer_on_paper(7, {});
  for (const auto* when : {"2026-03-02T12:00:00.000Z", "2026-03-10T12:00:00.000Z", "2026-03-21T12:00:00.000Z"}) {
    set_clock(when);
    const auto page = visitor().get(results_path());
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(parsed(visitor().json().get(results_path())).dump(), R"({"counted":false,"last_day":"2026-03-20"})");
    EXPECT_FALSE(has(page, "people answered")) << when;
  }
  set_clock("2026-03-10T12:00:00.000Z");
  EXPECT_TRUE(has(visitor().get(results_path()), "Come back after Friday 20 March 2026"));
}

TEST_P(Results, ShowThePictureThePrioritiesAndTheStepsAsTheyGetDone) {
  answer_and_count();
  auto page = visitor().get(results_path());
  EXPECT_TRUE(has(page, "7 people answered") && has(page, "Somebody is still looking at the answers"));
  const auto report = make_report("=Willow Ward");
  EXPECT_EQ(lead()
                .post(report + "/steps", {{"words", "Train the ward"},
                                          {"owner", "Sam Field"},
                                          {"due-day", "30"},
                                          {"due-month", "4"},
                                          {"due-year", "2026"}})
                .status,
            303);
  page = visitor().get(results_path());
  EXPECT_TRUE(has(page, "What to talk about first") && has(page, "Train the ward") &&
              has(page, "By Thursday 30 April 2026"));
  EXPECT_FALSE(has(page, "Sam Field")) << "who does it stands in the report alone";
  const auto steps = [&] {
    const auto all = parsed(visitor().json().get(results_path()));
    for (const auto& part : all["sites"])
      if (part["site"] == "Willow Ward") return part["steps"];
    return nlohmann::json();
  };
  EXPECT_EQ(steps()[0]["done"], false);
  std::string act;
  const auto today = parsed(lead().json().get("/today"));
  for (const auto* list : {"yours", "theirs"})
    for (const auto& loop : today[list])
      if (loop["what"] == "Train the ward") act = loop["act"];
  EXPECT_EQ(lead().post(act).status, 303);
  EXPECT_EQ(steps()[0]["done"], true);
  const auto poster = visitor().get(results_path() + "/poster");
  EXPECT_TRUE(has(poster, "https://peers.example.org" + results_path()) && has(poster, "<svg") &&
              has(poster, "Train the ward"));
}

TEST_P(Results, ShowNoMoreThanTheComparisonShows) {
  const auto mill_number = site_number("Mill Lane");
  answer_on_paper(9, {"coworker", site_number("Willow Ward")});
  answer_on_paper(3, {"coworker", mill_number});
  count();
  const auto data = parsed(visitor().json().get(results_path()));
  const auto rows = parsed(lead().json().get(round + "/compare?by=site"));
  std::int64_t everyone = 0;
  std::int64_t at_sites = 0;
  for (const auto& part : data["sites"]) {
    EXPECT_EQ(part["people"].is_null(), part["hidden"] == true);
    const std::int64_t people = part["hidden"] == true ? 0 : part["people"].get<std::int64_t>();
    (part["site"].is_null() ? everyone : at_sites) += people;
    for (const auto& row : rows["rows"]) {
      if (row["group"] == part["site"] && row["hidden"] != "") {
        EXPECT_EQ(part["priorities"].size(), 0U);
      }
    }
  }
  const auto between = everyone - at_sites;
  EXPECT_TRUE(everyone == 0 || between == 0 || between >= 5) << "the three of Mill Lane by subtraction: " << between;
  const auto page = visitor().get(results_path());
  EXPECT_TRUE(has(page, "Too few people answered here"));
  EXPECT_FALSE(has(page, "3 people answered"));
}

TEST_P(Results, AreToldByLeadsAndResearchers) {
  answer_and_count();
  make_report("*");
  expect_doors({round + "/results"});
  expect_shut({round + "/results"});
}

TEST_P(Results, AreToldOnceThereIsAReportAndNoSooner) {
  EXPECT_EQ(lead().get(round + "/results").status, 409);
  answer_and_count();
  EXPECT_FALSE(waits());
  EXPECT_TRUE(has(lead().get(round + "/results"), "Make a report of this round first"));
  EXPECT_EQ(lead().post(round + "/results", {{"act", "by_hand"}}).status, 409);
  make_report("*");
  EXPECT_TRUE(waits());
  EXPECT_EQ(lead().post(round + "/results", {}).status, 422);
  EXPECT_EQ(lead().post(round + "/results", {{"act", "by_hand"}}).status, 303);
  EXPECT_FALSE(waits());
  EXPECT_TRUE(has(lead().get(round + "/results"), "without letters"));
  EXPECT_EQ(letters(results_letter), 0);
}

TEST_P(Results, GoByLetterToWhoeverWantsLettersWhetherTheyAnsweredOrNot) {
  for (const auto* name : {"Ashby Fenn", "Briar Coombe", "Corrin Vale"})
    add_person(name, std::string(1, name[0]) + "@larkmoor.example");
  add_person("Ivo Reed", "");
  invite_all(round);
  answer("Ashby Fenn");
  database().write(operator_(), {"test.act", "test", ""}, [&](db::Write& w) {
    for (const auto& one : instruments::invitations(w, operator_(), collection()))
      if (one.participant.name == "Briar Coombe") instruments::be_quiet(w, collection(), one.id);
  });
  answer_and_count();
  make_report("*");
  EXPECT_EQ(parsed(lead().json().get(round + "/results"))["reachable"], 2);
  const Values fields{{"act", "letters"}, {"_once", "00000000-0000-0000-0000-000000000001"}};
  EXPECT_EQ(lead().post(round + "/results", fields).status, 303);
  EXPECT_EQ(lead().post(round + "/results", fields).status, 303) << "a form sent twice";
  EXPECT_EQ(letters(results_letter), 2);
  EXPECT_EQ(parsed(lead().json().get(round + "/results"))["told_on"], "2026-03-21");
  for (const auto& one : invited()) {
    const auto letter = composed(one.id);
    EXPECT_EQ(letter.has_value(), one.participant.name == "Ashby Fenn" || one.participant.name == "Corrin Vale")
        << one.participant.name;
    if (!letter) continue;
    EXPECT_NE(letter->body.find("https://peers.example.org" + results_path()), std::string::npos);
    EXPECT_NE(letter->body.find("/letters"), std::string::npos) << "the way to no more letters";
    for (const auto* telling : {"peer", "mental", "ward", "support", "health"}) {
      EXPECT_EQ(lower(letter->subject).find(telling), std::string::npos) << telling;
      EXPECT_EQ(lower(letter->body.substr(0, letter->body.find("http"))).find(telling), std::string::npos) << telling;
    }
  }
  EXPECT_FALSE(composed("nobody"));
}

CAIRN_EACH_ENGINE(Results);

}  // namespace
}  // namespace cairn::evaluation
