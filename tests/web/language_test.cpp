// SPDX-License-Identifier: Apache-2.0
#include "web/language.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "base/embedded.hpp"

namespace cairn::web {
namespace {

constexpr auto english_texts = R"({
  "hello": "Hello {name}, {term:worker.one}.", "only": "English only", "week.one": "{n} week, {name}", "week.many": "{n} weeks",
  "week.none": "no week at all", "day.one": "one day", "day.many": "{n} days", "wrong": "No {thing} here", "number.thousands": ","
})";

Language small(const std::string& code = "en", std::string_view texts = english_texts) {
  return Language(code, texts, english_texts, {{"worker.one", "peer {name}"}});
}

TEST(LanguageText, FillsPlacesAndTheProgrammesWords) {
  EXPECT_EQ(small()("hello", {{"name", "Sam"}}), "Hello Sam, peer {name}.");
}

TEST(LanguageText, NeverReadsAValueAgain) {
  EXPECT_EQ(small()("hello", {{"name", "{term:worker.one}"}}), "Hello {term:worker.one}, peer {name}.");
}

TEST(LanguageText, ShowsWhatIsMissingInSquareBrackets) {
  EXPECT_EQ(small()("nowhere"), "[nowhere]");
  EXPECT_EQ(small()("hello"), "Hello [name], peer {name}.");
  EXPECT_EQ(small().term("worker.nine"), "[worker.nine]");
}

TEST(LanguageText, FallsBackToEnglish) {
  const auto welsh = small("cy", R"({"hello": "Helo {name}"})");
  EXPECT_EQ(welsh("hello", {{"name", "Sam"}}), "Helo Sam");
  EXPECT_EQ(welsh("only"), "English only");
  EXPECT_TRUE(welsh.has("only"));
  EXPECT_FALSE(welsh.has("nowhere"));
}

TEST(LanguageText, SaysAProblemWithItsValues) {
  EXPECT_EQ(small()(Problem{"field", "wrong", {{"thing", "bus"}}}), "No bus here");
}

TEST(LanguageCount, ChoosesTheFormByTheNumber) {
  const auto say = small();
  EXPECT_EQ(say.count("week", 1, {{"name", "Sam"}}), "1 week, Sam");
  EXPECT_EQ(say.count("week", 0), "no week at all");
  EXPECT_EQ(say.count("day", 0), "0 days");
  EXPECT_EQ(say.count("week", 12400), "12,400 weeks");
  EXPECT_EQ(say.count("week", -1), "-1 weeks");
}

TEST(LanguageTexts, AreFlatJsonOfStrings) {
  for (const auto* wrong : {"", "[]", "3", "\"a\"", "{\"a\": 1}", "{\"a\": null}", "{\"a\": {\"b\": \"c\"}}",
                            "{\"a\": [\"b\"]}", "{\"a\": \"b\"", "{\"a\": \"b\", \"a\": \"c\"}", "{\"a\": true}"})
    EXPECT_THROW(Language("en", wrong, "{}", {}), std::runtime_error) << wrong;
  EXPECT_NO_THROW(Language("en", "{}", "{}", {}));
}

TEST(LanguageDates, ReadAsPeopleSayThem) {
  const auto say = Language::from_embedded("en");
  EXPECT_EQ(say.date({2026, 3, 3}), "Tuesday 3 March 2026");
  EXPECT_EQ(say.day({2026, 11, 29}), "Sunday 29 November");
  EXPECT_EQ(say.short_date({2024, 2, 29}), "29 February 2024");
}

TEST(LanguageNumbers, AreGroupedByThousands) {
  const auto say = Language::from_embedded("en");
  const std::pair<std::int64_t, const char*> cases[] = {{0, "0"},          {999, "999"},           {1000, "1,000"},
                                                        {12400, "12,400"}, {1234567, "1,234,567"}, {-1000, "-1,000"},
                                                        {-999, "-999"}};
  for (const auto& [number, shown] : cases) EXPECT_EQ(say.number(number), shown);
  EXPECT_EQ(say.words(9), "nine");
  EXPECT_EQ(say.words(10), "10");
  EXPECT_EQ(say.words(-1), "-1");
}

