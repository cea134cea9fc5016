// SPDX-License-Identifier: Apache-2.0
#include "content/library.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/secret.hpp"
#include "content/markdown.hpp"

namespace cairn::content {
namespace {

namespace fs = std::filesystem;

class Carried : public testing::Test {
 protected:
  void SetUp() override {
    start_secrets();
    own_ = fs::temp_directory_path() / ("cairn-library-" + unordered_id());
    fs::create_directories(own_ / "instruments");
  }
  void TearDown() override { fs::remove_all(own_); }
  void put(const std::string& path, const std::string& bytes) const {
    std::ofstream(own_ / path, std::ios::binary) << bytes;
  }
  // What the library says about a path, "" where it has it.
  std::string said_about(const std::string& path) const {
    const auto library = Library::open(own_.string());
    if (library.find(path) != nullptr && library.find(path)->own) return "";
    for (const auto& fault : library.faults())
      if (fault.path == path) return fault.what;
    return "nothing";
  }
  fs::path own_;
};

TEST_F(Carried, HasWhatTheProgramCarries) {
  const auto library = Library::open("");
  EXPECT_TRUE(library.faults().empty());
  const File* file = library.find("instruments/implementation-inventory.v1.toml");
  ASSERT_NE(file, nullptr);
  EXPECT_FALSE(file->own);
  EXPECT_NE(file->bytes.find("implementation-inventory"), std::string::npos);
  EXPECT_EQ(library.find("instruments/no-such.v1.toml"), nullptr);
}

TEST_F(Carried, ListsAFolderInOrder) {
  const auto library = Library::open("");
  const auto found = library.in("instruments", ".toml");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0]->path, "instruments/implementation-inventory-short.v1.toml");
  EXPECT_EQ(found[1]->path, "instruments/implementation-inventory-short.v2.toml");
  EXPECT_EQ(found[2]->path, "instruments/implementation-inventory.v1.toml");
  EXPECT_EQ(found[3]->path, "instruments/implementation-inventory.v2.toml");
  EXPECT_TRUE(library.in("instrument", ".toml").empty());
  EXPECT_TRUE(library.in("instruments", ".csv").empty());
  EXPECT_GT(library.in("", "").size(), 10U);
}

TEST_F(Carried, TakesFilesOfAnOrganisationsOwn) {
  put("instruments/tea.v1.toml", "id = \"tea\"");
  EXPECT_EQ(said_about("instruments/tea.v1.toml"), "");
}

TEST_F(Carried, RefusesWhatTheProgramCarries) {
  put("policy.toml", "# everything is allowed");
  EXPECT_NE(said_about("policy.toml").find("already carried"), std::string::npos);
  const auto library = Library::open(own_.string());
  EXPECT_FALSE(library.find("policy.toml")->own);
}

TEST_F(Carried, RefusesWhatIsTooLargeOrNoText) {
  put("large.toml", std::string(1'000'001, 'x'));
  put("fits.toml", std::string(1'000'000, 'x'));
  put("latin.toml", "caf\xE9");
  put("binary.toml", std::string("a\0b", 3));
  EXPECT_NE(said_about("large.toml").find("larger than 1 MB"), std::string::npos);
  EXPECT_EQ(said_about("fits.toml"), "");
  EXPECT_NE(said_about("latin.toml").find("not UTF-8"), std::string::npos);
  EXPECT_NE(said_about("binary.toml").find("not UTF-8"), std::string::npos);
}

TEST_F(Carried, RefusesLinksPipesAndLinkedFolders) {
  put("real.toml", "id = 1");
  fs::create_symlink(own_ / "real.toml", own_ / "link.toml");
  fs::create_directory_symlink(fs::temp_directory_path(), own_ / "elsewhere");
  ASSERT_EQ(::mkfifo((own_ / "pipe.toml").c_str(), 0600), 0);
  EXPECT_NE(said_about("link.toml"), "");
  EXPECT_NE(said_about("link.toml"), "nothing");
  EXPECT_NE(said_about("elsewhere"), "nothing");
  EXPECT_NE(said_about("pipe.toml").find("not a plain file"), std::string::npos);
}

TEST_F(Carried, PassesOverHiddenFilesAndFolders) {
  fs::create_directories(own_ / ".git");
  put(".git/config.toml", "x");
  put(".draft.toml", "x");
  EXPECT_EQ(said_about(".draft.toml"), "nothing");
  EXPECT_EQ(said_about(".git/config.toml"), "nothing");
}

TEST_F(Carried, TakesNoMoreThanAThousandFiles) {
  for (int i = 0; i < 1001; ++i) put("instruments/f" + std::to_string(i) + ".txt", "x");
  const auto library = Library::open(own_.string());
  ASSERT_EQ(library.faults().size(), 1U);
  EXPECT_NE(library.faults()[0].what.find("more than 1000 files"), std::string::npos);
}

TEST_F(Carried, SaysWhereTheOwnFolderIsNotThere) {
  const auto library = Library::open((own_ / "nowhere").string());
  ASSERT_EQ(library.faults().size(), 1U);
  EXPECT_NE(library.find("policy.toml"), nullptr);
}

TEST(Markdown, RendersAndLeavesOutWhatIsDangerous) {
  EXPECT_EQ(html_from_markdown("# One\n\ntwo *three*\n"), "<h1>One</h1>\n<p>two <em>three</em></p>\n");
  EXPECT_EQ(html_from_markdown("# One\n\n###### Six\n", 2), "<h2>One</h2>\n<h6>Six</h6>\n");
  EXPECT_EQ(html_from_markdown("1 < 2 & \"so\"\n"), "<p>1 &lt; 2 &amp; “so”</p>\n");
  EXPECT_EQ(html_from_markdown("<script>alert(1)</script>\n"), "");
  EXPECT_EQ(html_from_markdown("a <b onclick=\"x\">b</b>\n"), "<p>a b</p>\n");
  EXPECT_EQ(html_from_markdown("[x](javascript:alert)\n"), "<p><a href=\"\">x</a></p>\n");
  EXPECT_EQ(html_from_markdown("![x](data:text/html;base64,AA)\n"), "<p><img src=\"\" alt=\"x\" /></p>\n");
  EXPECT_EQ(html_from_markdown("a\xFF"
                               "b"),
            "<p>a\xEF\xBF\xBD"
            "b</p>\n");
  EXPECT_EQ(html_from_markdown(""), "");
}

}  // namespace
}  // namespace cairn::content
