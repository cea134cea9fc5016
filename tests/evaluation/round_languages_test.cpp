// SPDX-License-Identifier: Apache-2.0
#include "asking.hpp"

namespace cairn::evaluation {
namespace {

class RoundLanguages : public AskingTest {
 protected:
  web::Languages languages_{{"en", "zz"}};

  // The lead's pages of a site that is read in two languages.
  tests::Visitor of_two() {
    web::Routes routes;
    add_routes(
        routes, database(), tests::shipped_policy(), carried_library(),
        [] { return std::string("https://peers.example.org"); }, &languages_);
    return tests::Visitor(std::move(routes)).at(clock().now()).as(as(Role::lead));
  }
  instruments::Asking asking_of_last() {
    return database().read([&](db::Read& r) { return instruments::asking_of(r, collection()); });
  }
  // "en" or "zz", as the link to skip to the main part is.
  static std::string spoken(const web::Reply& reply) {
    return has(reply, ">" + tests::english()("page.skip")) ? "en" : "zz";
  }
  static bool is_ticked(const web::Reply& page, const std::string& code) {
    const auto at = page.body.find("name=\"languages\" type=\"checkbox\" value=\"" + code + "\"");
    if (at == std::string::npos) return false;
    return page.body.substr(at, page.body.find('>', at) - at).find("checked") != std::string::npos;
  }
};

TEST_P(RoundLanguages, AreThoseOfWhatTheirPeopleReadOnPaper) {
  for (const std::string code : {"zz", "en"}) {
    const auto number = code == "zz" ? "1" : "2";
    const auto made = of_two().json().post(study + "/rounds", form({{"number", number}, {"languages", code}}));
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string round = parsed(made)["location"];
    const auto link = of_two().post(round + "/links", {{"site", "1"}, {"group", ""}, {"most", "5"}});
    ASSERT_EQ(link.status, 303) << link.body;
    const auto results = "/results/" + asking_of_last().results_code;
    for (const auto& path : {tests::header(link, "Location"), round + "/paper", results, results + "/poster"}) {
      const auto page = of_two().get(path);
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_EQ(spoken(page), code) << path;
    }
    EXPECT_EQ(spoken(of_two().get(round)), "en") << "the lead’s own page";
  }
}

TEST_P(RoundLanguages, AreNoChoiceWhereThereIsOne) {
  EXPECT_FALSE(has(lead().get(study + "/rounds/new"), "name=\"languages\""));
  const auto round = make_round();
  EXPECT_EQ(parsed(lead().json().get(round))["languages"], nlohmann::json({"en"}));
  EXPECT_FALSE(has(lead().get(round), tests::english()("evaluation.asked.row.languages")));
  EXPECT_EQ(lead().json().post(study + "/rounds", form({{"number", "2"}, {"languages", "zz"}})).status, 422);
}

TEST_P(RoundLanguages, AreAllTickedAtFirst) {
  const auto page = of_two().get(study + "/rounds/new");
  EXPECT_TRUE(is_ticked(page, "en"));
  EXPECT_TRUE(is_ticked(page, "zz"));
  EXPECT_FALSE(has(page, "[evaluation."));
}

TEST_P(RoundLanguages, AreKeptAsTicked) {
  const auto made = of_two().json().post(study + "/rounds", form({{"languages", "zz"}}));
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string round = parsed(made)["location"];
  EXPECT_EQ(parsed(of_two().json().get(round))["languages"], nlohmann::json({"zz"}));
  const auto page = of_two().get(round);
  EXPECT_TRUE(has(page, languages_.choices()[1].name));
  auto both = form({{"number", "2"}, {"languages", "zz"}});
  both.emplace_back("languages", "en");
  const auto second = of_two().post(study + "/rounds", both);
  ASSERT_EQ(second.status, 303) << second.body;
  EXPECT_EQ(parsed(of_two().json().get(study + "/rounds/2"))["languages"], nlohmann::json({"en", "zz"}));
  EXPECT_TRUE(has(of_two().get(study + "/rounds/2"), "English and " + languages_.choices()[1].name));
}

TEST_P(RoundLanguages, AreRefusedBesideTheirFieldWhereThereAreNoneOrOthers) {
  for (const std::string wrong : {"", "cy"}) {
    const auto sent = wrong.empty() ? form() : form({{"languages", wrong}});
    const auto data = of_two().json().post(study + "/rounds", sent);
    EXPECT_EQ(data.status, 422);
    ASSERT_EQ(parsed(data)["problems"].size(), 1U) << data.body;
    EXPECT_EQ(parsed(data)["problems"][0]["field"], "languages");
    const auto page = of_two().post(study + "/rounds", sent);
    EXPECT_EQ(page.status, 422);
    const auto words = wrong.empty() ? "instruments.asking.no_language" : "instruments.asking.unknown_language";
    EXPECT_TRUE(has(page, tests::english()(words)));
    EXPECT_FALSE(is_ticked(page, "en")) << "the form comes back as it was sent";
  }
  EXPECT_TRUE(parsed(lead().json().get(study))["rounds"].empty());
}

CAIRN_EACH_ENGINE(RoundLanguages);

}  // namespace
}  // namespace cairn::evaluation
