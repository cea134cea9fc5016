// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "accounts/actions.hpp"
#include "accounts/doorway.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using tests::Visitor;

class StructurePages : public tests::Doorway {
 protected:
  json structure_as(Role role) { return json::parse(as(role).json().get("/structure").body); }
  std::string add_charity() {
    EXPECT_EQ(
        as(Role::lead).post("/structure/organisations", {{"name", "Stepping Stones"}, {"kind", "voluntary"}}).status,
        303);
    return structure_as(Role::lead)["organisations"][0]["id"];
  }
  std::string add_bridge() {
    const auto charity = add_charity();
    EXPECT_EQ(as(Role::lead)
                  .post("/structure/services",
                        {{"name", "Bridge"}, {"employer", charity}, {"settings", "community"}, {"settings", "bme"}})
                  .status,
              303);
    return structure_as(Role::lead)["services"][0]["id"];
  }
};

TEST_P(StructurePages, LetsALeadAddOrganisationsServicesAndTeams) {
  const auto service = add_bridge();
  EXPECT_EQ(as(Role::lead).json().post("/structure/services/" + service + "/teams", {{"name", "North"}}).status, 201);
  const auto structure = structure_as(Role::worker);
  EXPECT_EQ(structure["services"][0]["name"], "Bridge");
  EXPECT_EQ(structure["services"][0]["context"], "voluntary");
  EXPECT_EQ(structure["services"][0]["settings"], json({"community", "bme"}));
  EXPECT_EQ(structure["services"][0]["teams"][0]["name"], "North");
  const auto page = as(Role::lead).get("/structure").body;
  for (const auto* words : {"Stepping Stones", "Bridge", "North", "voluntary sector"})
    EXPECT_NE(page.find(words), std::string::npos) << words;
}

