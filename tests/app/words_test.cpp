// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "accounts/actions_words.hpp"
#include "accounts/store_words.hpp"
#include "app/world.hpp"

namespace cairn::app {
namespace {

using nlohmann::json;
using tests::Visitor;

class WordsPages : public testing::TestWithParam<tests::Engine> {
 protected:
  WordsPages() : world_(GetParam()) {}
  Visitor lead() { return world_.visitor().as(world_.lead()); }
  json data(const std::string& path) { return json::parse(lead().json().get(path).body); }
  std::string service() { return data("/structure")["services"][0]["id"]; }
  tests::World world_;
};

TEST_P(WordsPages, AreTheLeadsAlone) {
  const auto visitor = world_.visitor();
  for (const auto* path : {"/words", "/words/worker"}) {
    EXPECT_EQ(visitor.get(path).status, 303) << path;
    EXPECT_EQ(visitor.as(world_.administrator()).get(path).status, 404) << path;
    EXPECT_EQ(visitor.as(tests::somebody(Role::worker)).json().get(path).status, 404) << path;
    EXPECT_EQ(lead().get(path).status, 200) << path;
    EXPECT_EQ(lead().json().get(path).status, 200) << path;
  }
  for (const auto* path : {"/words/worker", "/words/worker/standard"})
    EXPECT_EQ(visitor.as(world_.administrator()).post(path).status, 404) << path;
  const Actor partial{"account-2", world_.lead().programme_id, {{Role::lead, {"service", "s"}, {}, {}}}};
  EXPECT_EQ(visitor.as(partial).get("/words").status, 404);
}

TEST_P(WordsPages, ChangeEveryPageAtOnceAndGoBack) {
  EXPECT_EQ(lead().post("/words/worker", {{"one", "ally"}, {"many", "allies"}}).status, 303);
  EXPECT_EQ(world_.languages().usual()->term("worker.article"), "an ally");
  EXPECT_EQ(world_.languages().usual()->term("worker.starts"), "Allies");
  EXPECT_NE(lead().get("/words").body.find("allies"), std::string::npos);
  const auto page = lead().get("/words/worker").body;
  EXPECT_NE(page.find("Robin Marsh chose “ally” and “allies”"), std::string::npos);
  EXPECT_EQ(data("/words/worker")["history"].size(), 1U);
  EXPECT_EQ(lead().post("/words/worker/standard").status, 303);
  EXPECT_EQ(world_.languages().usual()->term("worker.article"), "a peer worker");
}

TEST_P(WordsPages, ShowAWordBeforeItIsKept) {
  const auto page = lead().post("/words/worker", {{"one", "ally"}, {"many", "allies"}, {"show", "yes"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("We talk about an ally here. Ally is the word we use."), std::string::npos);
  EXPECT_EQ(world_.languages().usual()->term("worker.one"), "peer worker");
}

TEST_P(WordsPages, ComeBackFilledWithWhatIsWrong) {
  const auto page = lead().post("/words/worker", {{"one", "al{ly}"}, {"many", ""}});
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(page.body.find("al{ly}"), std::string::npos);
  EXPECT_NE(page.body.find("Type the word for more than one"), std::string::npos);
}

TEST_P(WordsPages, GiveAServiceItsOwnForTwoOfThem) {
  const auto ward = service();
  EXPECT_EQ(lead().post("/words/person", {{"service", ward}, {"one", "guest"}, {"many", "guests"}}).status, 303);
  EXPECT_EQ(world_.languages().usual()->term("person.one"), "person supported");
  const auto services = data("/words")["services"];
  EXPECT_EQ(services[0]["words"][1]["one"], "guest");
  EXPECT_EQ(lead().post("/words/team", {{"service", ward}, {"one", "crew"}, {"many", "crews"}}).status, 404);
  EXPECT_EQ(lead().post("/words/person", {{"service", "x"}, {"one", "guest"}, {"many", "guests"}}).status, 404);
  EXPECT_EQ(lead().get("/words/person?service=x").status, 404);
  EXPECT_EQ(lead().get("/words/nothing").status, 404);
  EXPECT_EQ(lead().get("/words?language=xx").status, 404);
}

class LanguagePages : public WordsPages {
 protected:
  LanguagePages() : both_({"en", "zz"}) {}
  Visitor visitor() {
    return Visitor(routes({world_.database(), tests::shipped_policy(), world_.library(), throttle_, both_}))
        .at(world_.clock().now());
  }
  web::Languages both_;
  accounts::Throttle throttle_;
};

TEST_P(LanguagePages, KeepTheChoiceInACookieAndWithTheAccount) {
  EXPECT_EQ(visitor().get("/language").status, 200);
  const auto reply = visitor().post("/language", {{"language", "zz"}, {"back", "/privacy"}});
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(tests::header(reply, "Location"), "/privacy");
  EXPECT_NE(tests::header(reply, "Set-Cookie").find("__Host-cairn-language=zz"), std::string::npos);
  EXPECT_EQ(visitor().as(world_.lead()).post("/language", {{"language", "zz"}}).status, 303);
  const auto kept =
      world_.database().read([&](db::Read& read) { return accounts::language_of(read, {world_.lead().account_id}); });
  EXPECT_EQ(kept, "zz");
}

TEST_P(LanguagePages, RefuseWhatIsNoLanguageAndLeadNowhereElse) {
  EXPECT_EQ(visitor().post("/language", {{"language", "xx"}}).status, 422);
  EXPECT_EQ(visitor().post("/language", {}).status, 422);
  for (const auto* back : {"https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""})
    EXPECT_EQ(tests::header(visitor().post("/language", {{"language", "en"}, {"back", back}}), "Location"), "/")
        << back;
}

CAIRN_EACH_ENGINE(WordsPages);
CAIRN_EACH_ENGINE(LanguagePages);

}  // namespace
}  // namespace cairn::app
