// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/components_words.hpp"
#include "web/html.hpp"
#include "web/language.hpp"

namespace cairn::web {

// One line of a list that asks for something: what it is in bold, why now in a quieter line, and the act or whose turn
// it is.
struct ListRow {
  std::string title;
  std::string path = {};  // where the title leads; may be empty
  std::string why = {};   // may be empty
  Html beside = {};       // link_button, act_form or tag_mark
  Html below = {};        // privacy, sharing, a chart; may be empty
};
// One panel with rules between its rows; nothing for no rows (draw an empty_state).
Html row_list(const std::vector<ListRow>& rows);

enum class Column { words, number };
struct TableColumn {
  std::string label;
  Column kind = Column::words;
};
enum class Fold {
  stack,  // on a phone each row becomes a small list with its column names
  scroll  // many columns: the table scrolls inside its own region, reachable by keyboard
};
// Every table has a caption. The first cell of each row is its header. Every row has as many cells as there are columns
// (std::logic_error otherwise).
struct Table {
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<std::vector<Html>> rows = {};
  Fold fold = Fold::stack;
};
Html table(const Table& table);

struct SummaryRow {
  std::string key;
  Html value;
  std::string act = {};  // "Change"; the key is added for a screen reader
  std::string act_path = {};
};
Html summary_list(const std::vector<SummaryRow>& rows);

struct Task {
  std::string title;
  std::string path = {};  // empty: cannot be started yet
  std::string hint = {};
  std::string status;  // "Done", "Not started"
  Tone tone = Tone::plain;
};
Html task_list(const std::vector<Task>& tasks);

}  // namespace cairn::web
