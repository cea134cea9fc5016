// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_content.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"
#include "content/csv.hpp"
#include "content/markdown.hpp"
#include "content/toml.hpp"
#include "instruments/response.hpp"
#include "instruments/store_redaction.hpp"

namespace cairn::evaluation {
namespace {

using content::Toml;

constexpr std::string_view rules_path = "rules/evaluation.v1.toml";
constexpr std::string_view purposes_path = "guidance/purposes.v2.toml";
constexpr std::string_view known_path = "guidance/evidence.v2.toml";
constexpr std::string_view points_path = "guidance/implementation-inventory.v2.csv";
constexpr std::string_view guide_path = "guidance/discussion-guide.v2.md";
constexpr std::string_view study_folder = "studies/gillard-2014.v1/";

// The files as they are read, with every fault found on the way.
struct Reading {
  const content::Library& library;
  std::vector<content::Fault> faults = {};

  void fault(std::string_view path, int line, std::string what) {
    faults.push_back({std::string(path), line, std::move(what)});
  }
  const content::File* find(std::string_view path) {
    const auto* file = library.find(path);
    if (file == nullptr) fault(path, 0, "is missing");
    return file;
  }
  // Calls `each(line, cells in the order of `columns`)` for each row below the header.
  template <class F>
  void table(std::string_view path, const std::vector<std::string_view>& columns, F each);
};

template <class F>
void Reading::table(std::string_view path, const std::vector<std::string_view>& columns, F each) {
  const auto* file = find(path);
  if (file == nullptr) return;
  content::CsvReader reader(content::csv_text(file->bytes));
  std::vector<std::string_view> cells;
  std::vector<std::size_t> at;
  if (reader.next(cells))
    for (const auto column : columns) {
      const auto found = std::find(cells.begin(), cells.end(), column);
      if (found == cells.end()) fault(path, 1, "has no column " + std::string(column));
      at.push_back(static_cast<std::size_t>(found - cells.begin()));
    }
  while (reader.next(cells)) {
    std::vector<std::string> row;
    for (const auto index : at) row.emplace_back(index < cells.size() ? cells[index] : std::string_view());
    each(static_cast<int>(reader.line()), row);
  }
  if (at.empty() || reader.trouble() != content::CsvTrouble::none)
    fault(path, static_cast<int>(reader.line()), "cannot be read as a table");
}

std::vector<Setting> read_settings(Reading& reading) {
  std::vector<Setting> settings;
  const auto* file = reading.find(rules_path);
  if (file == nullptr) return settings;
  Toml toml(*file, reading.faults);
  for (auto table : toml.top().tables("threshold")) {
    Setting setting;
    setting.id = table.text("id");
    setting.rule = table.text("rule");
    setting.unit = table.one_of("unit", {"percent", "tenths"});
    setting.least = table.whole("least", 0, 100);
    setting.most = table.whole("most", setting.least, 100);
    setting.standard = table.whole("standard", setting.least, setting.most);
    setting.source = table.text("source");
    if (!is_threshold(setting.id)) table.fault("id", "is no threshold the program knows");
    settings.push_back(std::move(setting));
  }
  for (const auto id : {"low_presence", "high_presence", "high_importance", "disagreement"})
    if (std::count_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.id == id; }) != 1)
      reading.fault(rules_path, 0, "must hold the threshold " + std::string(id) + " once");
  return settings;
}

std::vector<Point> read_points(Reading& reading) {
  std::vector<Point> points;
  reading.table(points_path, {"item", "where", "order", "kind", "source", "text"},
                [&](int line, const std::vector<std::string>& row) {
                  const auto footing = footing_from_code(row[3]);
                  if (!footing || !is_place(row[1]) || row[0].empty() || row[5].empty())
                    reading.fault(points_path, line, "needs an item, a place, a kind and a text that are known");
                  else
                    points.push_back(
                        {row[0], row[1], static_cast<int>(whole_number(row[2]).value_or(1)), *footing, row[4], row[5]});
                });
  return points;
}

