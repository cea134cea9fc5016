// SPDX-License-Identifier: Apache-2.0
// Every page a person can reach, in the false language: a text outside its brackets never came from locales, and could
// not be translated.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "app/who_sees.hpp"
#include "app/world.hpp"
#include "base/embedded.hpp"

namespace cairn::app {
namespace {

// Texts of a page a reader sees: without tags, scripts and what is hidden in attributes.
std::vector<std::string> texts_of(const std::string& html) {
  std::vector<std::string> texts;
  std::string text;
  bool in_tag = false;
  bool in_skipped = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const auto here = std::string_view(html).substr(i);
    if (html[i] == '<') {
      if (!text.empty()) texts.push_back(std::exchange(text, ""));
      in_tag = true;
      if (here.starts_with("<script") || here.starts_with("<style")) in_skipped = true;
      if (here.starts_with("</script") || here.starts_with("</style")) in_skipped = false;
    } else if (html[i] == '>' && in_tag) {
      in_tag = false;
    } else if (!in_tag && !in_skipped) {
      text += html[i];
    }
  }
  if (!text.empty()) texts.push_back(text);
  return texts;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string plain(std::string text) {
  for (const auto& [entity, sign] : {std::pair("&amp;", "&"), std::pair("&lt;", "<"), std::pair("&gt;", ">"),
                                     std::pair("&quot;", "\""), std::pair("&#39;", "'")})
    text = replaced(std::move(text), entity, sign);
  return text;
}

// What stands outside of every pair of brackets; they may stand inside one another. A text that is cut in two by a tag
// opens in one part and closes in another, so `depth` goes on.
std::string outside(const std::string& text, int& depth) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto here = std::string_view(text).substr(i);
    if (here.starts_with("[!!")) {
      ++depth;
      i += 2;
    } else if (here.starts_with("!!]")) {
      depth = std::max(0, depth - 1);
      i += 2;
    } else if (depth == 0) {
      out += text[i];
    }
  }
  return out;
}

class FalseLanguage : public testing::Test {
 protected:
  FalseLanguage() : world_(tests::Engine::sqlite, {"en", "zz"}), both_({"en", "zz"}) {
    for (const auto& file : embedded_files())
      if (file.path.starts_with("content/") || file.path == "locales/en/terms.json")
        own_ += std::string(file.bytes) + "\n";
    // The invented people and places are data, and stand in the source of the demonstration.
    for (const auto& source : std::filesystem::recursive_directory_iterator(std::string(CAIRN_SOURCE_DIR) + "/src")) {
      if (source.path().filename().string().find("demonstration") == std::string::npos) continue;
      std::ifstream file(source.path());
      std::ostringstream bytes;
      bytes << file.rdbuf();
      // Long words stand in several literals, one after the other.
      own_ += std::regex_replace(bytes.str(), std::regex(R"("\s*")"), "") + "\n";
    }
  }
  app::Site site() {
    auto site = world_.site();
    return {.database = site.database,
            .policy = site.policy,
            .library = site.library,
            .throttle = site.throttle,
            .languages = both_,
            .folder = site.folder,
            .made_up = people_to_look_round_as()};
  }
  // Everything that could be a sentence of ours: letters, and neither accented nor somebody's own.
  bool is_ours(const std::string& text) const {
    static const std::regex words("[A-Za-z]{3,}");
    if (!std::regex_search(text, words)) return false;
    for (const auto& known : known_)
      if (text == known) return false;
    if (text.starts_with("localhost") || text.starts_with("8080/") || text.starts_with("//localhost")) return false;
    return !is_content(text);
  }
  // Also with its number in front, or with a name or a number put into one of its places.
  bool is_content(const std::string& text) const {
    static const std::regex number(R"(^(\d+\.?)+\s+|\.? https$)");
    const auto bare = std::regex_replace(text, number, "");
    if (own_.find(bare) != std::string::npos) return true;
    constexpr std::size_t telling = 24;
    for (std::size_t at = 0; at + telling <= bare.size(); ++at)
      if (own_.find(bare.substr(at, telling)) != std::string::npos) return true;
    return false;
  }
  void look(const std::string& path, const std::string& html, std::set<std::string>& faults) const {
    int depth = 0;
    for (const auto& part : texts_of(html)) {
      auto left = outside(plain(part), depth);
      for (const auto piece : split(left, '\n'))
        for (const auto& one : pieces(std::string(trimmed(piece))))
          if (is_ours(one)) faults.insert(path + ": " + one);
    }
  }
  // Names and words put together with signs between.
  static std::vector<std::string> pieces(const std::string& text) {
    static const std::regex between(R"(\s·\s|\s–\s|,\s|:\s?|\s\(|\)|“|”)");
    std::vector<std::string> all;
    for (std::sregex_token_iterator it(text.begin(), text.end(), between, -1), end; it != end; ++it)
      all.emplace_back(trimmed(it->str()));
    return all;
  }
  static std::set<std::string> links_of(const std::string& html) {
    static const std::regex link(R"re(href="(/[^"#]*)(#[^"]*)?")re");
    std::set<std::string> all;
    for (std::sregex_iterator it(html.begin(), html.end(), link), end; it != end; ++it)
      all.insert(plain((*it)[1].str()));
    return all;
  }

