// SPDX-License-Identifier: Apache-2.0
#include "app/overviews.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "app/world.hpp"
#include "db/verify.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

class Overviews : public testing::TestWithParam<tests::Engine> {
 protected:
  Overviews() : world_(GetParam()) {}
  tests::World world_;
};

TEST_P(Overviews, EveryRouteFitsThePolicy) {
  EXPECT_EQ(routes(world_.site()).faults(tests::shipped_policy()), std::vector<std::string>());
}

TEST_P(Overviews, EveryPageHasItsTexts) {
  const auto visitor = world_.visitor();
  const std::regex bare_key(R"(\[[a-z_]+(\.[a-z0-9_-]+)+\])");
  for (const auto& route : visitor.routes().all()) {
    if (route.method != web::Method::get || route.path.find('{') != std::string::npos) continue;
    for (const auto& actor : {world_.lead(), world_.administrator(), Actor::anyone()}) {
      const auto reply = visitor.as(actor).get(route.path);
      std::smatch key;
      EXPECT_FALSE(std::regex_search(reply.body, key, bare_key)) << route.path << " shows " << key.str();
      EXPECT_LT(reply.status, 500) << route.path;
    }
  }
}

TEST_P(Overviews, AnEmptyTodayLeadsNobodyToWhatTheyMayNotSee) {
  const auto visitor = world_.visitor();
  const auto leads_to_studies = [&](Role role) {
    Actor actor = world_.administrator();
    actor.roles = {{role, {}, {}, {}}};
    return visitor.as(actor).get("/today").body.find("href=\"/studies\"") != std::string::npos;
  };
  for (const Role role : {Role::administrator, Role::safeguarding_lead, Role::mentor})
    EXPECT_FALSE(leads_to_studies(role)) << cairn::name(role);
}

struct Row {
  std::string path;
  int nobody;
  int lead;
  int administrator;
};

TEST_P(Overviews, LetInWhoMayEnterAndNobodyElse) {
  const Row rows[] = {
      {"/", 303, 303, 303},        {"/health", 200, 200, 200},        {"/health/details", 303, 404, 200},
      {"/privacy", 200, 200, 200}, {"/accessibility", 200, 200, 200}, {"/source", 200, 200, 200},
      {"/nothing", 404, 404, 404}, {"/today", 303, 200, 200},         {"/studies", 303, 200, 404},
      {"/letters", 303, 200, 200},
  };
  const auto visitor = world_.visitor();
  for (const auto& row : rows) {
    EXPECT_EQ(visitor.get(row.path).status, row.nobody) << row.path;
    EXPECT_EQ(visitor.as(world_.lead()).get(row.path).status, row.lead) << row.path;
    EXPECT_EQ(visitor.as(world_.administrator()).get(row.path).status, row.administrator) << row.path;
    if (row.path == "/" || row.path == "/health") continue;
    EXPECT_EQ(visitor.json().get(row.path).status, row.nobody == 303 ? 404 : row.nobody) << row.path;
    EXPECT_EQ(visitor.as(world_.lead()).json().get(row.path).status, row.lead) << row.path;
    EXPECT_EQ(visitor.as(world_.administrator()).json().get(row.path).status, row.administrator) << row.path;
  }
}

TEST_P(Overviews, TheFirstPageLeadsOn) {
  const auto visitor = world_.visitor();
  EXPECT_EQ(tests::header(visitor.get("/"), "Location"), "/sign-in");
  EXPECT_EQ(tests::header(visitor.as(world_.lead()).get("/"), "Location"), "/today");
  EXPECT_EQ(tests::header(visitor.as(world_.administrator()).get("/"), "Location"), "/health/details");
}