std::vector<PurposeWords> read_purposes(Reading& reading) {
  std::vector<PurposeWords> purposes;
  const auto* file = reading.find(purposes_path);
  if (file == nullptr) return purposes;
  Toml toml(*file, reading.faults);
  for (auto table : toml.top().tables("purpose")) {
    const auto purpose = purpose_from_code(table.text("code"));
    if (!purpose) {
      table.fault("code", "is no purpose the program knows");
      continue;
    }
    purposes.push_back({*purpose, table.text("title"), table.text("for_whom"), table.text("leads_with"),
                        table.text("opening"), table.list("items_first"), table.text("ask")});
  }
  for (const auto purpose : all_purposes)
    if (std::count_if(purposes.begin(), purposes.end(), [&](const auto& p) { return p.purpose == purpose; }) != 1)
      reading.fault(purposes_path, 0, "must hold the purpose " + std::string(code(purpose)) + " once");
  std::sort(purposes.begin(), purposes.end(),
            [](const auto& one, const auto& other) { return one.purpose < other.purpose; });
  return purposes;
}

std::vector<Known> read_known(Reading& reading) {
  std::vector<Known> known;
  const auto* file = reading.find(known_path);
  if (file == nullptr) return known;
  Toml toml(*file, reading.faults);
  for (auto table : toml.top().tables("statement"))
    known.push_back({table.one_of("about", {"not_known", "reported", "open_question"}), table.text("text"),
                     table.text("source"), table.text("as_of")});
  return known;
}

// "3.5" as 35; nothing where it is no mean of one decimal.
std::optional<std::int64_t> tenths_from(const std::string& text) {
  if (text.size() != 3 || text[1] != '.') return std::nullopt;
  return whole_number(std::string{text[0], text[2]});
}

Published read_published(Reading& reading) {
  Published published;
  const auto folder = std::string(study_folder);
  if (const auto* file = reading.find(folder + "study.toml")) {
    Toml toml(*file, reading.faults);
    auto top = toml.top();
    published.title = top.text("title");
    published.short_name = top.text("short_name");
    published.source = top.text("source") + " " + top.text("address");
    published.warnings = top.list("warnings");
  }
  const auto fill = [&](const std::string& path, const char* column, auto& into, auto value_of) {
    reading.table(path, {"item", "by", "group", column}, [&](int line, const std::vector<std::string>& row) {
      const auto axis = instruments::axis_from_code(row[1]);
      const auto value = value_of(row[3]);
      if (!axis || !value)
        reading.fault(path, line, "needs a comparison and a figure");
      else
        into[{row[0], *axis, row[2]}] = *value;
    });
  };
  fill(folder + "means.csv", "mean", published.mean_tenths, tenths_from);
  fill(folder + "top3.csv", "people", published.top3, [](const std::string& text) { return whole_number(text); });
  return published;
}

}  // namespace

const PurposeWords& Evidence::words(Purpose purpose) const {
  return purposes[static_cast<std::size_t>(purpose)];
}

Evidence read_evidence(const content::Library& library) {
  Reading reading{library};
  Evidence evidence;
  evidence.settings = read_settings(reading);
  evidence.points = read_points(reading);
  evidence.published = read_published(reading);
  evidence.purposes = read_purposes(reading);
  evidence.known = read_known(reading);
  evidence.redaction = instruments::redaction_words(library);
  if (const auto* guide = reading.find(guide_path))
    evidence.discussion_guide = content::html_from_markdown(guide->bytes, 2);
  if (!reading.faults.empty()) {
    std::string all;
    for (const auto& fault : reading.faults)
      all += (all.empty() ? "" : "\n") + fault.path + ":" + std::to_string(fault.line) + ": " + fault.what;
    throw std::runtime_error(all);
  }
  return evidence;
}

}  // namespace cairn::evaluation