  tests::World world_;
  web::Languages both_;
  std::string own_;
  std::set<std::string> known_;
};

// A page's address with every id taken out: one of each kind of page is enough.
std::string kind_of_page(const std::string& path) {
  static const std::regex id(R"([0-9a-z]{26}|[0-9a-f]{8}-[0-9a-f-]{27})");
  return std::regex_replace(path, id, "*");
}

TEST_F(FalseLanguage, LeavesNoTextOutsideItsBrackets) {
  known_ = {"Cairn",
            "English",
            "English áñď",
            "SQLite",
            "PostgreSQL",
            "0.1.0",
            "Robin Example",
            "Riverside peer support",
            "· Riverside peer support",
            "Apache-2.0"};
  // What kinds of record are called comes from the policy, as what is said of each does.
  for (auto line : policy::who_sees(tests::shipped_policy())) {
    known_.insert(replaced(line.part, "_", " "));
    line.part.clear();
    known_.insert(heading_of(line));
  }
  std::set<std::string> faults;
  std::size_t pages = 0;
  std::vector<Actor> people{Actor::anyone(), world_.lead(), world_.administrator()};
  for (const auto role :
       {Role::worker, Role::researcher, Role::partner_lead, Role::commissioner, Role::privacy_guardian})
    people.push_back(tests::somebody(role, world_.lead().programme_id, world_.lead().account_id));
  for (const auto& actor : people) {
    const auto visitor =
        tests::Visitor(routes(site())).at(world_.clock().now()).in(both_.in("zz")).preferring("zz", {}).as(actor);
    std::deque<std::string> next{"/"};
    for (const auto& route : visitor.routes().all())
      if (route.method == web::Method::get && route.path.find('{') == std::string::npos) next.push_back(route.path);
    std::set<std::string> seen;
    while (!next.empty()) {
      const auto path = next.front();
      next.pop_front();
      if (path.starts_with("/assets/") || !seen.insert(kind_of_page(path)).second || seen.size() > 600) continue;
      const auto reply = visitor.get(path);
      if (const auto to = tests::header(reply, "Location"); to.starts_with("/")) next.push_back(to);
      if (!reply.content_type.starts_with("text/html")) continue;
      // A letter's standard wording stands in the language it is sent in.
      if (path.starts_with("/letters/kinds/")) continue;
      ++pages;
      look(kind_of_page(path), reply.body, faults);
      for (const auto& link : links_of(reply.body)) next.push_back(link);
    }
  }
  EXPECT_GT(pages, 100U);
  std::string all;
  for (const auto& fault : faults) all += fault + "\n";
  EXPECT_EQ(all, "") << faults.size() << " texts never came from locales";
}

}  // namespace
}  // namespace cairn::app
