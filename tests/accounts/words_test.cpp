// SPDX-License-Identifier: Apache-2.0
#include "accounts/words.hpp"

#include <gtest/gtest.h>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_words.hpp"
#include "stores.hpp"

namespace cairn::accounts {
namespace {

TEST(Words, FollowFromTheFirstTwo) {
  const auto made = check_wording({"peer volunteer", "peer volunteers", "", "", ""});
  ASSERT_TRUE(made);
  EXPECT_EQ(*made,
            (Wording{"peer volunteer", "peer volunteers", "a peer volunteer", "Peer volunteer", "Peer volunteers"}));
  const auto typed = check_wording({"éclaireur", "éclaireurs", "un éclaireur", "Éclaireur", "Éclaireurs"});
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->article, "un éclaireur");
  EXPECT_EQ(typed->start, "Éclaireur");
}

TEST(Words, HaveTheArticleTheySoundLike) {
  const std::pair<std::string, std::string> rows[] = {{"peer worker", "a peer worker"},
                                                      {"ally", "an ally"},
                                                      {"expert by experience", "an expert by experience"},
                                                      {"hour buddy", "an hour buddy"},
                                                      {"user", "a user"},
                                                      {"university mentor", "a university mentor"},
                                                      {"uninvited guest", "an uninvited guest"},
                                                      {"one-to-one worker", "a one-to-one worker"},
                                                      {"", "a "}};
  for (const auto& [word, wanted] : rows) EXPECT_EQ(with_article(word), wanted);
}

TEST(Words, AreRefusedWithEveryProblemAtOnce) {
  const auto found = [](const WordForm& form) {
    std::vector<std::string> all;
    const auto checked = check_wording(form);
    if (!checked)
      for (const auto& problem : checked.problems()) all.push_back(problem.field + ":" + problem.key);
    return all;
  };
  using Found = std::vector<std::string>;
  EXPECT_EQ(found({}), (Found{"one:words.problem.one_missing", "many:words.problem.many_missing"}));
  EXPECT_EQ(found({"a{b}", "x\ny", "<b>", "[x]", "ok"}),
            (Found{"one:words.problem.odd", "many:words.problem.odd", "article:words.problem.odd",
                   "start:words.problem.odd"}));
  EXPECT_EQ(found({std::string(41, 'x'), "b", "", "", ""}), (Found{"one:words.problem.long"}));
  EXPECT_TRUE(check_wording({std::string(40, 'x'), "b", "", "", ""}));
}

class KeptWords : public tests::EachEngine {
 protected:
  template <class F>
  auto write(F act) {
    return database().write(Actor{"account-1", "", {}}, db::Entry{"test.act", "test", ""}, act);
  }
  KeptWords() {
    programme_ = write([](db::Write& w) { return add_programme(w, "Larkmoor", "Europe/London"); });
  }
  void choose(const WordPlace& place, const std::string& one) {
    const auto wording = one.empty() ? std::optional<Wording>() : *check_wording({one, one + "s", "", "", ""});
    write([&](db::Write& w) { choose_word(w, programme_, place, wording); });
  }
  std::map<std::string, std::string> of(const std::string& service, const std::string& language = "en") {
    return database().read([&](db::Read& read) { return words_for(read, programme_, {service}, language); });
  }
  Id<Programme> programme_;
};

TEST_P(KeptWords, HoldUntilTheNextAndRememberWhoAndWhen) {
  choose({"worker"}, "ally");
  clock().advance(60);
  choose({"worker"}, "companion");
  EXPECT_EQ(of("")["worker.many"], "companions");
  EXPECT_EQ(of("")["worker.starts"], "Companions");
  choose({"worker"}, "");
  EXPECT_TRUE(of("").empty());
  const auto history = database().read([&](db::Read& read) { return history_of_word(read, programme_, {"worker"}); });
  ASSERT_EQ(history.size(), 3U);
  EXPECT_FALSE(history[0].wording);
  EXPECT_EQ(history[1].wording->one, "companion");
  EXPECT_EQ(history[2].wording->one, "ally");
  EXPECT_EQ(history[2].given_by, "account-1");
  EXPECT_EQ(history[1].at, later(history[2].at, 60));
}

TEST_P(KeptWords, OfAServiceGoBeforeThoseOfTheProgramme) {
  choose({"worker"}, "ally");
  choose({"person"}, "friend");
  choose({"worker", "ward"}, "companion");
  EXPECT_EQ(of("ward")["worker.one"], "companion");
  EXPECT_EQ(of("ward")["person.one"], "friend");
  EXPECT_EQ(of("mill")["worker.one"], "ally");
  EXPECT_EQ(of("")["worker.one"], "ally");
  choose({"worker", "ward"}, "");
  EXPECT_EQ(of("ward")["worker.one"], "ally");
}

TEST_P(KeptWords, AreOfOneLanguage) {
  choose({"worker", "", "cy"}, "cymar");
  EXPECT_TRUE(of("").empty());
  EXPECT_EQ(of("", "cy")["worker.one"], "cymar");
  const auto all = database().read([&](db::Read& read) { return words_by_language(read, programme_); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.at("cy").at("worker.one"), "cymar");
}

TEST_P(KeptWords, ALanguageIsKeptWithTheAccount) {
  const auto account = write([&](db::Write& w) {
    return add(w, programme_,
               *check(AccountForm{"robin@larkmoor.example", "Robin", "seven brass kettles hum", {"lead"}}, {}), "hash");
  });
  const auto chosen = [&] { return database().read([&](db::Read& read) { return language_of(read, account); }); };
  EXPECT_EQ(chosen(), std::nullopt);
  write([&](db::Write& w) { choose_language(w, account, "cy"); });
  write([&](db::Write& w) { choose_language(w, account, "en"); });
  EXPECT_EQ(chosen(), "en");
}

CAIRN_EACH_ENGINE(KeptWords);

}  // namespace
}  // namespace cairn::accounts
