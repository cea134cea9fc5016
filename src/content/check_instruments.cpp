// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "content/check_parts.hpp"

namespace cairn::content {
namespace {

constexpr std::string_view folder = "instruments/";
constexpr std::size_t longest_label = 36;  // what a chart has room for
constexpr std::size_t longest_text = 160;

// The answers the engine scores; a file words them and cannot add to them.
const std::vector<std::string_view> answers_a{"yes", "partly", "no", "dk", "nr"};
const std::vector<std::string_view> answers_b{"4", "3", "2", "1", "dk", "nr"};
const std::vector<std::string_view> contexts{"nhs", "partnership", "voluntary"};

// What other files and other languages must agree with.
struct Shape {
  std::vector<std::string> sections;
  std::vector<std::string> items;
  bool operator==(const Shape&) const = default;
};

void check_protection(Toml::Table& top) {
  const std::string sensitivity = top.one_of("sensitivity", {"opinion", "special"});
  const std::int64_t least = sensitivity == "special" ? 10 : 5;
  const auto range = top.optional_wholes("smallest_group_range");
  if (range.size() != 2 || range[0] > range[1] || range[0] < least || range[1] > 100) {
    top.fault("smallest_group_range",
              "\"smallest_group_range\" must be [least, most], from " + std::to_string(least) + " to 100");
    return;
  }
  top.whole("smallest_group", range[0], range[1]);
}

void check_question(Toml::Table question, const std::vector<std::string_view>& wanted) {
  question.text("text");
  std::vector<std::string> codes;
  for (auto answer : question.tables("answers")) {
    codes.push_back(answer.text("code"));
    answer.text("label");
  }
  if (!std::equal(codes.begin(), codes.end(), wanted.begin(), wanted.end())) {
    std::string list;
    for (const auto code : wanted) list += (list.empty() ? "" : " ") + std::string(code);
    question.fault("answers", "the answers must have exactly these codes, in this order: " + list);
  }
}

void check_questions(Toml::Table& top) {
  check_question(top.table("question_a"), answers_a);
  check_question(top.table("question_b"), answers_b);
  auto most = top.table("most_important");
  most.whole("most", 1, 3);
  most.text("text");
  most.text("reason");
}

std::vector<std::string> check_sections(Toml::Table& top) {
  std::vector<std::string> ids;
  for (auto section : top.tables("section")) {
    ids.push_back(section.text("id"));
    section.text("title");
    if (std::count(ids.begin(), ids.end(), ids.back()) > 1) section.fault("id", "two sections have this id");
  }
  if (ids.empty()) top.fault("section", "there is no [[section]]");
  return ids;
}

void check_item(Toml::Table& item, const std::vector<std::string>& sections) {
  const std::string section = item.text("section");
  if (!section.empty() && std::find(sections.begin(), sections.end(), section) == sections.end()) {
    item.fault("section", "there is no section \"" + section + "\"");
  }
  if (characters(item.text("label")) > longest_label) {
    item.fault("label", "the label is longer than " + std::to_string(longest_label) + " characters");
  }
  if (characters(item.text("text")) > longest_text) {
    item.fault("text", "the text is longer than " + std::to_string(longest_text) + " characters");
  }
  item.optional_text("explain");
  const std::string reading = item.one_of("reading", {"supportive", "contested", "optional"});
  const auto contested_in = item.optional_list("contested_in");
  for (const auto& context : contested_in) {
    if (std::find(contexts.begin(), contexts.end(), context) == contexts.end()) {
      item.fault("contested_in", "\"" + context + "\" is no context: nhs, partnership or voluntary");
    }
  }
  if (reading == "contested" && !contested_in.empty()) {
    item.fault("contested_in", "the item is contested everywhere: take \"contested_in\" out");
  }
}

std::vector<std::string> check_own_items(Toml::Table& top, const std::vector<std::string>& sections) {
  std::vector<std::string> ids;
  for (auto item : top.tables("item")) {
    ids.push_back(item.text("id"));
    if (std::count(ids.begin(), ids.end(), ids.back()) > 1) item.fault("id", "two items have this id");
    check_item(item, sections);
  }
  return ids;
}

// A short form borrows questions, sections and items from a long one.
std::vector<std::string> check_borrowed_items(Toml::Table& top, const Library& library) {
  const std::string stem = top.text("items_of");
  auto ids = top.list("items");
  const auto known = item_ids(library, stem);
  if (!known) {
    top.fault("items_of", "there is no instrument \"" + stem + "\" with items of its own");
    return ids;
  }
  for (const auto& id : ids) {
    if (!known->contains(id)) top.fault("items", "\"" + stem + "\" has no item \"" + id + "\"");
  }
  return ids;
}

Shape check_instrument(const File& file, const Library& library, std::vector<Fault>& faults) {
  Toml toml(file, faults);
  if (!toml.parsed()) return {};
  auto top = toml.top();
  read_head(top, stem_of(file.path));
  top.text("purpose");
  top.text("not_for");
  check_protection(top);
  Shape shape;
  if (top.has("items_of")) {
    shape.items = check_borrowed_items(top, library);
  } else {
    check_questions(top);
    shape.sections = check_sections(top);
    shape.items = check_own_items(top, shape.sections);
  }
  const auto fewest = top.optional_whole("fewest_items", 1, 500).value_or(1);
  const auto most = top.optional_whole("most_items", fewest, 500).value_or(500);
  if (const auto count = static_cast<std::int64_t>(shape.items.size()); count < fewest || count > most) {
    top.fault("item", "has " + std::to_string(count) + " items; from " + std::to_string(fewest) + " to " +
                          std::to_string(most) + " are allowed");
  }
  toml.finish();
  return shape;
}

}  // namespace

std::optional<std::set<std::string>> item_ids(const Library& library, const std::string& stem) {
  const File* file = library.find(std::string(folder) + stem + ".toml");
  if (file == nullptr) return {};
  std::vector<Fault> already_told;
  Toml toml(*file, already_told);
  std::set<std::string> ids;
  for (auto item : toml.top().tables("item")) ids.insert(item.text("id"));
  if (ids.empty()) return {};
  return ids;
}

void check_instruments(const Library& library, std::vector<Fault>& faults) {
  std::map<std::string, Shape> shapes;
  for (const File* file : library.in("instruments", ".toml")) {
    shapes[std::string(stem_of(file->path))] = check_instrument(*file, library, faults);
  }
  for (const auto& [stem, shape] : shapes) {
    const auto dot = stem.rfind('.');
    const auto english = shapes.find(stem.substr(0, dot));
    const bool is_translation = stem.find(".v") < dot;
    if (!is_translation) continue;
    const std::string path = std::string(folder) + stem + ".toml";
    if (english == shapes.end()) {
      faults.push_back({path, 0, "is a translation of nothing: the English form is missing"});
    } else if (english->second != shape) {
      faults.push_back({path, 0, "must have the same sections and items, in the same order, as the English form"});
    }
  }
}

}  // namespace cairn::content
