// SPDX-License-Identifier: Apache-2.0
// What the carried files say: the counts and sums that the published study allows to be checked.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "content/csv.hpp"
#include "content/library.hpp"
#include "content/toml.hpp"

namespace cairn::content {
namespace {

using Table = std::vector<std::vector<std::string>>;

const File& carried(const std::string& path) {
  static const Library library = Library::open("");
  const File* file = library.find(path);
  EXPECT_NE(file, nullptr) << path;
  return *file;
}

// The rows after the first.
Table table(const std::string& path) {
  CsvReader reader(csv_text(carried(path).bytes));
  std::vector<std::string_view> cells;
  Table rows;
  reader.next(cells);
  while (reader.next(cells)) rows.emplace_back(cells.begin(), cells.end());
  EXPECT_EQ(reader.trouble(), CsvTrouble::none);
  return rows;
}

std::int64_t number(const std::string& text) {
  return whole_number(text).value_or(-1);
}

// "3.5" in tenths.
std::int64_t tenths(const std::string& text) {
  return number(text.substr(0, 1)) * 10 + number(text.substr(2));
}

struct Item {
  std::string id;
  std::string section;
  std::string reading;
  std::vector<std::string> contested_in;
};

std::vector<Item> items() {
  std::vector<Fault> faults;
  Toml toml(carried("instruments/implementation-inventory.v2.toml"), faults);
  std::vector<Item> all;
  for (auto item : toml.top().tables("item")) {
    all.push_back({item.text("id"), item.text("section"), item.text("reading"), item.optional_list("contested_in")});
  }
  EXPECT_TRUE(faults.empty());
  return all;
}

TEST(Inventory, HasFortyItemsInSectionsOfEightEightFourSixNineFive) {
  std::map<std::string, int> sizes;
  for (const auto& item : items()) {
    ++sizes[item.section];
    EXPECT_EQ(item.id, item.section + "." + std::to_string(sizes[item.section]));
  }
  EXPECT_EQ(sizes, (std::map<std::string, int>{{"1", 8}, {"2", 8}, {"3", 4}, {"4", 6}, {"5", 9}, {"6", 5}}));
}

TEST(Inventory, SaysWhichItemsAreContested) {
  std::set<std::string> contested;
  std::set<std::string> in_voluntary;
  std::set<std::string> optional;
  for (const auto& item : items()) {
    if (item.reading == "contested") contested.insert(item.id);
    if (item.reading == "optional") optional.insert(item.id);
    if (item.contested_in == std::vector<std::string>{"voluntary"}) in_voluntary.insert(item.id);
  }
  EXPECT_EQ(contested, (std::set<std::string>{"1.3", "2.3", "2.4", "4.2", "4.3", "5.6", "5.9", "6.2"}));
  EXPECT_EQ(in_voluntary, (std::set<std::string>{"2.2", "5.8"}));
  EXPECT_EQ(optional, (std::set<std::string>{"4.6"}));
}

TEST(Inventory, HasAShortFormOfThoseThatFourOrMoreChose) {
  std::map<std::string, std::int64_t> chosen;
  for (const auto& row : table("studies/gillard-2014.v1/top3.csv"))
    if (row[1] == "stakeholder") chosen[row[0]] += number(row[3]);
  std::vector<Fault> faults;
  Toml toml(carried("instruments/implementation-inventory-short.v2.toml"), faults);
  const auto short_form = toml.top().list("items");
  EXPECT_EQ(short_form.size(), 21U);
  std::set<std::string> sections;
  for (const auto& id : short_form) {
    EXPECT_GE(chosen[id], 4) << id;
    sections.insert(id.substr(0, 1));
  }
  EXPECT_EQ(sections.size(), 6U);
}

// A newer version says its statements, and the notes below them, in plainer words: not another line of the file
// changes.
TEST(Inventory, KeepsEveryIdSectionChoiceAndOrderFromOneVersionToTheNext) {
  for (const std::string name : {"implementation-inventory", "implementation-inventory-short"}) {
    std::istringstream before(carried("instruments/" + name + ".v1.toml").bytes);
    std::istringstream now(carried("instruments/" + name + ".v2.toml").bytes);
    bool in_items = false;
    for (std::string old_line, line; std::getline(before, old_line);) {
      ASSERT_TRUE(std::getline(now, line)) << name;
      in_items = in_items || old_line == "[[item]]";
      if (old_line == "version = 1")
        EXPECT_EQ(line, "version = 2");
      else if (old_line == "items_of = \"implementation-inventory.v1\"")
        EXPECT_EQ(line, "items_of = \"implementation-inventory.v2\"");
      else if (in_items && (old_line.starts_with("text = ") || old_line.starts_with("explain = ")))
        EXPECT_EQ(line.substr(0, line.find('"')), old_line.substr(0, old_line.find('"')));
      else
        EXPECT_EQ(line, old_line);
    }
    EXPECT_TRUE(before.eof() && now.peek() == std::char_traits<char>::eof()) << name;
  }
}

TEST(PublishedStudy, HasAMeanForEveryItemAndGroup) {
  const auto rows = table("studies/gillard-2014.v1/means.csv");
  EXPECT_EQ(rows.size(), 560U);
  std::int64_t lowest = 40;
  std::int64_t highest = 10;
  std::map<std::string, std::set<std::string>> items_by;
  std::map<std::string, std::set<std::string>> groups_by;
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> spread;
  for (const auto& row : rows) {
    const std::int64_t mean = tenths(row[3]);
    lowest = std::min(lowest, mean);
    highest = std::max(highest, mean);
    items_by[row[1]].insert(row[0]);
    groups_by[row[1]].insert(row[2]);
    auto [at, is_new] = spread.try_emplace({row[1], row[0]}, mean, mean);
    at->second = {std::min(at->second.first, mean), std::max(at->second.second, mean)};
  }
  EXPECT_EQ(lowest, 18);
  EXPECT_EQ(highest, 40);
  std::map<std::string, int> wide;
  for (const auto& [key, ends] : spread) wide[key.first] += ends.second - ends.first >= 5 ? 1 : 0;
  EXPECT_EQ(wide, (std::map<std::string, int>{{"employer", 1}, {"context", 11}, {"setting", 21}, {"stakeholder", 29}}));
  for (const auto& [by, found] : items_by) EXPECT_EQ(found.size(), 40U) << by;
  EXPECT_EQ(groups_by["employer"].size() + groups_by["context"].size() + groups_by["setting"].size() +
                groups_by["stakeholder"].size(),
            14U);
}

TEST(PublishedStudy, HasChoicesThatAddUp) {
  const auto rows = table("studies/gillard-2014.v1/top3.csv");
  EXPECT_EQ(rows.size(), 532U);
  std::map<std::string, std::int64_t> of_group;
  std::map<std::string, std::map<std::string, std::int64_t>> of_item;
  for (const auto& row : rows) {
    of_group[row[1] + "/" + row[2]] += number(row[3]);
    of_item[row[1]][row[0]] += number(row[3]);
  }
  const std::map<std::string, std::int64_t> wanted{{"employer/voluntary", 144},
                                                   {"employer/statutory", 111},
                                                   {"context/nhs", 81},
                                                   {"context/partnership", 83},
                                                   {"context/voluntary", 91},
                                                   {"setting/inpatient", 59},
                                                   {"setting/community", 57},
                                                   {"setting/bme", 37},
                                                   {"stakeholder/peer_worker", 64},
                                                   {"stakeholder/service_user", 47},
                                                   {"stakeholder/coworker", 48},
                                                   {"stakeholder/line_manager", 45},
                                                   {"stakeholder/strategic_manager", 30},
                                                   {"stakeholder/commissioner", 21}};
  EXPECT_EQ(of_group, wanted);
  EXPECT_EQ(of_item["employer"], of_item["context"]);
  EXPECT_EQ(of_item["employer"], of_item["stakeholder"]);
  for (const auto& [item, people] : of_item["setting"]) EXPECT_LE(people, of_item["context"][item]) << item;
  const std::map<std::string, std::int64_t> most{{"4.1", 24}, {"1.2", 23}, {"6.5", 18}, {"2.1", 16}, {"5.1", 15},
                                                 {"2.5", 14}, {"6.1", 12}, {"1.3", 11}, {"2.3", 10}, {"1.6", 9}};
  for (const auto& [item, people] : most) EXPECT_EQ(of_item["stakeholder"][item], people) << item;
  EXPECT_FALSE(of_item["context"].contains("1.7"));
  EXPECT_FALSE(of_item["context"].contains("6.4"));
}

TEST(PublishedStudy, HasASampleThatAddsUpWhereItIsSettled) {
  std::map<std::string, std::int64_t> people;
  for (const auto& row : table("studies/gillard-2014.v1/sample.csv")) {
    if (row[3] != "unsettled") people[row[0]] += number(row[2]);
  }
  EXPECT_EQ(people["employer"], 89);
  EXPECT_EQ(people["context"], 89);
  EXPECT_EQ(people["stakeholder"], 89);
  EXPECT_EQ(people["setting"], 16);
}

TEST(Guidance, HasEveryPointForEveryItem) {
  const auto rows = table("guidance/implementation-inventory.v2.csv");
  EXPECT_EQ(rows.size(), 464U);
  std::map<std::string, std::set<std::string>> places;
  std::map<std::string, int> kinds;
  for (const auto& row : rows) {
    places[row[1]].insert(row[2]);
    ++kinds[row[4]];
    EXPECT_TRUE(row[6].ends_with('.')) << row[0];
  }
  for (const auto& item : items()) EXPECT_EQ(places[item.id].size(), 10U) << item.id;
  EXPECT_EQ(places["X1"].size() + places["X2"].size() + places["X3"].size() + places["X4"].size() + places["X5"].size(),
            10U);
  EXPECT_EQ(kinds, (std::map<std::string, int>{{"", 80}, {"G", 64}, {"I", 282}, {"T", 38}}));
}

// A newer version says the same in plainer words: nothing else of a point changes.
TEST(Guidance, KeepsEveryPointFromOneVersionToTheNext) {
  const auto before = table("guidance/implementation-inventory.v1.csv");
  const auto now = table("guidance/implementation-inventory.v2.csv");
  ASSERT_EQ(before.size(), now.size());
  for (std::size_t i = 0; i < now.size(); ++i)
    for (std::size_t column = 0; column + 1 < now[i].size(); ++column)
      EXPECT_EQ(now[i][column], before[i][column]) << now[i][0];
}

}  // namespace
}  // namespace cairn::content
