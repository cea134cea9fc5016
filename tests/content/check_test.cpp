// SPDX-License-Identifier: Apache-2.0
#include "content/check.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::content {
namespace {

namespace fs = std::filesystem;

// A folder of an organisation's own, gone with the test.
class OwnFolder {
 public:
  OwnFolder() : path_(fs::temp_directory_path() / ("cairn-content-" + unordered_id())) {
    fs::create_directories(path_);
  }
  ~OwnFolder() { fs::remove_all(path_); }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;

  void put(const std::string& path, const std::string& text) const {
    fs::create_directories((path_ / path).parent_path());
    std::ofstream(path_ / path, std::ios::binary) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

class Check : public testing::Test {
 protected:
  void SetUp() override { start_secrets(); }
};

std::string told(const std::vector<Fault>& faults) {
  std::ostringstream text;
  for (const auto& fault : faults) text << fault.path << ":" << fault.line << ": " << fault.what << "\n";
  return text.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const std::string good_instrument = R"(id = "tea"
version = 2
language = "en"
title = "Tea"
source = "ours"
licence = "CC BY 4.0"
permission = "free"
purpose = "To see whether there is tea."
not_for = "Coffee."
sensitivity = "opinion"
smallest_group = 5
smallest_group_range = [5, 20]
[question_a]
text = "Is it?"
answers = [{ code = "yes", label = "Y" }, { code = "partly", label = "P" }, { code = "no", label = "N" }, { code = "dk", label = "D" }, { code = "nr", label = "R" }]
[question_b]
text = "How much?"
answers = [{ code = "4", label = "E" }, { code = "3", label = "Q" }, { code = "2", label = "V" }, { code = "1", label = "A" }, { code = "dk", label = "D" }, { code = "nr", label = "R" }]
[most_important]
most = 3
text = "Which?"
reason = "Why?"
[[section]]
id = "1"
title = "The pot"
[[item]]
id = "1.1"
section = "1"
label = "Tea"
text = "There is tea."
reading = "supportive"
[[item]]
id = "1.2"
section = "1"
label = "Milk"
text = "There is milk."
reading = "supportive"
contested_in = ["voluntary"]
)";

std::vector<Fault> check_own(const OwnFolder& own) {
  return check(Library::open(own.path()));
}

TEST_F(Check, FindsNoFaultInWhatTheProgramCarries) {
  const auto faults = check(Library::open(""));
  EXPECT_TRUE(faults.empty()) << told(faults);
}

TEST_F(Check, AcceptsAnInstrumentOfAnOrganisationsOwn) {
  const OwnFolder own;
  own.put("instruments/tea.v2.toml", good_instrument);
  EXPECT_TRUE(check_own(own).empty()) << told(check_own(own));
}

TEST_F(Check, SaysWhatIsWrongWithAnInstrumentAndOnWhichLine) {
  struct Case {
    std::string from;
    std::string to;
    std::string said;
    int line;
  };
  const std::vector<Case> table{
      {"id = \"tea\"", "id = \"coffee\"", "make \"coffee.v2\"", 1},
      {"id = \"tea\"", "id = \"Tea\"", "an id is small letters", 1},
      {"version = 2", "version = 3", "make \"tea.v3\"", 1},
      {"version = 2", "version = \"2\"", "\"version\" must be a whole number", 2},
      {"language = \"en\"", "language = \"English!\"", "give a language", 3},
      {"title = \"Tea\"\n", "", "\"title\" is missing", 1},
      {"source = \"ours\"\n", "", "\"source\" is missing", 1},
      {"licence = \"CC BY 4.0\"", "licence = \" \"", "\"licence\" must be text", 6},
      {"permission = \"free\"\n", "", "\"permission\" is missing", 1},
      {"not_for = \"Coffee.\"\n", "", "\"not_for\" is missing", 1},
      {"sensitivity = \"opinion\"", "sensitivity = \"none\"", "none of: opinion, special", 10},
      {"sensitivity = \"opinion\"", "sensitivity = \"special\"", "from 10 to 100", 12},
      {"smallest_group = 5", "smallest_group = 4", "from 5 to 20", 11},
      {"[5, 20]", "[3, 20]", "\"smallest_group_range\" must be", 12},
      {"[5, 20]", "[20, 5]", "\"smallest_group_range\" must be", 12},
      {"{ code = \"partly\", label = \"P\" }, ", "", "exactly these codes, in this order: yes partly no dk nr", 15},
      {"code = \"4\"", "code = \"5\"", "exactly these codes, in this order: 4 3 2 1 dk nr", 18},
      {"most = 3", "most = 4", "from 1 to 3", 20},
      {"id = \"1.2\"", "id = \"1.1\"", "two items have this id", 33},
      {"section = \"1\"", "section = \"2\"", "no section \"2\"", 28},
      {"reading = \"supportive\"", "reading = \"good\"", "none of: supportive, contested, optional", 31},
      {"[\"voluntary\"]", "[\"charity\"]", "\"charity\" is no context", 38},
      {"label = \"Tea\"", "label = \"A label that is far too long for any chart\"", "longer than 36", 29},
      {"title = \"The pot\"", "title = \"The pot\"\nbutton = \"x\"", "\"button\" is not known here", 26},
      {"most = 3", "most = ", "is not TOML", 20},
  };
  for (const auto& [from, to, said, line] : table) {
    const OwnFolder own;
    own.put("instruments/tea.v2.toml", replaced(good_instrument, from, to));
    const auto faults = check_own(own);
    ASSERT_FALSE(faults.empty()) << to;
    EXPECT_NE(faults.front().what.find(said), std::string::npos) << to << "\n" << told(faults);
    EXPECT_EQ(faults.front().line, line) << to << "\n" << told(faults);
    EXPECT_EQ(faults.front().path, "instruments/tea.v2.toml");
  }
}

TEST_F(Check, TellsEveryFaultAtOnce) {
  const OwnFolder own;
  own.put("instruments/tea.v2.toml",
          replaced(replaced(good_instrument, "title = \"Tea\"\n", ""), "most = 3", "most = 0"));
  own.put("instruments/milk.v1.toml", "id = 1\n");
  EXPECT_GT(check_own(own).size(), 10U);
}

TEST_F(Check, HoldsATranslationToTheEnglishForm) {
  const OwnFolder own;
  own.put("instruments/tea.v2.toml", good_instrument);
  const std::string welsh = replaced(good_instrument, "\"en\"", "\"cy\"");
  own.put("instruments/tea.v2.cy.toml", welsh);
  EXPECT_TRUE(check_own(own).empty()) << told(check_own(own));
  own.put("instruments/tea.v2.cy.toml", replaced(welsh, "id = \"1.2\"", "id = \"1.3\""));
  EXPECT_NE(told(check_own(own)).find("same sections and items"), std::string::npos) << told(check_own(own));
  own.put("instruments/tea.v3.cy.toml", replaced(welsh, "version = 2", "version = 3"));
  EXPECT_NE(told(check_own(own)).find("translation of nothing"), std::string::npos);
}

TEST_F(Check, HoldsAShortFormToItsLongOne) {
  const std::string head = good_instrument.substr(0, good_instrument.find("[question_a]"));
  const OwnFolder own;
  const auto said = [&](const std::string& rest) {
    own.put("instruments/tea.v2.toml", head + rest);
    return told(check_own(own));
  };
  EXPECT_EQ(said("items_of = \"implementation-inventory.v1\"\nitems = [\"1.1\"]\n"), "");
  EXPECT_NE(said("items_of = \"implementation-inventory.v1\"\nitems = [\"9.9\"]\n").find("has no item \"9.9\""),
            std::string::npos);
  EXPECT_NE(said("items_of = \"implementation-inventory.v7\"\nitems = [\"1.1\"]\n").find("there is no instrument"),
            std::string::npos);
  EXPECT_NE(said("items_of = \"implementation-inventory.v1\"\nitems = [\"1.1\", \"1.1\"]\n").find("twice"),
            std::string::npos);
  EXPECT_NE(
      said("items_of = \"implementation-inventory.v1\"\nitems = [\"1.1\"]\nfewest_items = 2\n").find("has 1 items"),
      std::string::npos);
}

TEST_F(Check, LooksAtTheTablesOfAStudy) {
  const std::string study = R"(id = "tea-study"
version = 1
language = "en"
title = "T"
short_name = "T"
source = "s"
address = "a"
published = "2020"
licence = "l"
permission = "p"
items_of = "implementation-inventory.v1"
warnings = ["w"]
[design]
cases = 1
people = 1
answered = 1
choices = 1
[[comparison]]
by = "context"
says = "c"
groups = [{ code = "nhs", name = "NHS" }]
)";
  const std::vector<std::pair<std::string, std::string>> bad_means{
      {"item,by,group\n", "the first line must be: item,by,group,mean"},
      {"item,by,group,mean\n1.1,context,nhs\n", "has 3 cells instead of 4"},
      {"item,by,group,mean\n9.9,context,nhs,3.0\n", "there is no item \"9.9\""},
      {"item,by,group,mean\n1.1,context,voluntary,3.0\n", "no group \"voluntary\" by \"context\""},
      {"item,by,group,mean\n1.1,setting,nhs,3.0\n", "no group \"nhs\" by \"setting\""},
      {"item,by,group,mean\n1.1,context,nhs,4.1\n", "\"4.1\" is not a number that can be here"},
      {"item,by,group,mean\n1.1,context,nhs,3\n", "\"3\" is not a number that can be here"},
      {"item,by,group,mean\n1.1,context,nhs,3.0\n1.1,context,nhs,3.1\n", "stands twice"},
      {"item,by,group,mean\n1.1,context,\"nhs,3.0\n", "quote_left_open"},
  };
  const OwnFolder own;
  own.put("studies/tea-study.v1/study.toml", study);
  own.put("studies/tea-study.v1/means.csv", "item,by,group,mean\r\n1.1,context,nhs,3.0\r\n");
  own.put("studies/tea-study.v1/sample.csv", "by,group,people,status\ncontext,nhs,,unsettled\n");
  EXPECT_EQ(told(check_own(own)), "");
  for (const auto& [means, said] : bad_means) {
    own.put("studies/tea-study.v1/means.csv", means);
    EXPECT_NE(told(check_own(own)).find(said), std::string::npos) << means << told(check_own(own));
  }
  own.put("studies/tea-study.v1/means.csv", "item,by,group,mean\n");
  own.put("studies/tea-study.v1/sample.csv", "by,group,people,status\ncontext,nhs,7,unsettled\n");
  EXPECT_NE(told(check_own(own)).find("sample.csv:2"), std::string::npos);
  own.put("studies/lonely.v1/means.csv", "item,by,group,mean\n");
  EXPECT_NE(told(check_own(own)).find("studies/lonely.v1/study.toml:0: is missing"), std::string::npos);
}

TEST_F(Check, LooksAtGuidance) {
  const std::string head =
      "id = \"tea\"\nversion = 1\nlanguage = \"en\"\nkind = \"points\"\ntitle = \"T\"\nsource = \"s\"\nlicence = "
      "\"l\"\n"
      "permission = \"p\"\nitems_of = \"implementation-inventory.v1\"\n";
  const std::string columns = "id,item,where,order,kind,source,text\n";
  const OwnFolder own;
  own.put("guidance/tea.v1.toml", head);
  EXPECT_NE(told(check_own(own)).find("guidance/tea.v1.csv:0: is missing"), std::string::npos);
  own.put("guidance/tea.v1.csv", columns + "G-1.1-NHS-1,1.1,nhs,1,I,chapter 3,Drink it.\n");
  EXPECT_EQ(told(check_own(own)), "");
  const std::vector<std::pair<std::string, std::string>> bad{
      {"G-9.9-NHS-1,9.9,nhs,1,I,chapter 3,Drink it.", "there is no item \"9.9\""},
      {"G-1.1-NHS-1,1.1,moon,1,I,chapter 3,Drink it.", "\"moon\" is no place"},
      {"G-1.1-VOL-1,1.1,nhs,1,I,chapter 3,Drink it.", "the id must be \"G-1.1-NHS-1\""},
      {"G-1.1-NHS-2,1.1,nhs,2,I,chapter 3,Drink it.", "the order must count"},
      {"G-1.1-NHS-1,1.1,nhs,1,X,chapter 3,Drink it.", "the kind must be"},
      {"G-1.1-FOUND-1,1.1,found,1,I,chapter 3,It is tea.", "the kind must be"},
      {"G-1.1-NHS-1,1.1,nhs,1,I,,Drink it.", "the source is missing"},
      {"G-1.1-NHS-1,1.1,nhs,1,I,chapter 3, ", "the text is missing"},
  };
  for (const auto& [row, said] : bad) {
    own.put("guidance/tea.v1.csv", columns + row + "\n");
    EXPECT_NE(told(check_own(own)).find(said), std::string::npos) << row << "\n" << told(check_own(own));
  }
  own.put("guidance/alone.v1.md", "# Alone\n");
  EXPECT_NE(told(check_own(own)).find("has no .toml of the same name"), std::string::npos);
}

TEST_F(Check, FindsAReleasedFileThatHasChangedOrGone) {
  const std::string text = "a = 1\n";
  const auto said = [&](const std::string& list) {
    return told(check(Library::of({{"rules/tea.v1.toml", text}, {"released.txt", list}})));
  };
  const std::string hash = hex(sha256(text));
  EXPECT_EQ(said("# a comment\n\n" + hash + "  rules/tea.v1.toml\n"), "");
  EXPECT_NE(said(hex(sha256("a = 2\n")) + "  rules/tea.v1.toml\n").find("has changed since"), std::string::npos);
  EXPECT_NE(said(hash + "  rules/milk.v1.toml\n").find("is gone"), std::string::npos);
  EXPECT_NE(said("rules/tea.v1.toml\n").find("released.txt:1: is not"), std::string::npos);
}

TEST_F(Check, ReadsEveryOtherDataFileAtLeastAsWhatItIs) {
  EXPECT_NE(told(check(Library::of({{"rules/tea.v1.toml", "a = = 1"}}))).find("is not TOML"), std::string::npos);
}

TEST_F(Check, NeedsEachPurposeOnce) {
  const OwnFolder own;
  own.put("guidance/tea.v1.toml",
          "id = \"tea\"\nversion = 1\nlanguage = \"en\"\nkind = \"purposes\"\ntitle = \"T\"\nsource = \"s\"\nlicence = "
          "\"l\"\n"
          "permission = \"p\"\nitems_of = \"implementation-inventory.v1\"\n");
  EXPECT_NE(told(check_own(own)).find("each of the five purposes once"), std::string::npos);
}

}  // namespace
}  // namespace cairn::content
