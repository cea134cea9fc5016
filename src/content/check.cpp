// SPDX-License-Identifier: Apache-2.0
#include "content/check.hpp"

#include <algorithm>
#include <array>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "content/check_parts.hpp"
#include "content/csv.hpp"

namespace cairn::content {
namespace {

bool is_id(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

// "en", "cy", "en-easy".
bool is_language(std::string_view text) {
  return text.size() >= 2 && text.size() <= 12 && is_id(text);
}

// Data files that no check below reads must at least be what their ending says.
void check_the_rest(const Library& library, std::vector<Fault>& faults) {
  constexpr std::array<std::string_view, 3> looked_at{"instruments/", "studies/", "guidance/"};
  for (const File* file : library.in("", ".toml")) {
    const auto starts = [&](std::string_view folder) { return file->path.starts_with(folder); };
    if (std::none_of(looked_at.begin(), looked_at.end(), starts)) Toml(*file, faults);
  }
}

}  // namespace

Head read_head(Toml::Table& top, std::string_view stem) {
  Head head{top.text("id"), top.whole("version", 1, 9999), top.text("language")};
  for (const auto key : {"title", "source", "licence", "permission"}) top.text(key);
  if (!head.id.empty() && !is_id(head.id)) top.fault("id", "an id is small letters, digits and single hyphens");
  if (!head.language.empty() && !is_language(head.language))
    top.fault("language", "give a language as \"en\" or \"cy\"");
  const std::string wanted =
      head.id + ".v" + std::to_string(head.version) + (head.language == "en" ? "" : "." + head.language);
  if (!head.id.empty() && !head.language.empty() && wanted != stem) {
    top.fault("id", "id, version and language make \"" + wanted + "\", but the name is \"" + std::string(stem) + "\"");
  }
  return head;
}

std::string_view stem_of(std::string_view path) {
  const auto slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

void read_csv(const File& file, const std::vector<std::string_view>& columns, std::vector<Fault>& faults,
              const CsvRow& row) {
  CsvReader reader(csv_text(file.bytes));
  std::vector<std::string_view> cells;
  const auto line = [&] { return static_cast<int>(reader.line()); };
  if (!reader.next(cells) || cells != columns) {
    std::string wanted;
    for (const auto column : columns) wanted += (wanted.empty() ? "" : ",") + std::string(column);
    faults.push_back({file.path, 1, "the first line must be: " + wanted});
    return;
  }
  while (reader.next(cells)) {
    if (cells.size() == columns.size()) {
      row(cells, line());
    } else {
      faults.push_back({file.path, line(),
                        "has " + std::to_string(cells.size()) + " cells instead of " + std::to_string(columns.size())});
    }
  }
  if (reader.trouble() != CsvTrouble::none) {
    faults.push_back({file.path, line(), "cannot be read on from here: " + std::string(code(reader.trouble()))});
  }
}

void check_released(const Library& library, std::vector<Fault>& faults) {
  constexpr std::string_view list = "released.txt";
  const File* released = library.find(list);
  if (released == nullptr) return;
  int line = 0;
  for (const std::string_view text : split(released->bytes, '\n')) {
    ++line;
    if (trimmed(text).empty() || text.starts_with('#')) continue;
    const auto gap = text.find("  ");
    if (gap != 64) {
      faults.push_back({std::string(list), line, "is not \"SHA-256 in hexadecimal, two spaces, path\""});
      continue;
    }
    const std::string path(trimmed(text.substr(gap)));
    const File* file = library.find(path);
    if (file == nullptr) {
      faults.push_back({path, 0, "was released and is gone: put it back, since answers refer to it"});
    } else if (hex(sha256(file->bytes)) != text.substr(0, gap)) {
      faults.push_back({path, 0, "was released and has changed since: put it back and make a new version"});
    }
  }
}

std::vector<Fault> check(const Library& library) {
  std::vector<Fault> faults = library.faults();
  check_instruments(library, faults);
  check_studies(library, faults);
  check_guidance(library, faults);
  check_the_rest(library, faults);
  check_released(library, faults);
  return faults;
}

}  // namespace cairn::content
