// SPDX-License-Identifier: Apache-2.0
#include "instruments/import.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "instruments/table.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t longest_name = 200;  // characters of a respondent, a site or a group

// As codes and column names are compared: without blanks around, small letters, underscores between words.
std::string plain(std::string_view written) {
  std::string text = lower(trimmed(written));
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

// What is wrong with a name somebody chose, if anything.
std::optional<Problem> trouble_with_name(std::string_view name) {
  if (has_control_character(name)) return Problem{"", "instruments.import.control_character"};
  if (name.size() > longest_name && characters(name) > longest_name)
    return Problem{"", "instruments.import.too_long", {{"most", std::to_string(longest_name)}}};
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::optional<Axis> axis_of_column(std::string_view name) {
  const auto axis = axis_from_code(name);
  return axis == Axis::all ? std::nullopt : axis;
}

// Which column this is, or nothing where it is none the file may have.
std::optional<Column> column_named(const std::string& name, const Instrument& instrument) {
  using Kind = Column::Kind;
  if (name == "respondent") return Column{Kind::respondent, 0, {}, {}};
  if (name == "top3") return Column{Kind::most_important, 0, {}, {}};
  if (const auto axis = axis_of_column(name)) return Column{Kind::group, static_cast<std::size_t>(*axis), {}, {}};
  constexpr std::string_view other = "group.";
  if (name.starts_with(other) && name.size() > other.size() && characters(name) <= longest_name)
    return Column{Kind::other_group, 0, {}, name.substr(other.size())};
  if (name.size() < 3 || name[name.size() - 2] != '.') return {};
  const auto item = instrument.index_of(std::string_view(name).substr(0, name.size() - 2));
  if (!item || (name.back() != 'a' && name.back() != 'b')) return {};
  return Column{name.back() == 'a' ? Kind::presence : Kind::importance, *item, {}, {}};
}

// A header in one piece that holds another delimiter.
std::optional<Problem> other_delimiter(const std::vector<std::string_view>& cells) {
  if (cells.size() != 1) return {};
  for (const auto& [delimiter, key] :
       {std::pair(';', "instruments.import.semicolons"), std::pair('\t', "instruments.import.tabs"),
        std::pair('|', "instruments.import.bars")})
    if (cells[0].find(delimiter) != std::string_view::npos) return Problem{"", key};
  return {};
}

std::string cut(std::string_view value) {
  constexpr std::size_t most = 80;
  if (characters(value) <= most) return std::string(value);
  std::size_t end = 0;
  for (std::size_t taken = 0; taken < most; ++taken) {
    ++end;
    while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) ++end;
  }
  return std::string(value.substr(0, end)) + "…";
}

std::optional<Problem> read_presence(std::string_view cell, Presence& answer) {
  auto code = presence_from_code(cell);
  if (!code) code = presence_from_code(plain(cell));
  if (!code) return Problem{"", "instruments.import.unknown_a"};
  answer = *code;
  return {};
}

std::optional<Problem> read_importance(std::string_view cell, Importance& answer) {
  auto code = importance_from_code(cell);
  if (!code) code = importance_from_code(plain(cell));
  if (!code) return Problem{"", "instruments.import.unknown_b"};
  answer = *code;
  return {};
}

}  // namespace

std::string bad_cells_header() {
  return "row,column,value,what_to_do\n";
}

std::string bad_cell_line(const BadCell& bad, std::string_view what_to_do) {
  return std::to_string(bad.row) + ',' + csv_cell(cut(bad.column)) + ',' + csv_cell(cut(bad.value)) + ',' +
         csv_cell(what_to_do) + '\n';
}

std::optional<std::vector<Column>> read_header(const std::vector<std::string_view>& cells, const Instrument& instrument,
                                               const TellBadCell& tell) {
  if (const auto problem = other_delimiter(cells)) {
    tell({1, "", std::string(cells[0]), *problem});
    return {};
  }
  std::vector<Column> columns;
  std::set<std::string> seen;
  bool good = true;
  const auto bad = [&](std::string_view column, Problem problem) {
    tell({1, std::string(column), std::string(column), std::move(problem)});
    good = false;
  };
  bool answers = false;
  for (const auto cell : cells) {
    const std::string name = plain(cell);
    auto column = column_named(name, instrument);
    if (name.empty()) {
      bad("", {"", "instruments.import.unnamed_column", {{"number", std::to_string(columns.size() + 1)}}});
    } else if (!seen.insert(name).second) {
      bad(cell, {"", "instruments.import.column_twice"});
    } else if (!column) {
      bad(cell, {"", "instruments.import.unknown_column", {{"instrument", instrument.title}}});
    }
    columns.push_back(column.value_or(Column{}));
    columns.back().name = std::string(cell);
    answers |= column && column->kind >= Column::Kind::presence;
  }
  if (!seen.contains("respondent")) bad("", {"", "instruments.import.no_respondent_column"});
  if (good && !answers) bad("", {"", "instruments.import.no_answer_column"});
  if (!good) return {};
  return columns;
}

