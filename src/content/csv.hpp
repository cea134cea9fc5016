// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::content {

// Why reading stopped before the end.
enum class CsvTrouble {
  none,
  quote_left_open,   // the file ends inside a quoted cell
  text_after_quote,  // "yes"x
  stray_quote,       // ye"s
  stray_return,      // a carriage return that no line feed follows, outside quotes
  row_too_long,      // more than CsvShape::longest_row bytes
  too_many_cells,    // more than CsvShape::most_cells in one row
  not_utf8           // NUL included
};
std::string_view code(CsvTrouble trouble);  // "quote_left_open"; "" for none

struct CsvShape {
  char delimiter = ',';
  std::size_t longest_row = std::size_t{1} << 20;
  std::size_t most_cells = 10'000;
};

// Reads CSV as RFC 4180 describes it, one row at a time, from a source of any length, in memory that grows with the
// longest row only. Lines end in LF or CRLF; a byte order mark at the start is skipped; the last line may lack its end.
// An empty line is a row of one empty cell. Nothing is trimmed. The text must be UTF-8. Finding out that another
// delimiter is meant is the caller's.
class CsvReader {
 public:
  // Puts up to `size` bytes at `to` and returns how many; 0 is the end. What it throws passes through next().
  using Source = std::function<std::size_t(char* to, std::size_t size)>;

  explicit CsvReader(Source source, CsvShape shape = {});

  // The cells of the next row, without quotes; false at the end and on trouble. The views hold until the next call.
  bool next(std::vector<std::string_view>& cells);

  std::int64_t row() const { return row_; }        // of the row last given, or the one in trouble; the first is 1
  std::int64_t line() const { return row_line_; }  // the line of the file on which that row begins; the first is 1
  CsvTrouble trouble() const { return trouble_; }  // once set, next() gives no more

 private:
  enum class Step { row, more, end, trouble };

  Step read_row(std::vector<std::string_view>& cells);
  Step read_quoted(std::size_t& at, std::vector<std::string_view>& cells);
  Step finish_row(std::size_t at, std::size_t next, std::vector<std::string_view>& cells);
  Step stop(CsvTrouble trouble, std::size_t at);
  bool fill();

  Source source_;
  CsvShape shape_;
  std::array<bool, 256> ends_plain_cell_{};
  std::string buffer_;     // a line feed stands at end_, so that a search for the end of a cell always ends
  std::size_t start_ = 0;  // where the next row begins
  std::size_t end_ = 0;    // where the bytes read so far end
  bool begun_ = false;     // the byte order mark has been looked for
  bool source_ended_ = false;
  bool ascii_ = true;                 // every byte now in the buffer is ASCII and none is NUL
  std::vector<std::size_t> doubled_;  // cells of this row in which "" stands for "
  std::int64_t row_ = 0;
  std::int64_t row_line_ = 0;
  std::int64_t next_line_ = 1;
  std::int64_t lines_inside_ = 0;  // line ends within quotes in this row
  CsvTrouble trouble_ = CsvTrouble::none;
};

// A source that gives this text; the text must outlive it.
CsvReader::Source csv_text(std::string_view text);
// A source that reads a file. Throws Unavailable where it cannot be opened, or later be read.
CsvReader::Source csv_file(const std::string& path);

}  // namespace cairn::content