TEST_P(StructurePages, ShowsTheFormAgainWithWhatIsWrong) {
  const auto page = as(Role::lead).post("/structure/organisations", {{"name", "<b>Odd</b>"}, {"kind", "club"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(page.body.find("&lt;b&gt;Odd"), std::string::npos) << "what was typed comes back";
  EXPECT_EQ(page.body.find("<b>Odd"), std::string::npos);
  const auto told = as(Role::lead).json().post("/structure/organisations", {{"name", ""}, {"kind", ""}});
  EXPECT_EQ(json::parse(told.body)["problems"].size(), 2U);
  add_charity();
  EXPECT_EQ(as(Role::lead).post("/structure/services", {{"name", "Bridge"}}).status, 422);
  const auto service = as(Role::lead).post("/structure/organisations", {{"name", "stepping stones"}, {"kind", "nhs"}});
  EXPECT_EQ(service.status, 422) << "a name twice";
}

TEST_P(StructurePages, RenamesWhatIsThere) {
  const auto service = add_bridge();
  as(Role::lead).post("/structure/services/" + service + "/teams", {{"name", "North"}});
  const auto before = structure_as(Role::lead);
  const std::string organisation = before["organisations"][0]["id"];
  const std::string team = before["services"][0]["teams"][0]["id"];
  const std::pair<std::string, std::string> names[] = {
      {"/structure/organisations/" + organisation + "/name", "New Charity"},
      {"/structure/services/" + service + "/name", "New Bridge"},
      {"/structure/teams/" + team + "/name", "New North"},
      {"/structure/name", "New programme"}};
  for (const auto& [path, name] : names) {
    EXPECT_EQ(as(Role::lead).get(path).status, 200) << path;
    EXPECT_EQ(as(Role::lead).post(path, {{"name", name}}).status, 303) << path;
    EXPECT_EQ(as(Role::lead).post(path, {{"name", ""}}).status, 422) << path;
    EXPECT_EQ(as(Role::worker).get(path).status, 404) << path;
    EXPECT_EQ(as(Role::worker).post(path, {{"name", "Mine"}}).status, 404) << path;
  }
  const auto after = structure_as(Role::lead);
  EXPECT_EQ(after["organisations"][0]["name"], "New Charity");
  EXPECT_EQ(after["services"][0]["name"], "New Bridge");
  EXPECT_EQ(after["services"][0]["teams"][0]["name"], "New North");
  EXPECT_EQ(after["programme"], "New programme");
  EXPECT_EQ(as(Role::lead).post("/structure/teams/nowhere/name", {{"name", "Mine"}}).status, 404);
}

struct Row {
  web::Method method;
  std::string path;
  int nobody;  // the page; as JSON nobody is always 404 where it is not open to all
  int worker;
  int lead;
  int administrator;
};

TEST_P(StructurePages, LetsInWhoMayEnterAndNobodyElse) {
  const auto service = add_bridge();
  const auto get = web::Method::get;
  const auto post = web::Method::post;
  const Row rows[] = {
      {get, "/structure", 303, 200, 200, 200},
      {get, "/structure/organisations/new", 303, 404, 200, 200},
      {post, "/structure/organisations", 404, 404, 422, 422},
      {get, "/structure/services/new", 303, 404, 200, 200},
      {post, "/structure/services", 404, 404, 422, 422},
      {get, "/structure/services/" + service + "/teams/new", 303, 404, 200, 200},
      {post, "/structure/services/" + service + "/teams", 404, 404, 422, 422},
      {get, "/structure/services/" + service + "/name", 303, 404, 200, 200},
      {post, "/structure/services/" + service + "/name", 404, 404, 422, 422},
      {get, "/structure/name", 303, 404, 200, 404},
      {post, "/structure/name", 404, 404, 422, 404},
      {get, "/structure/services/nowhere/teams/new", 303, 404, 404, 404},
  };
  const auto status = [](const Visitor& visitor, const Row& row) {
    return (row.method == web::Method::get ? visitor.get(row.path) : visitor.post(row.path)).status;
  };
  for (const auto& row : rows) {
    EXPECT_EQ(status(visitor_, row), row.nobody) << row.path;
    EXPECT_EQ(status(as(Role::worker), row), row.worker) << row.path;
    EXPECT_EQ(status(as(Role::lead), row), row.lead) << row.path;
    EXPECT_EQ(status(as(Role::administrator), row), row.administrator) << row.path;
    EXPECT_EQ(status(visitor_.json(), row), 404) << row.path;
    EXPECT_EQ(status(as(Role::worker).json(), row), row.worker) << row.path;
    EXPECT_EQ(status(as(Role::lead).json(), row), row.lead) << row.path;
  }
}

TEST_P(StructurePages, ALeadOfOneServiceDoesNotChangeTheProgramme) {
  auto lead = actor(Role::lead);
  lead.roles[0].reach = {"service", "bridge"};
  EXPECT_EQ(visitor_.as(lead).get("/structure").status, 200);
  EXPECT_EQ(visitor_.as(lead).get("/structure/organisations/new").status, 404);
  EXPECT_EQ(visitor_.as(lead).post("/structure/organisations", {{"name", "Mine"}, {"kind", "nhs"}}).status, 404);
}

TEST_P(StructurePages, ALeadOfAnotherProgrammeFindsNothingHere) {
  const auto service = add_bridge();
  const auto other = database().write(Actor::operator_(), {"test.begin", "test", ""}, [](db::Write& write) {
    return add_programme(write, "Hillside", "Europe/London");
  });
  const auto stranger = visitor_.as(tests::somebody(Role::lead, other.text, "account-9"));
  EXPECT_EQ(json::parse(stranger.json().get("/structure").body)["services"], json::array());
  EXPECT_EQ(stranger.post("/structure/services/" + service + "/name", {{"name", "Mine"}}).status, 404);
  EXPECT_EQ(stranger.post("/structure/services/" + service + "/teams", {{"name", "Mine"}}).status, 404);
}

CAIRN_EACH_ENGINE(StructurePages);

}  // namespace
}  // namespace cairn::accounts
