// SPDX-License-Identifier: Apache-2.0
#include "asking.hpp"
#include "evaluation/actions_reports.hpp"

namespace cairn::evaluation {
namespace {

class AskingPages : public AskingTest {};

TEST_P(AskingPages, BringGoodWordsThatCanBeChanged) {
  const auto page = lead().get(study + "/rounds/new");
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "[evaluation."));
  for (const auto* words : {"Robin Example", "Larkmoor peer support", "116 123", "Willow Ward", "Mill Lane"})
    EXPECT_TRUE(has(page, words)) << words;
}

TEST_P(AskingPages, SetUpARoundThatSaysHowItStands) {
  const auto path = make_round();
  EXPECT_EQ(path, study + "/rounds/1");
  const auto page = lead().get(path);
  EXPECT_EQ(page.status, 200);
  EXPECT_FALSE(has(page, "[evaluation."));
  EXPECT_TRUE(has(page, "Open until Friday 20 March 2026"));
  const auto data = parsed(lead().json().get(path));
  EXPECT_EQ(data["state"], "open");
  EXPECT_EQ(data["next"], "invite");
  EXPECT_EQ(data["last_day"], "2026-03-20");
  EXPECT_EQ(data["reminders"], nlohmann::json({7}));
  ASSERT_EQ(data["groups"].size(), 1U);
  EXPECT_EQ(data["groups"][0]["so_far"], "not_yet");
  EXPECT_EQ(data["groups"][0]["site"], 1) << "the sites of a round are numbered anew";
}

TEST_P(AskingPages, TellEveryProblemAtOnceAndComeBackFilled) {
  const auto wrong = form({{"sites", ""},
                           {"mode", "loud"},
                           {"opens_on-day", "31"},
                           {"opens_on-month", "2"},
                           {"closes_on-year", "2025"},
                           {"who", ""},
                           {"why", "Because of this"},
                           {"reminders", "4"}});
  const auto reply = lead().json().post(study + "/rounds", wrong);
  EXPECT_EQ(reply.status, 422);
  std::set<std::string> fields;
  const auto data = parsed(reply);
  for (const auto& problem : data["problems"]) fields.insert(problem["field"].get<std::string>());
  EXPECT_EQ(fields, (std::set<std::string>{"sites", "mode", "opens_on", "closes_on", "who", "reminders"}));
  const auto page = lead().post(study + "/rounds", wrong);
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "Because of this"));
  const auto number = lead().post(study + "/rounds", form({{"hoped.2.coworker", "many"}}));
  EXPECT_EQ(number.status, 422);
  EXPECT_TRUE(has(number, "value=\"many\""));
  EXPECT_TRUE(parsed(lead().json().get(study))["rounds"].empty());
}

TEST_P(AskingPages, MakeOneRoundOfAFormSentTwice) {
  const auto first = make_round();
  EXPECT_EQ(make_round(), first);
  EXPECT_EQ(parsed(lead().json().get(study))["rounds"].size(), 1U);
  EXPECT_EQ(make_round({{"number", "2"}}), study + "/rounds/2");
  EXPECT_EQ(make_round({{"why", "Something else"}}), study + "/rounds/3") << "another form is another round";
}

TEST_P(AskingPages, TeachToDescribeServicesFirst) {
  const auto other = database().write(Actor::operator_(), {"programme.add", "programme", ""}, [](db::Write& write) {
    return accounts::add_programme(write, "Empty", "Europe/London");
  });
  const auto somebody = visitor().as(tests::somebody(Role::lead, other.text));
  const std::string path = parsed(somebody.json().post("/studies", {{"name", "First"}}))["location"];
  EXPECT_TRUE(has(somebody.get(path + "/rounds/new"), "/structure"));
  EXPECT_TRUE(has(somebody.get("/participants/new"), "/structure"));
}

struct Route {
  bool post;
  std::string path;
  int right;  // for the lead
};

