// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_spreadsheet.hpp"

#include <xlsxwriter.h>

#include "base/stop.hpp"
#include "evaluation/pages_advice.hpp"
#include "evaluation/pages_folder.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Hidden;
using instruments::Row;

// A workbook being written. Texts go in as texts: a cell that begins with = stays what it is, and is no formula.
class Workbook {
 public:
  Workbook() : file_(folder_ / "book.xlsx"), temporary_(folder_.text()) {
    lxw_workbook_options options{};
    options.tmpdir = temporary_.data();
    book_ = workbook_new_opt(file_.c_str(), &options);
    if (book_ == nullptr) throw Unavailable("no memory for a spreadsheet");
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    format_set_text_wrap(bold_);
    wrapped_ = workbook_add_format(book_);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    one_decimal_ = workbook_add_format(book_);
    format_set_num_format(one_decimal_, "0.0");
  }
  ~Workbook() {
    if (book_ != nullptr) workbook_close(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // A sheet with its column heads; the first row stays in view.
  void sheet(const std::string& name, const std::vector<std::string>& columns, const std::vector<double>& widths) {
    // A sheet's name has at most 31 characters and none of []:*?/\ (the format's rule).
    sheet_ = workbook_add_worksheet(book_, name.substr(0, 31).c_str());
    if (sheet_ == nullptr) throw Unavailable("the spreadsheet took no sheet of the name " + name);
    row_ = 0;
    column_ = 0;
    for (std::size_t i = 0; i < widths.size(); ++i)
      worksheet_set_column(sheet_, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), widths[i], nullptr);
    for (const auto& column : columns) write(column, bold_);
    worksheet_freeze_panes(sheet_, 1, 0);
    next_row();
  }
  void text(const std::string& words) { write(words, wrapped_); }
  void number(std::int64_t value) {
    worksheet_write_number(sheet_, row_, column_++, static_cast<double>(value), nullptr);
  }
  void tenths(const std::optional<std::int64_t>& value) {
    if (value) worksheet_write_number(sheet_, row_, column_, static_cast<double>(*value) / 10.0, one_decimal_);
    ++column_;  // nobody scored it: an empty cell, not a 0
  }
  void next_row() {
    ++row_;
    column_ = 0;
  }
  std::string bytes() {
    const auto wrong = workbook_close(book_);
    book_ = nullptr;
    if (wrong != LXW_NO_ERROR) throw Unavailable(std::string("spreadsheet: ") + lxw_strerror(wrong));
    auto all = folder_.bytes_of("book.xlsx");
    if (all.empty()) throw Unavailable("the spreadsheet could not be read back");
    return all;
  }

 private:
  void write(const std::string& words, lxw_format* format) {
    worksheet_write_string(sheet_, row_, column_++, words.c_str(), format);
  }

  Folder folder_;
  std::string file_;
  std::string temporary_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* wrapped_ = nullptr;
  lxw_format* one_decimal_ = nullptr;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

void pair(Workbook& book, const std::string& key, const std::string& value) {
  book.text(key);
  book.text(value);
  book.next_row();
}

void about_round(Workbook& book, const web::Language& say, const RoundView& view) {
  pair(book, say("evaluation.sheet.study"), view.study.name);
  pair(book, say("evaluation.sheet.round"), round_name(say, view.round));
  pair(book, say("evaluation.sheet.instrument"), view.instrument.title);
  for (const auto& sentence : warning_sentences(say)) pair(book, say("evaluation.sheet.mind"), sentence);
  pair(book, say("evaluation.sheet.source"), view.published.source);
}

void numbers_row(Workbook& book, const web::Language& say, const RoundView& view, const Row& row) {
  const auto& item = view.instrument.items[row.item];
  book.text(item.id);
  book.text(item.label);
  book.text(axis_name(say, row.axis));
  book.text(group_name(say, row.axis, row.group));
  if (row.hidden != Hidden::no) {
    book.text(hidden_why(say, row.hidden));
    book.next_row();
    return;
  }
  book.text("");
  book.number(row.people);
  book.number(row.answers_a);
  for (const auto count : row.presence) book.number(count);
  book.number(row.answers_b);
  book.tenths(row.mean_tenths());
  book.number(row.dont_know_b);
  book.number(row.not_relevant_b);
  book.number(row.top3);
  book.next_row();
}

std::vector<std::string> said(const web::Language& say, const std::vector<std::string_view>& keys) {
  std::vector<std::string> words;
  for (const auto key : keys) words.push_back(say(key));
  return words;
}

void priorities_sheet(Workbook& book, const web::Language& say, const ReportView& view) {
  book.sheet(say("evaluation.sheet.priorities"),
             said(say, {"evaluation.column.statement", "evaluation.sheet.why", "evaluation.sheet.advice"}),
             {34, 60, 90});
  for (const auto& priority : view.content.priorities) {
    std::string reasons;
    for (const auto& sentence : why(say, priority.finding)) reasons += (reasons.empty() ? "" : " ") + sentence;
    std::string points = guidance_text(say, priority.advice.reading);
    for (const auto* list : {&priority.advice.for_the_site, &priority.advice.helps, &priority.advice.hinders})
      for (const auto& point : *list) points += (points.empty() ? "" : "\n") + guidance_text(say, point.text);
    book.text(item_name(view.round.instrument.items[priority.finding.item]));
    book.text(reasons);
    book.text(points);
    book.next_row();
  }
}

void subject_numbers_sheet(Workbook& book, const web::Language& say, const ReportView& view) {
  book.sheet(say("evaluation.sheet.numbers"),
             said(say, {"evaluation.column.statement", "evaluation.column.in_place", "evaluation.column.of",
                        "evaluation.column.mean", "evaluation.column.top3"}),
             {44, 14, 14, 14, 14});
  for (const auto& finding : view.content.all) {
    book.text(item_name(view.round.instrument.items[finding.item]));
    book.number(finding.in_place);
    book.number(finding.answers_a);
    book.tenths(finding.mean_tenths);
    book.number(finding.top3);
    book.next_row();
  }
}

void steps_sheet(Workbook& book, const web::Language& say, const ReportView& view) {
  book.sheet(say("evaluation.sheet.steps"),
             said(say, {"evaluation.steps.column.words", "evaluation.steps.column.owner", "evaluation.steps.column.due",
                        "evaluation.steps.column.state"}),
             {60, 24, 20, 14});
  for (const auto& step : view.steps) {
    if (step.removed_at) continue;
    book.text(step.words);
    book.text(step.owner);
    book.text(say.short_date(step.due_on));
    book.text(say(step.done_at ? "evaluation.steps.state_done" : "evaluation.steps.state_open"));
    book.next_row();
  }
}

}  // namespace

std::string comparison_spreadsheet(const web::Language& say, const RoundView& view) {
  Workbook book;
  book.sheet(say("evaluation.sheet.about"), said(say, {"evaluation.sheet.about", "evaluation.sheet.what"}), {24, 100});
  about_round(book, say, view);
  book.sheet(
      say("evaluation.sheet.numbers"),
      said(say, {"evaluation.sheet.item", "evaluation.column.statement", "evaluation.sheet.by",
                 "evaluation.sheet.group", "evaluation.sheet.not_shown", "evaluation.column.people",
                 "evaluation.column.answered", "evaluation.answer.yes", "evaluation.answer.partly",
                 "evaluation.answer.no", "evaluation.answer.dk", "evaluation.answer.nr", "evaluation.sheet.scored",
                 "evaluation.column.mean", "evaluation.sheet.dk_b", "evaluation.sheet.nr_b", "evaluation.column.top3"}),
      {8, 34, 20, 26, 26, 10, 10, 8, 8, 8, 12, 12, 10, 10, 12, 12, 10});
  for (const auto& row : view.comparison.rows) numbers_row(book, say, view, row);
  return book.bytes();
}

std::string report_spreadsheet(const web::Language& say, const ReportView& view) {
  Workbook book;
  book.sheet(say("evaluation.sheet.about"), said(say, {"evaluation.sheet.about", "evaluation.sheet.what"}), {24, 100});
  pair(book, say("evaluation.sheet.report"), report_title(say, view.report.about));
  pair(book, say("evaluation.sheet.purpose"), view.purpose.title);
  pair(book, say("evaluation.sheet.made_on"), say.short_date(view.made_on));
  pair(book, say("evaluation.column.people"),
       view.content.hidden ? say("evaluation.small.lead") : say.number(view.content.people));
  about_round(book, say, view.round);
  priorities_sheet(book, say, view);
  subject_numbers_sheet(book, say, view);
  steps_sheet(book, say, view);
  return book.bytes();
}

}  // namespace cairn::evaluation
