// SPDX-License-Identifier: Apache-2.0
#include "instruments/table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace cairn::instruments {
namespace {

constexpr std::array<std::string_view, 16> names{"item",   "by",   "group", "people", "answers_a", "yes",
                                                 "partly", "no",   "dk_a",  "nr_a",   "answers_b", "mean",
                                                 "dk_b",   "nr_b", "top3",  "hidden"};
constexpr std::size_t first_number = 3;  // people
constexpr std::size_t mean_column = 11;
constexpr std::size_t hidden_column = 15;

using Cells = std::array<std::string, names.size()>;

Cells cells_of(const Row& row, const Instrument& instrument) {
  Cells cells;
  cells[0] = instrument.items[row.item].id;
  cells[1] = code(row.axis);
  cells[2] = row.group;
  cells[hidden_column] = code(row.hidden);
  if (row.hidden != Hidden::no) return cells;
  const auto mean = row.mean_tenths();
  const std::array<std::int64_t, 8> before{row.people,      row.answers_a,   row.presence[0], row.presence[1],
                                           row.presence[2], row.presence[3], row.presence[4], row.answers_b};
  for (std::size_t i = 0; i < before.size(); ++i) cells[first_number + i] = std::to_string(before[i]);
  if (mean) cells[mean_column] = tenths(*mean);
  cells[mean_column + 1] = std::to_string(row.dont_know_b);
  cells[mean_column + 2] = std::to_string(row.not_relevant_b);
  cells[mean_column + 3] = std::to_string(row.top3);
  return cells;
}

template <class Take>
void each_row(const Comparison& comparison, std::optional<Axis> axis, Take take) {
  for (const auto& row : comparison.rows)
    if (!axis || row.axis == *axis) take(row);
}

std::string json_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted.push_back('\\');
      quoted.push_back(c);
    } else if (byte < 0x20) {
      quoted += "\\u00" + hex(std::string_view(&c, 1));
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + '"';
}

std::string json_of(const Row& row, const Instrument& instrument) {
  const Cells cells = cells_of(row, instrument);
  std::string object;
  const auto add = [&](std::size_t column, const std::string& value) {
    object += (object.empty() ? "{\"" : ", \"") + std::string(names[column]) + "\": " + value;
  };
  for (std::size_t i = 0; i < first_number; ++i) add(i, json_text(cells[i]));
  if (row.hidden != Hidden::no) {
    add(hidden_column, json_text(cells[hidden_column]));
    return object + '}';
  }
  for (std::size_t i = first_number; i < hidden_column; ++i) add(i, cells[i].empty() ? "null" : cells[i]);
  add(hidden_column, "null");
  return object + '}';
}

void write_line(std::ostream& out, const Cells& cells, const std::array<std::size_t, names.size()>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string space(widths[i] - characters(cells[i]), ' ');
    const bool number = i >= first_number && i != hidden_column;
    line += (i == 0 ? "" : "  ") + (number ? space + cells[i] : cells[i] + space);
  }
  out << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos) cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string tenths(std::int64_t value) {
  return std::to_string(value / 10) + '.' + std::to_string(value % 10);
}

void write_csv(std::ostream& out, const Comparison& comparison, const Instrument& instrument,
               std::optional<Axis> axis) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += std::string(i == 0 ? "" : ",") + std::string(names[i]);
  text += '\n';
  each_row(comparison, axis, [&](const Row& row) {
    const Cells cells = cells_of(row, instrument);
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    text += '\n';
  });
  out << text;
}

void write_json(std::ostream& out, const Comparison& comparison, const Instrument& instrument,
                std::optional<Axis> axis) {
  std::string text = "[";
  each_row(comparison, axis,
           [&](const Row& row) { text += (text.size() == 1 ? "\n  " : ",\n  ") + json_of(row, instrument); });
  out << text << "\n]\n";
}

void write_table(std::ostream& out, const Comparison& comparison, const Instrument& instrument,
                 std::optional<Axis> axis) {
  std::vector<Cells> lines(1);
  std::copy(names.begin(), names.end(), lines[0].begin());
  each_row(comparison, axis, [&](const Row& row) { lines.push_back(cells_of(row, instrument)); });
  std::array<std::size_t, names.size()> widths{};
  for (const auto& cells : lines)
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], characters(cells[i]));
  for (const auto& cells : lines) write_line(out, cells, widths);
}

}  // namespace cairn::instruments
