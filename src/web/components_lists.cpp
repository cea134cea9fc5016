// SPDX-License-Identifier: Apache-2.0
#include "web/components_lists.hpp"

#include <stdexcept>
#include <string>

namespace cairn::web {
namespace {

Html hidden_words(std::string_view words) {
  return tag("span", {{"class", "nhsuk-u-visually-hidden"}}, words);
}

std::string cell_class(std::string_view element, Column kind) {
  const auto base = "nhsuk-table__" + std::string(element);
  return kind == Column::number ? base + " " + base + "--numeric" : base;
}

Html head(const Table& table) {
  const auto column = [](const TableColumn& one) {
    return tag("th", {{"class", cell_class("header", one.kind)}, {"scope", "col"}, {"role", "columnheader"}},
               one.label);
  };
  return tag("thead", {{"class", "nhsuk-table__head"}, {"role", "rowgroup"}},
             tag("tr", {{"class", "nhsuk-table__row"}, {"role", "row"}}, each(table.columns, column)));
}

// A folded row shows the name of its column before each value; aria-hidden, since a screen reader reads the header.
Html content_of(const Table& table, std::size_t column, const Html& value) {
  if (table.fold != Fold::stack) return value;
  return tag("span", {{"class", "nhsuk-table__heading"}, {"aria-hidden", "true"}}, table.columns[column].label + " ") +
         tag("span", {}, value);
}

Html body_row(const Table& table, const std::vector<Html>& cells) {
  if (cells.size() != table.columns.size())
    throw std::logic_error("the table \"" + table.caption + "\" has a row of another length");
  Html row;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const auto kind = table.columns[at].kind;
    const auto content = content_of(table, at, cells[at]);
    row += at == 0
               ? tag("th", {{"class", cell_class("header", kind)}, {"scope", "row"}, {"role", "rowheader"}}, content)
               : tag("td", {{"class", cell_class("cell", kind)}, {"role", "cell"}}, content);
  }
  return tag("tr", {{"class", "nhsuk-table__row"}, {"role", "row"}}, row);
}

Html one_row(const ListRow& row) {
  const auto title = row.path.empty() ? text(row.title) : link(row.title, row.path);
  return tag("li", {{"class", "cairn-row"}},
             tag("div", {{"class", "cairn-row__words"}}, tag("p", {{"class", "cairn-row__title"}}, title),
                 row.why.empty() ? Html() : tag("p", {{"class", "cairn-row__why"}}, row.why), row.below),
             row.beside.empty() ? Html() : tag("div", {{"class", "cairn-row__beside"}}, row.beside));
}

}  // namespace

Html row_list(const std::vector<ListRow>& rows) {
  if (rows.empty()) return {};
  return tag("ul", {{"class", "cairn-panel cairn-rows"}, {"role", "list"}}, each(rows, one_row));
}

Html table(const Table& table) {
  const auto row = [&](const std::vector<Html>& cells) { return body_row(table, cells); };
  const bool stacks = table.fold == Fold::stack;
  const auto drawn =
      tag("table", {{"class", stacks ? "nhsuk-table nhsuk-table--responsive" : "nhsuk-table"}, {"role", "table"}},
          tag("caption", {{"class", "nhsuk-table__caption"}}, table.caption), head(table),
          tag("tbody", {{"class", "nhsuk-table__body"}, {"role", "rowgroup"}}, each(table.rows, row)));
  if (stacks) return drawn;
  return tag("div", {{"class", "cairn-scroll"}, {"role", "region"}, {"aria-label", table.caption}, {"tabindex", 0}},
             drawn);
}

Html summary_list(const std::vector<SummaryRow>& rows) {
  const auto draw = [](const SummaryRow& row) {
    const bool can_change = !row.act_path.empty();
    return tag("div",
               {{"class", can_change ? "nhsuk-summary-list__row"
                                     : "nhsuk-summary-list__row nhsuk-summary-list__row--no-actions"}},
               tag("dt", {{"class", "nhsuk-summary-list__key"}}, row.key),
               tag("dd", {{"class", "nhsuk-summary-list__value"}}, row.value),
               can_change ? tag("dd", {{"class", "nhsuk-summary-list__actions"}},
                                tag("a", {{"href", row.act_path}}, row.act, hidden_words(" " + row.key)))
                          : Html());
  };
  return tag("dl", {{"class", "nhsuk-summary-list"}}, each(rows, draw));
}

Html task_list(const std::vector<Task>& tasks) {
  const auto draw = [](const Task& task) {
    const bool open = !task.path.empty();
    return tag("li",
               {{"class", open ? "nhsuk-task-list__item nhsuk-task-list__item--with-link" : "nhsuk-task-list__item"}},
               tag("div", {{"class", "nhsuk-task-list__name-and-hint"}},
                   open ? tag("a", {{"class", "nhsuk-link nhsuk-task-list__link"}, {"href", task.path}}, task.title)
                        : tag("div", {}, task.title),
                   task.hint.empty() ? Html() : tag("div", {{"class", "nhsuk-task-list__hint"}}, task.hint)),
               tag("div", {{"class", "nhsuk-task-list__status"}}, tag_mark(task.status, task.tone)));
  };
  return tag("ul", {{"class", "nhsuk-task-list"}, {"role", "list"}}, each(tasks, draw));
}

}  // namespace cairn::web
