// SPDX-License-Identifier: Apache-2.0
#include "asking.hpp"

namespace cairn::evaluation {
namespace {

class PeopleList : public AskingTest {};

TEST_P(PeopleList, TeachesWhereItIsEmpty) {
  const auto page = lead().get("/participants");
  EXPECT_TRUE(has(page, "/participants/new"));
  EXPECT_TRUE(has(page, "/participants/several"));
  EXPECT_TRUE(has(lead().get("/studies"), "/participants"));
  EXPECT_FALSE(has(visitor().as(as(Role::sponsor)).get("/studies"), "/participants"));
}

TEST_P(PeopleList, TakesAPersonWithEveryProblemAtOnce) {
  const auto wrong = lead().json().post("/participants", {{"name", ""}, {"email", "x"}, {"stakeholder", "nurse"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(parsed(wrong)["problems"].size(), 4U);
  add_person("Wren Holt", "Wren@larkmoor.example");
  const auto page = lead().get("/participants?added=1");
  EXPECT_TRUE(has(page, "Wren Holt"));
  EXPECT_TRUE(has(page, "1 person was added"));
  const auto again = lead().post(
      "/participants",
      {{"name", "Wren H"}, {"email", "wren@LARKMOOR.example"}, {"stakeholder", "coworker"}, {"service", ward}});
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "Wren Holt has this address already"));
  EXPECT_TRUE(has(again, "value=\"Wren H\"")) << "what was typed comes back";
}

TEST_P(PeopleList, TakesManyByLines) {
  add_person("Wren Holt", "wren@larkmoor.example");
  const auto lines =
      "Ashby Fenn, ashby@larkmoor.example, peer worker\nCorrin Vale, Colleague\n"
      "Wren H, wren@larkmoor.example, colleague\n";
  const auto reply = lead().json().post("/participants/several", {{"service", ward}, {"lines", lines}});
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(parsed(reply)["location"], "/participants?added=2&known=1");
  EXPECT_TRUE(has(lead().get("/participants?added=2&known=1"), "1 address was left out"));
  const auto wrong = lead().post("/participants/several", {{"service", "none"}, {"lines", "Ashby, astronaut"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, "Line 1"));
  EXPECT_TRUE(has(wrong, "Ashby, astronaut"));
  EXPECT_TRUE(has(wrong, "Choose their site"));
}

TEST_P(PeopleList, CanBeLookedAtSiteBySite) {
  add_person("Wren Holt", "");
  add_person("Corrin Vale", "", "coworker", mill);
  const auto page = lead().get("/participants?site=" + mill);
  EXPECT_TRUE(has(page, "Corrin Vale"));
  EXPECT_FALSE(has(page, "Wren Holt"));
}

TEST_P(PeopleList, ChangesWhatIsWrong) {
  add_person("Wren Holt", "wren@larkmoor.example");
  add_person("Corrin Vale", "corrin@larkmoor.example");
  const auto wren = person_path("Wren Holt");
  EXPECT_TRUE(has(lead().get(wren + "/change"), "wren@larkmoor.example"));
  const auto change = [&](const std::string& email) {
    return lead().post(wren + "/change",
                       {{"name", "Wren Reed"}, {"email", email}, {"stakeholder", "line_manager"}, {"service", mill}});
  };
  EXPECT_EQ(change("corrin@larkmoor.example").status, 422);
  EXPECT_EQ(change("wren@larkmoor.example").status, 303);
  const auto data = parsed(lead().json().get(wren));
  EXPECT_EQ(data["name"], "Wren Reed");
  EXPECT_EQ(data["group"], "line_manager");
  EXPECT_EQ(data["service"], mill);
}

TEST_P(PeopleList, TakesSomebodyOffWhileTheyAreAsked) {
  const auto round = make_round();
  add_person("Wren Holt", "wren@larkmoor.example");
  invite_all(round);
  const auto wren = person_path("Wren Holt");
  EXPECT_TRUE(has(lead().get(wren), "Spring: round 1"));
  EXPECT_TRUE(has(lead().get(wren), "Asked by letter"));
  EXPECT_EQ(lead().post(wren + "/endings", {{"why", "declined"}}).status, 303);
  EXPECT_TRUE(link_of("Wren Holt").is_ended());
  EXPECT_EQ(parsed(lead().json().get(wren))["rounds"][0]["ended"], "declined");
  EXPECT_EQ(parsed(lead().json().get(wren))["email"], "");
  EXPECT_FALSE(has(lead().get(wren), "Take them off the list"));
  EXPECT_TRUE(has(lead().get("/participants"), "Not to be asked"));
  const auto again = lead().post(
      "/participants",
      {{"name", "Wren"}, {"email", "wren@larkmoor.example"}, {"stakeholder", "coworker"}, {"service", ward}});
  EXPECT_EQ(again.status, 422);
  EXPECT_TRUE(has(again, "has asked not to be asked"));
  EXPECT_EQ(lead().post(wren + "/endings", {{"why", "left"}}).status, 303);
  EXPECT_EQ(parsed(lead().json().get(wren))["ended"], "declined") << "the first reason stays";
}

CAIRN_EACH_ENGINE(PeopleList);

}  // namespace
}  // namespace cairn::evaluation
