// SPDX-License-Identifier: Apache-2.0
#include "app/who_sees.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/world.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;

class WhoCanSee : public testing::Test {
 protected:
  tests::World world_{tests::Engine::sqlite};
  tests::Visitor visitor_ = world_.visitor();
};

TEST_F(WhoCanSee, IsForPeopleSignedIn) {
  for (const auto* path : {"/who-can-see", "/who-can-see/wellness_plan"}) {
    EXPECT_EQ(visitor_.get(path).status, 303);
    EXPECT_EQ(visitor_.json().get(path).status, 404);
    for (const auto& actor : {world_.lead(), world_.administrator()}) {
      EXPECT_EQ(visitor_.as(actor).get(path).status, 200) << path;
      EXPECT_EQ(visitor_.as(actor).json().get(path).status, 200) << path;
    }
  }
  EXPECT_EQ(visitor_.as(world_.lead()).get("/who-can-see/nothing").status, 404);
}

TEST_F(WhoCanSee, TellsOfAWellnessPlanWithinOneTap) {
  const auto lead = visitor_.as(world_.lead());
  EXPECT_NE(lead.get("/who-can-see").body.find("href=\"/who-can-see/wellness_plan\">Wellness plan</a>"),
            std::string::npos);
  const auto page = lead.get("/who-can-see/wellness_plan").body;
  EXPECT_NE(page.find("Who can see: Wellness plan"), std::string::npos);
  EXPECT_NE(page.find("only what its owner lets them see"), std::string::npos);
  EXPECT_EQ(page.find("Administrator"), std::string::npos);
}

TEST_F(WhoCanSee, HasAPageForEveryRecordOfThePolicyInTheWordsOfThePaper) {
  std::ifstream file(std::string(CAIRN_SOURCE_DIR) + "/docs/operating/who-can-see-what.md");
  std::stringstream paper;
  paper << file.rdbuf();
  const auto lead = visitor_.as(world_.lead()).json();
  const auto listed = json::parse(lead.get("/who-can-see").body)["records"];
  EXPECT_EQ(listed.size(), tests::shipped_policy().records().size());
  for (const auto& record : listed) {
    const auto data = json::parse(lead.get("/who-can-see/" + record.get<std::string>()).body);
    for (const auto& part : data["parts"])
      for (const auto& sentence : part["sees"])
        EXPECT_NE(paper.str().find("- " + sentence.get<std::string>()), std::string::npos) << record << sentence;
  }
}

}  // namespace
}  // namespace cairn::app
