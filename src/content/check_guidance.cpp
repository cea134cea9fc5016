// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "content/check_parts.hpp"

namespace cairn::content {
namespace {

// Where a point belongs, and the letters that stand for it in the point's id.
const std::map<std::string, std::string, std::less<>> places{
    {"found", "FOUND"},   {"reading", "READ"},    {"facilitator", "F"}, {"barrier", "B"},     {"nhs", "NHS"},
    {"voluntary", "VOL"}, {"partnership", "PAR"}, {"inpatient", "INP"}, {"community", "COM"}, {"bme", "BME"}};

// What the .toml says its guidance is about.
struct Subject {
  std::string kind;
  std::set<std::string, std::less<>> items;   // of the instrument
  std::set<std::string, std::less<>> across;  // themes across the items
};

std::set<std::string, std::less<>> read_items(Toml::Table& top, const Library& library) {
  const std::string instrument = top.text("items_of");
  const auto ids = item_ids(library, instrument);
  if (!ids) {
    top.fault("items_of", "there is no instrument \"" + instrument + "\"");
    return {};
  }
  return {ids->begin(), ids->end()};
}

// A list of item ids under `key`, each of which the instrument must have.
void check_item_list(Toml::Table& table, std::string_view key, const std::set<std::string, std::less<>>& items) {
  for (const auto& id : table.list(key)) {
    if (!items.contains(id)) table.fault(key, "there is no item \"" + id + "\"");
  }
}

void check_points_head(Toml::Table& top, Subject& head, const Library& library) {
  head.items = read_items(top, library);
  for (auto kind : top.tables("kind_of_point")) {
    kind.one_of("code", {"I", "T", "G"});
    kind.text("says");
  }
  for (auto theme : top.tables("across")) {
    const std::string id = theme.text("id");
    theme.text("title");
    theme.text("says");
    theme.text("source");
    theme.optional_list("rays");
    check_item_list(theme, "items", head.items);
    if (!head.across.insert(id).second) theme.fault("id", "\"" + id + "\" stands twice");
  }
}

void check_purposes(Toml::Table& top, const Library& library) {
  const auto items = read_items(top, library);
  std::vector<std::string> codes;
  for (auto purpose : top.tables("purpose")) {
    codes.push_back(purpose.one_of("code", {"persuade", "set_up", "train", "job_description", "show_value"}));
    for (const auto key : {"title", "for_whom", "leads_with", "opening", "ask"}) purpose.text(key);
    check_item_list(purpose, "items_first", items);
  }
  std::sort(codes.begin(), codes.end());
  if (codes != std::vector<std::string>{"job_description", "persuade", "set_up", "show_value", "train"}) {
    top.fault("purpose", "there must be each of the five purposes once");
  }
}

void check_statements(Toml::Table& top) {
  std::set<std::string> ids;
  for (auto statement : top.tables("statement")) {
    if (!ids.insert(statement.text("id")).second) statement.fault("id", "this id stands twice");
    statement.one_of("about", {"not_known", "reported", "open_question"});
    statement.text("text");
    statement.text("source");
    statement.text("as_of");
  }
  if (ids.empty()) top.fault("statement", "there is no [[statement]]");
}

Subject check_head(const File& file, const Library& library, std::vector<Fault>& faults) {
  Subject head;
  Toml toml(file, faults);
  if (!toml.parsed()) return head;
  auto top = toml.top();
  read_head(top, stem_of(file.path));
  head.kind = top.one_of("kind", {"points", "profiles", "purposes", "statements", "text"});
  if (head.kind == "points") check_points_head(top, head, library);
  if (head.kind == "profiles") head.items = read_items(top, library);
  if (head.kind == "purposes") check_purposes(top, library);
  if (head.kind == "statements") check_statements(top);
  toml.finish();
  return head;
}

void check_point(const std::vector<std::string_view>& cells, const Subject& head,
                 const std::function<void(std::string)>& fault) {
  const auto item = cells[1];
  const auto place = places.find(cells[2]);
  if (!head.items.contains(item) && !head.across.contains(item))
    fault("there is no item \"" + std::string(item) + "\"");
  if (place == places.end()) {
    fault("\"" + std::string(cells[2]) + "\" is no place a point can have");
    return;
  }
  const std::string wanted = "G-" + std::string(item) + "-" + place->second + "-" + std::string(cells[3]);
  if (cells[0] != wanted) fault("the id must be \"" + wanted + "\"");
  const bool is_advice = cells[2] != "found" && cells[2] != "reading";
  const bool has_kind = cells[4] == "I" || cells[4] == "T" || cells[4] == "G";
  if (is_advice ? !has_kind : !cells[4].empty()) fault("the kind must be I, T or G for advice, and empty for the rest");
  if (is_advice && trimmed(cells[5]).empty()) fault("the source is missing");
  if (trimmed(cells[6]).empty()) fault("the text is missing");
}

void check_points(const File& file, const Subject& head, std::vector<Fault>& faults) {
  std::map<std::string, std::int64_t> last;  // order by item and place
  read_csv(file, {"id", "item", "where", "order", "kind", "source", "text"}, faults,
           [&](const std::vector<std::string_view>& cells, int line) {
             const auto fault = [&](std::string what) { faults.push_back({file.path, line, std::move(what)}); };
             check_point(cells, head, fault);
             auto& order = last[std::string(cells[1]) + "," + std::string(cells[2])];
             if (whole_number(cells[3]) != ++order) fault("the order must count 1, 2, 3 within an item and place");
           });
}

void check_profiles(const File& file, const Subject& head, std::vector<Fault>& faults) {
  const std::set<std::string_view> profiles{"everyone",  "nhs",       "voluntary", "partnership",
                                            "inpatient", "community", "bme"};
  const std::set<std::string_view> aspects{"well", "hard", "different"};
  read_csv(file, {"profile", "aspect", "order", "items", "source", "text"}, faults,
           [&](const std::vector<std::string_view>& cells, int line) {
             const auto fault = [&](std::string what) { faults.push_back({file.path, line, std::move(what)}); };
             if (!profiles.contains(cells[0])) fault("\"" + std::string(cells[0]) + "\" is no profile");
             if (!aspects.contains(cells[1]))
               fault("\"" + std::string(cells[1]) + "\" is none of well, hard, different");
             if (!whole_number(cells[2])) fault("the order is no number");
             for (const auto id : split(cells[3], ' ')) {
               if (!id.empty() && !head.items.contains(id)) fault("there is no item \"" + std::string(id) + "\"");
             }
             if (trimmed(cells[4]).empty() || trimmed(cells[5]).empty()) fault("source and text must not be empty");
           });
}

}  // namespace

void check_guidance(const Library& library, std::vector<Fault>& faults) {
  std::map<std::string, Subject> heads;
  for (const File* file : library.in("guidance", ".toml")) {
    const std::string stem(stem_of(file->path));
    heads[stem] = check_head(*file, library, faults);
    const std::string beside = "guidance/" + stem + (heads[stem].kind == "text" ? ".md" : ".csv");
    const bool needs_one = heads[stem].kind == "text" || heads[stem].kind == "points" || heads[stem].kind == "profiles";
    if (needs_one && library.find(beside) == nullptr) faults.push_back({beside, 0, "is missing"});
  }
  for (const auto ending : {".csv", ".md"}) {
    for (const File* file : library.in("guidance", ending)) {
      const auto head = heads.find(std::string(stem_of(file->path)));
      if (head == heads.end()) {
        faults.push_back(
            {file->path, 0, "has no .toml of the same name beside it to say what it is and where it comes from"});
      } else if (head->second.kind == "points") {
        check_points(*file, head->second, faults);
      } else if (head->second.kind == "profiles") {
        check_profiles(*file, head->second, faults);
      }
    }
  }
}

}  // namespace cairn::content
