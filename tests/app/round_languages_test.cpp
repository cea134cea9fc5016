// SPDX-License-Identifier: Apache-2.0
// A site that is read in two languages, and a round that asks in the second alone.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/world.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;

class RoundLanguages : public testing::TestWithParam<tests::Engine> {
 protected:
  RoundLanguages() : world_(GetParam()), both_({"en", "zz"}) {}
  Site site() {
    const auto site = world_.site();
    return {.database = site.database,
            .policy = site.policy,
            .library = site.library,
            .throttle = site.throttle,
            .languages = both_,
            .folder = site.folder,
            .clock = world_.clock().clock()};
  }
  tests::World world_;
  web::Languages both_;
};

TEST_P(RoundLanguages, ReachFromTheFormToTheLetterAndThePagesPeopleAnswerOn) {
  const auto visitor = tests::Visitor(routes(site())).at(world_.clock().now()).preferring("en", both_.choices());
  const auto lead = visitor.as(world_.lead());
  const std::string study = json::parse(lead.json().post("/studies", {{"name", "Autumn"}}).body)["location"];
  EXPECT_NE(lead.get(study + "/rounds/new").body.find("name=\"languages\""), std::string::npos);
  const tests::Visitor::Values form{{"number", "1"},
                                    {"mode", "anonymous"},
                                    {"sites", "1"},
                                    {"languages", "zz"},
                                    {"opens_on-day", "3"},
                                    {"opens_on-month", "3"},
                                    {"opens_on-year", "2026"},
                                    {"closes_on-day", "20"},
                                    {"closes_on-month", "3"},
                                    {"closes_on-year", "2026"},
                                    {"who", "Robin Marsh"},
                                    {"why", "To learn"},
                                    {"what_next", "We add up"},
                                    {"help", "116 123"}};
  const auto made = lead.json().post(study + "/rounds", form);
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string round = json::parse(made.body)["location"];
  const auto service = world_.database().read([&](db::Read& read) {
    const auto structure = accounts::structure(read, world_.lead());
    return structure.services.front().id.text;
  });
  ASSERT_EQ(lead.json()
                .post("/participants", {{"name", "Wader Finch"},
                                        {"email", "wader.finch@larkmoor.example"},
                                        {"stakeholder", "coworker"},
                                        {"service", service}})
                .status,
            201);
  ASSERT_EQ(lead.json().post(round + "/invitations", {{"whom", "all"}}).status, 201);
  std::string invitation;
  for (const auto& one : json::parse(lead.json().get(round).body)["invited"])
    if (one["name"] == "Wader Finch") invitation = one["id"];
  const auto kinds = letter_kinds(site());
  world_.database().read([&](db::Read& read) {
    const auto letter = kinds.at(std::string(instruments::invitation_letter)).compose(read, invitation);
    ASSERT_TRUE(letter);
    EXPECT_TRUE(letter->subject.starts_with("[!!")) << letter->subject;
    const auto link = instruments::link_of(read, *instruments::find_invitation(read, invitation));
    const auto page = visitor.get("/answer/" + link);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body.find(">" + tests::english()("page.skip")), std::string::npos);
    EXPECT_EQ(page.body.find("value=\"en\" lang="), std::string::npos) << "the other language is not offered";
  });
}

CAIRN_EACH_ENGINE(RoundLanguages);

}  // namespace
}  // namespace cairn::app