class AskingRoutes : public AskingTest {
 protected:
  // Every route of a round that asks two people and has a link for many.
  std::vector<Route> all() {
    const auto round = make_round();
    add_person("Wren Holt", "wren@larkmoor.example");
    add_person("Ivo Reed", "");
    invite_all(round);
    const std::string poster =
        parsed(lead().json().post(round + "/links", {{"group", ""}, {"most", "60"}}))["location"];
    const auto link = poster.substr(0, poster.size() - std::string("/poster").size());
    const auto wren = invitation_path(round, "Wren Holt");
    const auto ivo = invitation_path(round, "Ivo Reed");
    const auto person = person_path("Ivo Reed");
    return {
        {false, study + "/rounds/new", 200},
        {false, round, 200},
        {false, round + "/period", 200},
        {false, round + "/counting", 303},
        {false, round + "/reminders", 200},
        {false, round + "/invitations/new", 200},
        {false, wren, 200},
        {false, round + "/links", 200},
        {false, poster, 200},
        {false, link + "/end", 200},
        {false, "/participants", 200},
        {false, "/participants/new", 200},
        {false, "/participants/several", 200},
        {false, person, 200},
        {false, person + "/change", 200},
        {true, study + "/rounds", 422},
        {true, round + "/period", 422},
        {true, round + "/counting", 409},
        {true, round + "/reminders", 303},
        {true, round + "/reminders/days", 303},
        {true, round + "/invitations", 422},
        {true, ivo + "/link", 200},
        {true, wren + "/endings", 422},
        {true, round + "/links", 422},
        {true, link + "/endings", 422},
        {true, "/participants", 422},
        {true, "/participants/several", 422},
        {true, person + "/change", 422},
        {true, person + "/endings", 422},
    };
  }
};

TEST_P(AskingRoutes, LetInLeadsAndResearchersAlone) {
  const auto visit = [](const tests::Visitor& who, const Route& route) {
    return route.post ? who.post(route.path) : who.get(route.path);
  };
  const auto somebody_else = visitor().as(tests::somebody(Role::lead, "another-programme"));
  for (const auto& route : all()) {
    EXPECT_EQ(visit(visitor(), route).status, route.post ? 404 : 303) << "nobody: " << route.path;
    EXPECT_EQ(visit(visitor().json(), route).status, 404) << "nobody, JSON: " << route.path;
    for (const auto role : {Role::team_member, Role::sponsor, Role::administrator, Role::partner_lead}) {
      EXPECT_EQ(visit(visitor().as(as(role)), route).status, 404) << name(role) << ": " << route.path;
      EXPECT_EQ(visit(visitor().as(as(role)).json(), route).status, 404) << name(role) << ", JSON: " << route.path;
    }
    for (const auto role : {Role::researcher, Role::lead}) {
      const auto reply = visit(visitor().as(as(role)), route);
      EXPECT_EQ(reply.status, route.right) << name(role) << ": " << route.path;
      EXPECT_FALSE(has(reply, "[evaluation.")) << route.path;
      EXPECT_FALSE(has(reply, "[instruments.")) << route.path;
      const auto data = visit(visitor().as(as(role)).json(), route);
      EXPECT_EQ(data.status, route.right == 303 ? 201 : route.right) << name(role) << ", JSON: " << route.path;
    }
    const bool of_a_thing = route.path.find("/participants/new") == std::string::npos &&
                            route.path.find("/several") == std::string::npos && route.path != "/participants";
    if (!of_a_thing) continue;
    EXPECT_EQ(visit(somebody_else, route).status, 404) << "of another programme: " << route.path;
  }
}

TEST_P(AskingPages, ReachNoListOfPeopleFromOneStudyAlone) {
  const auto round = make_round();
  const Actor evaluator{"a3", programme, {{Role::researcher, {"study", study.substr(9)}, {}, {}}}};
  EXPECT_EQ(visitor().as(evaluator).get(round).status, 200);
  EXPECT_EQ(visitor().as(evaluator).get("/participants").status, 404);
  EXPECT_EQ(visitor().as(evaluator).post("/participants", {{"name", "X"}}).status, 404);
}

