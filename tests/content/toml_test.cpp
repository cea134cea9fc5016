// SPDX-License-Identifier: Apache-2.0
#include "content/toml.hpp"

#include <gtest/gtest.h>

namespace cairn::content {
namespace {

// Reads a text by the given steps and tells the faults as "line: what", one a line.
template <class Steps>
std::string faults_of(std::string_view text, Steps steps) {
  std::vector<Fault> faults;
  Toml toml("x.toml", text, faults);
  auto top = toml.top();
  steps(top);
  toml.finish();
  std::string told;
  for (const auto& fault : faults) told += std::to_string(fault.line) + ": " + fault.what + "\n";
  return told;
}

TEST(TomlReader, GivesWhatIsThere) {
  EXPECT_EQ(
      faults_of("a = \"x\"\nb = 3\nc = true\nd = [\"p\", \"q\"]\ne = [1, 2]\n[f]\ng = 1\n[[h]]\ni = 1\n[[h]]\ni = 2\n",
                [](Toml::Table& top) {
                  EXPECT_EQ(top.text("a"), "x");
                  EXPECT_EQ(top.one_of("a", {"x", "y"}), "x");
                  EXPECT_EQ(top.whole("b", 1, 5), 3);
                  EXPECT_TRUE(top.truth("c", false));
                  EXPECT_EQ(top.list("d"), (std::vector<std::string>{"p", "q"}));
                  EXPECT_EQ(top.optional_wholes("e"), (std::vector<std::int64_t>{1, 2}));
                  EXPECT_EQ(top.table("f").whole("g", 0, 9), 1);
                  auto tables = top.tables("h");
                  ASSERT_EQ(tables.size(), 2U);
                  EXPECT_EQ(tables[0].whole("i", 0, 9), 1);
                  EXPECT_EQ(tables[1].whole("i", 0, 9), 2);
                  EXPECT_EQ(tables[1].line_of("i"), 11);
                }),
      "");
}

TEST(TomlReader, LetsWhatIsOptionalBeMissing) {
  EXPECT_EQ(faults_of("",
                      [](Toml::Table& top) {
                        EXPECT_FALSE(top.optional_text("a"));
                        EXPECT_FALSE(top.optional_whole("b", 0, 1));
                        EXPECT_TRUE(top.truth("c", true));
                        EXPECT_TRUE(top.optional_list("d").empty());
                        EXPECT_TRUE(top.optional_wholes("e").empty());
                        EXPECT_FALSE(top.optional_table("f"));
                        EXPECT_TRUE(top.tables("g").empty());
                        EXPECT_FALSE(top.has("h"));
                      }),
            "");
}

TEST(TomlReader, CollectsEveryFaultWithItsLine) {
  const auto told = faults_of(
      "a = 1\nb = 9\nc = \"yes\"\nd = \"p\"\ne = [\"p\", \"p\", \"\"]\nf = []\ng = [1, \"2\"]\nh = 1\ni = 1.5\nj = "
      "\"z\"\n",
      [](Toml::Table& top) {
        EXPECT_EQ(top.text("a"), "");
        EXPECT_EQ(top.whole("b", 1, 5), 1);
        EXPECT_FALSE(top.truth("c", false));
        EXPECT_TRUE(top.list("d").empty());
        EXPECT_EQ(top.list("e"), (std::vector<std::string>{"p"}));
        top.list("f");
        EXPECT_TRUE(top.optional_wholes("g").empty());
        EXPECT_FALSE(top.optional_table("h"));
        EXPECT_TRUE(top.tables("h").empty());
        top.whole("i", 0, 9);
        top.one_of("j", {"x", "y"});
        EXPECT_EQ(top.text("k"), "");
        EXPECT_EQ(top.table("l").text("m"), "");
      });
  for (const auto* said :
       {"1: \"a\" must be text", "2: \"b\" must be a whole number from 1 to 5", "3: \"c\" must be true or false",
        "4: \"d\" must be a list", "5: \"e\" has \"p\" twice", "5: \"e\" must hold texts only", "6: \"f\" is empty",
        "7: \"g\" must be a list of whole numbers", "8: \"h\" must be a table", "8: \"h\" must be tables",
        "9: \"i\" must be a whole number", "10: \"j\" is \"z\", which is none of: x, y", "1: \"k\" is missing",
        "1: \"l\" is missing"}) {
    EXPECT_NE(told.find(said), std::string::npos) << said << "\n" << told;
  }
}

TEST(TomlReader, FaultsKeysNobodyAskedFor) {
  EXPECT_EQ(faults_of("a = 1\n[b]\nc = 1\nd = 2\n[[e]]\nf = 1\n",
                      [](Toml::Table& top) {
                        top.table("b").whole("c", 0, 9);
                        top.tables("e");
                      }),
            "1: \"a\" is not known here: take it out, or look at its spelling\n"
            "4: \"d\" is not known here: take it out, or look at its spelling\n"
            "6: \"f\" is not known here: take it out, or look at its spelling\n");
}

TEST(TomlReader, GivesKeysInTheOrderOfTheFile) {
  EXPECT_EQ(faults_of("z = 1\na = 2\nm = 3\n",
                      [](Toml::Table& top) { EXPECT_EQ(top.keys(), (std::vector<std::string>{"z", "a", "m"})); }),
            "");
}

TEST(TomlReader, SaysOnceWhereTheTextIsNoToml) {
  std::vector<Fault> faults;
  Toml toml("x.toml", "a = 1\nb = = 2\n", faults);
  EXPECT_FALSE(toml.parsed());
  EXPECT_EQ(toml.top().text("a"), "");
  toml.finish();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].line, 2);
}

TEST(TomlReader, RefusesWhatIsNotUtf8AndKeysThatStandTwice) {
  std::vector<Fault> faults;
  EXPECT_FALSE(Toml("x.toml", "a = \"\xE9\"", faults).parsed());
  EXPECT_FALSE(Toml("x.toml", "a = 1\na = 2\n", faults).parsed());
  EXPECT_EQ(faults.size(), 2U);
}

TEST(TomlReader, AddsAFaultOfTheCallersOwn) {
  EXPECT_EQ(faults_of("a = 1\nb = 2\n",
                      [](Toml::Table& top) {
                        top.whole("a", 0, 9);
                        top.whole("b", 0, 9);
                        top.fault("b", "is not what a says");
                      }),
            "2: is not what a says\n");
}

}  // namespace
}  // namespace cairn::content
