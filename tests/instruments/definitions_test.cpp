// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/stop.hpp"
#include "instruments/store_definitions.hpp"
#include "temporary_folder.hpp"

namespace cairn::instruments {
namespace {

content::Library carried() {
  return content::Library::open("");
}

// The program's files and one more.
struct Own {
  tests::TemporaryFolder folder;
  explicit Own(const std::string& name, const std::string& text) {
    std::filesystem::create_directory(folder / "instruments");
    std::ofstream(folder / ("instruments/" + name)) << text;
  }
  content::Library library() const { return content::Library::open(folder.path()); }
};

const std::string head =
    "version = 1\ntitle = \"T\"\nlanguage = \"en\"\nsource = \"S\"\nlicence = \"L\"\npermission = \"P\"\n"
    "purpose = \"P\"\nnot_for = \"N\"\nsensitivity = \"opinion\"\nsmallest_group = 6\nsmallest_group_range = [5, 20]\n";

TEST(Definitions, ReadTheInventory) {
  const auto inventory = find_instrument(carried(), "implementation-inventory", 2);
  ASSERT_TRUE(inventory);
  EXPECT_EQ(inventory->items.size(), 40U);
  EXPECT_EQ(inventory->sections.size(), 6U);
  EXPECT_EQ(inventory->smallest_group, 5);
  EXPECT_EQ(inventory->most_important, 3U);
  EXPECT_EQ(inventory->sensitivity, Sensitivity::opinion);
  EXPECT_EQ(inventory->index_of("1.1"), 0U);
  EXPECT_EQ(inventory->index_of("6.5"), 39U);
  EXPECT_FALSE(inventory->index_of("6.6"));
  EXPECT_FALSE(inventory->question_a.empty());
  EXPECT_FALSE(inventory->not_for.empty());
  std::vector<std::size_t> sizes(6);
  for (const auto& item : inventory->items) ++sizes[item.section];
  EXPECT_EQ(sizes, (std::vector<std::size_t>{8, 8, 4, 6, 9, 5}));
}

TEST(Definitions, KnowWhichItemsAreContestedWhere) {
  const auto inventory = find_instrument(carried(), "implementation-inventory", 2);
  const auto contested = [&](std::string_view id, std::string_view context) {
    return inventory->contested(inventory->items[*inventory->index_of(id)], context);
  };
  EXPECT_TRUE(contested("1.3", "nhs"));
  EXPECT_TRUE(contested("2.2", "voluntary"));
  EXPECT_FALSE(contested("2.2", "nhs"));
  EXPECT_FALSE(contested("1.1", "voluntary"));
}

TEST(Definitions, ReadTheShortFormWithTheItemsOfTheLongOne) {
  const auto library = carried();
  const auto whole = find_instrument(library, "implementation-inventory", 2);
  const auto part = find_instrument(library, "implementation-inventory-short", 2);
  ASSERT_TRUE(part);
  EXPECT_EQ(part->items.size(), 21U);
  EXPECT_EQ(part->sections.size(), 6U);
  EXPECT_EQ(part->question_b, whole->question_b);
  for (const auto& item : part->items) EXPECT_EQ(item.text, whole->items[*whole->index_of(item.id)].text);
}

// A newer version says the same in plainer words: answers to either stand side by side, statement by statement.
TEST(Definitions, KeepEverythingButWordsFromOneVersionToTheNext) {
  const auto library = carried();
  for (const auto* id : {"implementation-inventory", "implementation-inventory-short"}) {
    const auto before = find_instrument(library, id, 1);
    const auto now = find_instrument(library, id, 2);
    ASSERT_TRUE(before && now) << id;
    EXPECT_EQ(now->version, 2);
    EXPECT_EQ(now->question_a, before->question_a);
    EXPECT_EQ(now->question_b, before->question_b);
    EXPECT_EQ(now->most_important, before->most_important);
    EXPECT_EQ(now->smallest_group, before->smallest_group);
    ASSERT_EQ(now->sections.size(), before->sections.size());
    for (std::size_t i = 0; i < now->sections.size(); ++i) {
      EXPECT_EQ(now->sections[i].id, before->sections[i].id);
      EXPECT_EQ(now->sections[i].title, before->sections[i].title);
    }
    ASSERT_EQ(now->items.size(), before->items.size());
    for (std::size_t i = 0; i < now->items.size(); ++i) {
      const auto& item = now->items[i];
      EXPECT_EQ(item.id, before->items[i].id);
      EXPECT_EQ(item.section, before->items[i].section) << item.id;
      EXPECT_EQ(item.label, before->items[i].label) << item.id;
      EXPECT_EQ(item.reading, before->items[i].reading) << item.id;
      EXPECT_EQ(item.contested_in, before->items[i].contested_in) << item.id;
      EXPECT_EQ(item.explain.empty(), before->items[i].explain.empty()) << item.id;
    }
  }
}

TEST(Definitions, AreNothingWhereThereIsNoSuchFile) {
  EXPECT_FALSE(find_instrument(carried(), "implementation-inventory", 3));
  EXPECT_FALSE(find_instrument(carried(), "../policy", 1));
}

TEST(Definitions, ListAllThatCanBeRead) {
  std::vector<content::Fault> faults;
  const auto all = instruments(carried(), &faults);
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(all.size(), 4U);
  for (const std::size_t i : {0U, 1U, 2U, 3U}) {
    EXPECT_EQ(all[i].id, i < 2 ? "implementation-inventory" : "implementation-inventory-short");
    EXPECT_EQ(all[i].version, i % 2 == 0 ? 1 : 2);
  }
}

TEST(Definitions, TellWhatIsWrongWithAFile) {
  struct Case {
    const char* name;
    std::string text;
  };
  const std::string borrowed = "items_of = \"implementation-inventory.v1\"\n";
  for (const auto& [name, text] :
       {Case{"bad.v1.toml", "id = \"bad\"\n" + head},
        Case{"bad.v1.toml", "id = \"other\"\n" + head + borrowed + "items = [\"1.1\"]\n"},
        Case{"bad.v1.toml", "id = \"bad\"\n" + head + borrowed + "items = [\"9.9\"]\n"},
        Case{"bad.v1.toml", "id = \"bad\"\n" + head + "items_of = \"none.v1\"\n"},
        Case{"bad.v1.toml", "id = \"bad\"\n" + head + "items_of = \"bad.v1\"\n"}, Case{"bad.v1.toml", "not toml"}}) {
    const Own own(name, text);
    EXPECT_THROW(find_instrument(own.library(), "bad", 1), Corrupt) << text;
    std::vector<content::Fault> faults;
    EXPECT_EQ(instruments(own.library(), &faults).size(), instruments(carried()).size());
    EXPECT_FALSE(faults.empty()) << text;
  }
  const Own good("good.v1.toml", "id = \"good\"\n" + head + borrowed + "items = [\"1.1\", \"6.5\"]\n");
  const auto instrument = find_instrument(good.library(), "good", 1);
  ASSERT_TRUE(instrument);
  EXPECT_EQ(instrument->smallest_group, 6);
  EXPECT_EQ(instrument->items.size(), 2U);
}

}  // namespace
}  // namespace cairn::instruments