TEST_P(AskingPages, OfARoundFromAFileAreNotThere) {
  const auto csv = file_of({{"peer_worker", "Ward", 6, "yes", "4"}});
  lead().json().post(study + "/import", {{"round", "1"}, {"act", "keep"}}, {{"file", "answers.csv", csv}});
  EXPECT_EQ(lead().get(study + "/rounds/1").status, 404);
  EXPECT_EQ(lead().get(study + "/rounds/1/compare").status, 200);
  const auto asked = make_round({{"number", "2"}});
  EXPECT_EQ(asked, study + "/rounds/2");
  const auto into_it =
      lead().json().post(study + "/import", {{"round", "2"}, {"act", "keep"}}, {{"file", "answers.csv", csv}});
  EXPECT_EQ(into_it.status, 422) << "a round that asks people takes no file";
  const auto page = lead().get(study);
  EXPECT_TRUE(has(page, "Open until"));
  EXPECT_TRUE(has(lead().get(study + "/report/new"), "Ward")) << "a report is about the round that has answers";
}

TEST_P(AskingPages, ShowTheShortFormWhereTheStudyUsesIt) {
  const auto reply =
      lead().json().post("/studies", {{"name", "Short"}, {"instrument", "implementation-inventory-short"}});
  ASSERT_EQ(reply.status, 201);
  study = parsed(reply)["location"];
  EXPECT_TRUE(has(lead().get(study + "/rounds/new"), "21 statements, about 10 minutes"));
  const auto csv = file_of({{"peer_worker", "Willow Ward", 6, "yes", "4"}});
  std::string text = csv;
  for (std::size_t at = text.find("1.1."); at != std::string::npos; at = text.find("1.1.")) text.replace(at, 4, "1.3.");
  for (std::size_t at = text.find(",1.1\n"); at != std::string::npos; at = text.find(",1.1\n"))
    text.replace(at, 5, ",1.3\n");
  const auto kept =
      lead().json().post(study + "/import", {{"round", "1"}, {"act", "keep"}}, {{"file", "answers.csv", text}});
  ASSERT_EQ(parsed(kept)["added"], 6) << kept.body;
  for (const auto* view : {"matters", "statements", "differences", "study", "changes"})
    EXPECT_EQ(lead().get(study + "/rounds/1/compare?view=" + view).status, 200) << view;
  const auto made = lead().json().post(study + "/report", {{"site", "=Willow Ward"}, {"purpose", "train"}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(lead().get(parsed(made)["location"].get<std::string>()).status, 200);
  EXPECT_EQ(lead().post("/studies", {{"name", "Third"}, {"instrument", "other"}}).status, 422);
}

TEST_P(AskingPages, FindTheDescriptionOfASiteThatWasRenamed) {
  const auto round = make_round();
  for (int i = 0; i < 6; ++i) add_person("Person " + std::to_string(i), "");
  invite_all(round);
  for (int i = 0; i < 6; ++i) answer("Person " + std::to_string(i));
  database().write(as(Role::lead), {"service.rename", "service", ward},
                   [&](db::Write& w) { accounts::rename(w, {programme}, Id<accounts::Service>{ward}, "Birch Ward"); });
  EXPECT_TRUE(has(lead().get(round), "Willow Ward")) << "the round keeps its name";
  EXPECT_FALSE(has(lead().get(round), "Birch Ward"));
  set_clock("2026-03-22T09:00:00.000Z");
  EXPECT_EQ(lead().post(round + "/counting").status, 303);
  SiteReport report;
  report.study = {study.substr(9)};
  report.round = 1;
  report.about = site("Willow Ward");
  const auto evidence = read_evidence(carried_library());
  const auto loaded = load_report(database(), carried_library(), evidence, as(Role::lead), report, tests::english());
  EXPECT_TRUE(loaded->site.described);
  EXPECT_EQ(loaded->site.name, "Willow Ward");
  EXPECT_EQ(loaded->site.employer, "statutory");
  EXPECT_EQ(loaded->content.people, 6);
}

CAIRN_EACH_ENGINE(AskingPages);
CAIRN_EACH_ENGINE(AskingRoutes);

}  // namespace
}  // namespace cairn::evaluation
