// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/check.hpp"
#include "instruments/instrument.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments {

// One cell of a file that is not right, or a whole row (then `column` and `value` are empty).
struct BadCell {
  std::int64_t row = 1;  // the header is row 1
  std::string column;    // as the file spells it
  std::string value;     // as the file has it
  Problem problem;       // what to do, as a key and values
};
using TellBadCell = std::function<void(const BadCell&)>;

// A line of the list of bad cells, with its end: row,column,value,what_to_do. `value` is cut to 80 characters, and
// cells that a spreadsheet would take for a formula get an apostrophe in front. `what_to_do` is the problem in words.
std::string bad_cells_header();
std::string bad_cell_line(const BadCell& bad, std::string_view what_to_do);

// What the columns of a file of responses mean, as its header says. Columns come in any order; their names ignore case:
//   respondent                                    a code for the person; must be there
//   site employer context setting stakeholder     may be missing
//   group.<name>                                  any other grouping
//   <item>.a  <item>.b                            answers to the items of the instrument
//   top3                                          ids of items, joined by ;
struct Column {
  enum class Kind { respondent, group, other_group, presence, importance, most_important };
  Kind kind;
  std::size_t index = 0;  // the Axis of a group, the item of an answer
  std::string name;       // as the file spells it
  std::string other;      // the <name> of group.<name>, in lower case
};

// Refuses a header without `respondent`, without any column of answers, with a column it does not know or one that
// stands there twice, and a header that looks separated by semicolons or tabs. Tells each; nothing when any was told.
std::optional<std::vector<Column>> read_header(const std::vector<std::string_view>& cells, const Instrument& instrument,
                                               const TellBadCell& tell);

// Reads the rows below the header. Codes ignore case, blanks around them, and whether a space or an underscore stands
// between words. An empty cell is "not answered", or "in no group of this axis".
class RowReader {
 public:
  RowReader(const Instrument& instrument, std::vector<Column> columns);

  // Fills `respondent` and `response` and answers true, or tells every bad cell and answers false. Refused: a row with
  // more or fewer cells than the header, no respondent, a respondent or group of more than 200 characters or with a
  // line break or other control character in it, an answer that is not one of the codes, an item the instrument does
  // not have, more choices than it allows, a choice twice. `respondent` points into `cells`.
  bool read(std::int64_t row, const std::vector<std::string_view>& cells, const TellBadCell& tell,
            std::string_view& respondent, Response& response) const;

  const std::vector<Column>& columns() const { return columns_; }

 private:
  bool read_cell(std::int64_t row, const Column& column, std::string_view cell, const TellBadCell& tell,
                 Response& response) const;
  std::optional<std::string> group_from(Axis axis, std::string_view cell) const;
  std::optional<Problem> choose(std::string_view cell, Response& response) const;

  const Instrument& instrument_;
  std::vector<Column> columns_;
  std::array<std::map<std::string, std::string, std::less<>>, 5> groups_;  // written -> code, by Axis; empty for site
  std::unordered_map<std::string, std::uint8_t> items_;
  std::size_t respondent_ = 0;
};

}  // namespace cairn::instruments