RowReader::RowReader(const Instrument& instrument, std::vector<Column> columns)
    : instrument_(instrument), columns_(std::move(columns)) {
  for (const auto axis : all_axes)
    for (const auto& group : known_groups(axis)) groups_[static_cast<std::size_t>(axis)][group] = group;
  // Councils are employers under statute as the NHS is; the comparison sets both against the voluntary ones.
  groups_[static_cast<std::size_t>(Axis::employer)]["nhs"] = "statutory";
  groups_[static_cast<std::size_t>(Axis::employer)]["council"] = "statutory";
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    items_[lower(instrument.items[i].id)] = static_cast<std::uint8_t>(i);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    if (columns_[i].kind == Column::Kind::respondent) respondent_ = i;
}

bool RowReader::read(std::int64_t row, const std::vector<std::string_view>& cells, const TellBadCell& tell,
                     std::string_view& respondent, Response& response) const {
  if (cells.size() != columns_.size()) {
    tell({row,
          "",
          "",
          {"",
           "instruments.import.cells",
           {{"cells", std::to_string(cells.size())}, {"columns", std::to_string(columns_.size())}}}});
    return false;
  }
  for (auto& group : response.groups) group.clear();
  response.presence.assign(instrument_.items.size(), Presence::unanswered);
  response.importance.assign(instrument_.items.size(), Importance::unanswered);
  response.most_important.clear();
  response.other_groups.clear();
  bool good = true;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (i == respondent_ || !cells[i].empty()) good &= read_cell(row, columns_[i], cells[i], tell, response);
  respondent = trimmed(cells[respondent_]);
  return good;
}

bool RowReader::read_cell(std::int64_t row, const Column& column, std::string_view cell, const TellBadCell& tell,
                          Response& response) const {
  std::optional<Problem> problem;
  switch (column.kind) {
    case Column::Kind::respondent:
      problem = trouble_with_name(trimmed(cell));
      if (trimmed(cell).empty()) problem = Problem{"", "instruments.import.no_respondent"};
      break;
    case Column::Kind::group: {
      const auto axis = static_cast<Axis>(column.index);
      if (axis == Axis::site) problem = trouble_with_name(trimmed(cell));
      if (problem) break;
      if (auto group = group_from(axis, cell))
        response.groups[column.index] = *std::move(group);
      else
        problem = Problem{"", "instruments.import.unknown_group", {{"known", joined(known_groups(axis))}}};
      break;
    }
    case Column::Kind::other_group:
      problem = trouble_with_name(trimmed(cell));
      if (!problem && !trimmed(cell).empty()) response.other_groups[column.other] = std::string(trimmed(cell));
      break;
    case Column::Kind::presence:
      problem = read_presence(cell, response.presence[column.index]);
      break;
    case Column::Kind::importance:
      problem = read_importance(cell, response.importance[column.index]);
      break;
    case Column::Kind::most_important:
      problem = choose(cell, response);
      break;
  }
  if (problem) tell({row, column.name, std::string(cell), *std::move(problem)});
  return !problem;
}

// The code of the group, "" for a blank cell, nothing where the axis has no such group.
std::optional<std::string> RowReader::group_from(Axis axis, std::string_view cell) const {
  if (axis == Axis::site) return std::string(trimmed(cell));
  const auto& known = groups_[static_cast<std::size_t>(axis)];
  auto found = known.find(cell);
  if (found == known.end()) {
    const std::string written = plain(cell);
    if (written.empty()) return "";
    found = known.find(written);
  }
  if (found == known.end()) return {};
  return found->second;
}

std::optional<Problem> RowReader::choose(std::string_view cell, Response& response) const {
  if (trimmed(cell).empty()) return {};
  const auto most = std::pair<std::string, std::string>("most", std::to_string(instrument_.most_important));
  for (const auto part : split(cell, ';')) {
    const auto item = items_.find(lower(trimmed(part)));
    if (item == items_.end()) return Problem{"", "instruments.import.unknown_choice", {{"choice", cut(trimmed(part))}}};
    if (std::find(response.most_important.begin(), response.most_important.end(), item->second) !=
        response.most_important.end())
      return Problem{"", "instruments.import.choice_twice", {{"choice", std::string(trimmed(part))}}};
    response.most_important.push_back(item->second);
    if (response.most_important.size() > instrument_.most_important)
      return Problem{"", "instruments.import.too_many_choices", {most}};
  }
  std::sort(response.most_important.begin(), response.most_important.end());
  return {};
}

}  // namespace cairn::instruments
