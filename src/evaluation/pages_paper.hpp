// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/paper.hpp"

namespace cairn::evaluation {

// The form to print and to hand out. Nothing on it tells whose it is.
web::Html paper_form_page(const web::Language& say, const PaperRound& round);

// One line of the list of sheets.
struct SheetLine {
  std::string id;
  std::string number;
  std::string outcome;  // "", "counted", "removed", "too_late"
  std::string entered_by;
  Date entered_on;
  std::int64_t differences = 0;
};
struct SheetsView {
  PaperRound round;
  std::vector<SheetLine> lines;
  bool may_enter = false;  // the round takes answers
  std::string kept = {};   // number of the sheet that was typed in just now, "" for none
};
web::Html sheets_page(const web::Language& say, const SheetsView& view);

// Typing a sheet in, for the first or the second time.
struct SheetForm {
  PaperRound round;
  std::string post_path;
  std::string kept = {};  // as in SheetsView
  // Of a second typing: its number, who typed it first, and whether that is the reader. "" for a first one.
  std::string check_number = {};
  std::string first_by = {};
  bool own = false;
  // What the fields begin with: name and value.
  std::vector<std::pair<std::string, std::string>> begins_with = {};
};
web::Html sheet_form_page(const web::Form& form, const SheetForm& view);

// The two typings side by side where they differ, to choose from. `form` holds the second typing.
struct SheetChoiceView {
  PaperRound round;
  std::string post_path;
  std::string number;
  std::vector<instruments::Difference> differences;
};
web::Html sheet_choice_page(const web::Form& form, const SheetChoiceView& view);

// What taking a sheet away means, with the reason.
web::Html sheet_removal_page(const web::Form& form, const PaperRound& round, const SheetLine& sheet);

}  // namespace cairn::evaluation
