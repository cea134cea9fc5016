// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "content/library.hpp"
#include "content/toml.hpp"

// The parts of check(): each looks at one kind of file. Used by check.cpp alone.
namespace cairn::content {

// What stands at the top of every data file that is shown to people.
struct Head {
  std::string id;
  std::int64_t version = 0;
  std::string language;
};

// Reads id, version, language, title, source, licence and permission, each of which must be there, and sees that they
// say what `stem`, the name without endings, says: "implementation-inventory.v1", or "implementation-inventory.v1.cy"
// in another language than English.
Head read_head(Toml::Table& top, std::string_view stem);

// The last part of a path without its last ending: "instruments/x.v1.toml" gives "x.v1".
std::string_view stem_of(std::string_view path);

// The ids of an instrument's items by its stem; nothing where the library has no such instrument that can be read.
std::optional<std::set<std::string>> item_ids(const Library& library, const std::string& stem);

// Calls `row` for each row after the first, which must be exactly `columns`. Faults: another first row, a row of
// another length, a row that cannot be read.
using CsvRow = std::function<void(const std::vector<std::string_view>& cells, int line)>;
void read_csv(const File& file, const std::vector<std::string_view>& columns, std::vector<Fault>& faults,
              const CsvRow& row);

void check_instruments(const Library& library, std::vector<Fault>& faults);
void check_studies(const Library& library, std::vector<Fault>& faults);
void check_guidance(const Library& library, std::vector<Fault>& faults);
// Every file named in released.txt is as it was when it was released.
void check_released(const Library& library, std::vector<Fault>& faults);

}  // namespace cairn::content