TEST_P(Overviews, HealthTellsOfBackupsAndHoldsNoContent) {
  const auto visitor = world_.visitor().as(world_.administrator());
  EXPECT_TRUE(json::parse(visitor.json().get("/health/details").body)["last_backup"].is_null());
  EXPECT_NE(visitor.get("/health/details").body.find("There is no backup yet"), std::string::npos);
  world_.database().write(Actor::operator_(), {"backup.make", "backup", ""}, [](db::Write&) {});
  const auto data = json::parse(visitor.json().get("/health/details").body);
  EXPECT_EQ(data["last_backup"], "2026-03-03T09:00:00.000Z");
  EXPECT_EQ(data["accounts"], made_up_accounts().size());
  EXPECT_EQ(data["engine"], world_.database().is_postgres() ? "postgresql" : "sqlite");
  EXPECT_EQ(data["bytes"].is_null(), world_.database().is_postgres());
  const auto page = visitor.get("/health/details").body;
  EXPECT_EQ(page.find("There is no backup yet"), std::string::npos);
  for (const auto* content : {"Willow Ward", "Stepping Stones", "Mill Lane", "larkmoor.example"})
    EXPECT_EQ(page.find(content), std::string::npos) << content;
}

TEST_P(Overviews, NavigationHoldsOnlyWhatMayBeReached) {
  const auto site = world_.site();
  const auto paths = [&](const Actor& actor) {
    web::Request request;
    request.path = "/today";
    request.language = &tests::english();
    request.actor = actor;
    if (actor.signed_in()) request.signed_in = web::SignedIn{actor, "session", "Robin Marsh", "token"};
    std::vector<std::string> all;
    for (const auto& link : frame_of(request, site).navigation) all.push_back(link.path + (link.current ? "!" : ""));
    return all;
  };
  EXPECT_EQ(paths(world_.lead()),
            (std::vector<std::string>{"/today!", "/studies", "/structure", "/people", "/letters"}));
  EXPECT_EQ(paths(world_.administrator()),
            (std::vector<std::string>{"/structure", "/people", "/letters", "/health/details"}));
  EXPECT_EQ(paths(Actor::anyone()), std::vector<std::string>());
}

TEST_P(Overviews, TheDemonstrationIsWhole) {
  const auto visitor = world_.visitor().as(world_.lead());
  const auto structure = json::parse(visitor.json().get("/structure").body);
  EXPECT_EQ(structure["organisations"].size(), 2U);
  std::map<std::string, json> services;
  for (const auto& service : structure["services"]) services[service["name"]] = service;
  ASSERT_EQ(services.size(), 3U);
  EXPECT_EQ(services["Willow Ward"]["context"], "partnership");
  EXPECT_EQ(services["Willow Ward"]["settings"], json({"inpatient"}));
  EXPECT_EQ(services["Mill Lane Community Team"]["context"], "nhs");
  EXPECT_EQ(services["Open Door for the Somali community"]["context"], "voluntary");
  EXPECT_EQ(services["Open Door for the Somali community"]["settings"], json({"bme"}));
  EXPECT_TRUE(is_demonstration(world_.database()));
  EXPECT_EQ(people_to_look_round_as().size(), made_up_accounts().size());
}

TEST_P(Overviews, EverySealedValueOfTheWorldOpens) {
  std::string found;
  for (const auto& fault : db::verify(world_.database(), sealed_columns()))
    found += fault.where + ": " + fault.what + "\n";
  // On PostgreSQL entries wait to be chained until the server's next round.
  if (world_.database().is_postgres()) {
    world_.database().seal_journal();
    found.clear();
    for (const auto& fault : db::verify(world_.database(), sealed_columns()))
      found += fault.where + ": " + fault.what + "\n";
  }
  EXPECT_EQ(found, "");
}

TEST_P(Overviews, EveryLoopClosesThroughARouteThatIsThere) {
  const auto map = routes(world_.site());
  for (const auto& kind : loop_kinds(world_.site())) {
    const std::string act(kind.closing_act);
    const auto space = act.find(' ');
    ASSERT_NE(space, std::string::npos) << act;
    bool there = false;
    for (const auto& route : map.all())
      there = there ||
              (route.path == act.substr(space + 1) && (route.method == web::Method::post) == act.starts_with("POST"));
    EXPECT_TRUE(there) << kind.id << " closes by " << act << ", which is no route";
  }
}

CAIRN_EACH_ENGINE(Overviews);

}  // namespace
}  // namespace cairn::app