TEST(LanguageLists, EndWithAnd) {
  const auto say = Language::from_embedded("en");
  EXPECT_EQ(say.list({}), "");
  EXPECT_EQ(say.list({"a"}), "a");
  EXPECT_EQ(say.list({"a", "b"}), "a and b");
  EXPECT_EQ(say.list({"a", "b", "c"}), "a, b and c");
}

TEST(LanguageFromFiles, TakesTheProgrammesWordBeforeTheUsualOne) {
  EXPECT_EQ(Language::from_embedded("en").term("worker.many"), "peer workers");
  const auto own = Language::from_embedded("en", {{"worker.many", "walkers"}});
  EXPECT_EQ(own.term("worker.many"), "walkers");
  EXPECT_EQ(own.term("worker.one"), "peer worker");
}

TEST(LanguageFromFiles, PutsTheProgrammesWordsIntoATextWrittenWithTheUsualOnes) {
  const auto own = Language::from_embedded("en", {{"worker.one", "expert by experience"},
                                                  {"worker.many", "experts by experience"},
                                                  {"worker.article", "an expert by experience"},
                                                  {"worker.start", "Expert by experience"},
                                                  {"worker.starts", "Experts by experience"},
                                                  {"team.one", "ward"}});
  const std::pair<const char*, const char*> table[] = {
      {"Peer workers and a peer worker’s team.", "Experts by experience and an expert by experience’s team."},
      {"A peer worker.", "An expert by experience."},
      {"Peer worker", "Expert by experience"},
      {"peer worker", "expert by experience"},
      {"(peer workers)", "(experts by experience)"},
      {"peer work, peer workery, uppeer worker", "peer work, peer workery, uppeer worker"},
      {"", ""},
  };
  for (const auto& [usual, said] : table) EXPECT_EQ(own.in_own_words(usual, {"worker"}), said);
  EXPECT_EQ(own.with({{"worker.one", "guide"}}).in_own_words("peer worker", {"worker"}), "guide");
  EXPECT_EQ(Language::from_embedded("en").in_own_words("A peer worker", {"worker"}), "A peer worker");
  EXPECT_EQ(Language::from_embedded("zz").in_own_words("A peer worker", {"worker"}), "A peer worker");
}

TEST(LanguageFromFiles, RefusesALanguageThatHasNone) {
  EXPECT_THROW(Language::from_embedded("xx"), std::runtime_error);
}

TEST(FalseLanguage, MarksEveryTextAndLeavesThePlaces) {
  const auto say = small("zz", "{}");
  EXPECT_EQ(say("only"), "[!! Éñğĺíšĥ öñĺý !!]");
  EXPECT_EQ(say("hello", {{"name", "Sam"}}), "[!! Ĥéĺĺö Sam, peer {name}. !!]");
}

TEST(FalseLanguage, DoesNotBracketThePartsOfADate) {
  EXPECT_EQ(Language::from_embedded("zz").date({2026, 3, 3}), "Ťüéšďáý 3 Mářčĥ 2026");
}

// Every text has a translator's note, and every note a text, in files of the same name.
TEST(Texts, HaveANoteEach) {
  std::map<std::string, std::set<std::string>> texts, notes;
  for (const auto& file : embedded_files()) {
    const std::string path(file.path);
    const bool is_text = path.starts_with("locales/en/");
    if (!is_text && !path.starts_with("locales/notes/")) continue;
    auto& keys = (is_text ? texts : notes)[path.substr(path.rfind('/') + 1)];
    const auto parsed = nlohmann::json::parse(file.bytes);
    for (const auto& [key, said] : parsed.items()) {
      keys.insert(key);
      EXPECT_FALSE(said.get<std::string>().empty()) << path << " " << key;
    }
  }
  EXPECT_EQ(texts, notes);
}

}  // namespace
}  // namespace cairn::web
