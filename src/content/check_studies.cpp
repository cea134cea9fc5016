// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "content/check_parts.hpp"

namespace cairn::content {
namespace {

// What the tables of a study may refer to.
struct Known {
  std::set<std::string, std::less<>> items;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> groups;  // by comparison
};

// "3.5": a mean of scores from 1 to 4 in tenths.
bool is_mean(std::string_view text) {
  return text.size() == 3 && text[0] >= '1' && text[0] <= '4' && text[1] == '.' && text[2] >= '0' && text[2] <= '9' &&
         !(text[0] == '4' && text[2] != '0');
}

bool is_count(std::string_view text) {
  const auto count = whole_number(text);
  return count && *count >= 0;
}

void check_comparison(Toml::Table comparison, Known& known) {
  const std::string by = comparison.one_of("by", {"employer", "context", "setting", "stakeholder"});
  comparison.text("says");
  for (auto group : comparison.tables("groups")) {
    const std::string code = group.text("code");
    group.text("name");
    if (!known.groups[by].insert(code).second) group.fault("code", "\"" + code + "\" stands twice");
  }
}

Known check_head(const File& file, std::string_view stem, const Library& library, std::vector<Fault>& faults) {
  Known known;
  Toml toml(file, faults);
  auto top = toml.top();
  read_head(top, stem);
  for (const auto key : {"short_name", "address", "published"}) top.text(key);
  const std::string instrument = top.text("items_of");
  if (auto ids = item_ids(library, instrument)) {
    known.items.insert(ids->begin(), ids->end());
  } else if (toml.parsed()) {
    top.fault("items_of", "there is no instrument \"" + instrument + "\"");
  }
  auto design = top.table("design");
  for (const auto key : {"cases", "people", "answered", "choices"}) design.whole(key, 1, 100'000);
  for (auto comparison : top.tables("comparison")) check_comparison(comparison, known);
  top.list("warnings");
  top.optional_list("notes");
  toml.finish();
  return known;
}

// One table of a study; its first columns are `item` (not for the sample), `by` and `group`.
void check_table(const File& file, const std::vector<std::string_view>& columns, const Known& known,
                 std::vector<Fault>& faults, bool (*good)(const std::vector<std::string_view>&)) {
  std::set<std::string> seen;
  const bool has_item = columns.front() == "item";
  read_csv(file, columns, faults, [&](const std::vector<std::string_view>& cells, int line) {
    const auto fault = [&](std::string what) { faults.push_back({file.path, line, std::move(what)}); };
    const auto by = cells[has_item ? 1 : 0];
    const auto group = cells[has_item ? 2 : 1];
    const auto comparison = known.groups.find(by);
    if (has_item && !known.items.contains(cells[0])) fault("there is no item \"" + std::string(cells[0]) + "\"");
    if (comparison == known.groups.end() || !comparison->second.contains(group)) {
      fault("study.toml has no group \"" + std::string(group) + "\" by \"" + std::string(by) + "\"");
    }
    const std::string key = (has_item ? std::string(cells[0]) : "") + "," + std::string(by) + "," + std::string(group);
    if (!seen.insert(key).second) fault("stands twice");
    if (!good(cells)) fault("\"" + std::string(cells[has_item ? 3 : 2]) + "\" is not a number that can be here");
  });
}

void check_study(const std::string& folder, const Library& library, std::vector<Fault>& faults) {
  const File* head = library.find(folder + "/study.toml");
  if (head == nullptr) {
    faults.push_back({folder + "/study.toml", 0, "is missing: it says what the tables beside it are"});
    return;
  }
  const Known known = check_head(*head, folder.substr(folder.rfind('/') + 1), library, faults);
  const auto table = [&](std::string_view name, const std::vector<std::string_view>& columns, auto good) {
    if (const File* file = library.find(folder + "/" + std::string(name)))
      check_table(*file, columns, known, faults, good);
  };
  table("means.csv", {"item", "by", "group", "mean"},
        [](const std::vector<std::string_view>& cells) { return is_mean(cells[3]); });
  table("top3.csv", {"item", "by", "group", "people"},
        [](const std::vector<std::string_view>& cells) { return is_count(cells[3]); });
  table("sample.csv", {"by", "group", "people", "status"}, [](const std::vector<std::string_view>& cells) {
    return cells[3] == "unsettled"                             ? cells[2].empty()
           : cells[3] == "printed" || cells[3] == "worked_out" ? is_count(cells[2])
                                                               : false;
  });
}

}  // namespace

void check_studies(const Library& library, std::vector<Fault>& faults) {
  std::set<std::string> folders;
  for (const File* file : library.in("studies", "")) {
    const auto parts = split(file->path, '/');
    if (parts.size() == 3) {
      folders.insert("studies/" + std::string(parts[1]));
    } else {
      faults.push_back({file->path, 0, "a study is a folder of its own below studies/, with its files in it"});
    }
  }
  for (const auto& folder : folders) check_study(folder, library, faults);
}

}  // namespace cairn::content
