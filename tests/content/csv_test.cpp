// SPDX-License-Identifier: Apache-2.0
#include "content/csv.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/stop.hpp"

namespace cairn::content {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  CsvTrouble trouble;
  std::int64_t row;
  std::int64_t line;
};

// Hands out the text `step` bytes at a time.
CsvReader::Source in_steps(std::string_view text, std::size_t step) {
  return [whole = csv_text(text), step](char* to, std::size_t size) { return whole(to, std::min(size, step)); };
}

Read read(CsvReader::Source source, CsvShape shape = {}) {
  CsvReader reader(std::move(source), shape);
  Read read{};
  std::vector<std::string_view> cells;
  while (reader.next(cells)) read.rows.emplace_back(cells.begin(), cells.end());
  EXPECT_FALSE(reader.next(cells));
  read.trouble = reader.trouble();
  read.row = reader.row();
  read.line = reader.line();
  return read;
}

Read read(std::string_view text, CsvShape shape = {}) {
  return read(csv_text(text), shape);
}

TEST(Csv, ReadsWhatTheStandardDescribes) {
  const std::vector<std::pair<std::string, Rows>> table{
      {"", {}},
      {"a", {{"a"}}},
      {"a\n", {{"a"}}},
      {"a\r\n", {{"a"}}},
      {"a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"a,", {{"a", ""}}},
      {",", {{"", ""}}},
      {",\n,\n", {{"", ""}, {"", ""}}},
      {"\n", {{""}}},
      {"a\n\nb\n", {{"a"}, {""}, {"b"}}},
      {"\"a,b\",c\n", {{"a,b", "c"}}},
      {"\"a\"\"b\",\"\"\"\"\n", {{"a\"b", "\""}}},
      {"\"\",\"\"\n", {{"", ""}}},
      {"\"two\nlines\",\"two\r\nmore\"\n", {{"two\nlines", "two\r\nmore"}}},
      {" a , b \n", {{" a ", " b "}}},
      {"\xEF\xBB\xBF"
       "a,b\n",
       {{"a", "b"}}},
      {"\xEF\xBB\xBF\"a\"\n", {{"a"}}},
      {"\xEF\xBB\xBF", {}},
      {"caf\xC3\xA9,\xE2\x82\xAC\n", {{"caf\xC3\xA9", "\xE2\x82\xAC"}}},
  };
  for (const auto& [text, rows] : table) {
    for (const std::size_t step : {1U, 2U, 3U, 7U, 1000U}) {
      const auto got = read(in_steps(text, step));
      EXPECT_EQ(got.rows, rows) << text << " in steps of " << step;
      EXPECT_EQ(got.trouble, CsvTrouble::none) << text;
    }
  }
}

TEST(Csv, SaysWhyAndWhereItStopped) {
  struct Case {
    std::string text;
    CsvTrouble trouble;
    std::size_t rows_before;
    std::int64_t line;
  };
  const std::vector<Case> table{
      {"a\n\"b", CsvTrouble::quote_left_open, 1, 2},
      {"a\n\"b\n\n", CsvTrouble::quote_left_open, 1, 2},
      {"a\nb\n\"c\"d\n", CsvTrouble::text_after_quote, 2, 3},
      {"a\n\"b\" ,c\n", CsvTrouble::text_after_quote, 1, 2},
      {"\"a\nb\"\nc\"d\n", CsvTrouble::stray_quote, 1, 3},
      {"a\rb\n", CsvTrouble::stray_return, 0, 1},
      {"a\r", CsvTrouble::stray_return, 0, 1},
      {"a\nb\xFF\n", CsvTrouble::not_utf8, 1, 2},
      {"a\nb\xC3\n", CsvTrouble::not_utf8, 1, 2},
      {std::string("a\nb\0c\n", 6), CsvTrouble::not_utf8, 1, 2},
      {std::string("\xFF\xFE"
                   "a\0,\0b\0\n\0",
                   10),
       CsvTrouble::not_utf8, 0, 1},
      {"\x89PNG\"\x01\x02\n", CsvTrouble::not_utf8, 0, 1},
      {"\"\x89PNG", CsvTrouble::not_utf8, 0, 1},
  };
  for (const auto& [text, trouble, rows_before, line] : table) {
    for (const std::size_t step : {1U, 3U, 1000U}) {
      const auto got = read(in_steps(text, step));
      EXPECT_EQ(got.trouble, trouble) << text << " " << code(got.trouble);
      EXPECT_EQ(got.rows.size(), rows_before) << text;
      EXPECT_EQ(got.row, static_cast<std::int64_t>(rows_before) + 1) << text;
      EXPECT_EQ(got.line, line) << text;
    }
  }
}

TEST(Csv, HoldsItsLimits) {
  const CsvShape shape{',', 10, 3};
  EXPECT_EQ(read("1234567890\n", shape).trouble, CsvTrouble::none);
  EXPECT_EQ(read("12345678901\n", shape).trouble, CsvTrouble::row_too_long);
  EXPECT_EQ(read("a,b,c\n", shape).trouble, CsvTrouble::none);
  EXPECT_EQ(read("a,b,c,d\n", shape).trouble, CsvTrouble::too_many_cells);
  EXPECT_EQ(read(std::string(1 << 20, 'x'), {}).trouble, CsvTrouble::none);
  EXPECT_EQ(read(std::string((1 << 20) + 1, 'x'), {}).trouble, CsvTrouble::row_too_long);
}

TEST(Csv, StopsAtAnEndlessRowWithoutHoldingIt) {
  std::size_t handed_out = 0;
  const auto got = read([&](char* to, std::size_t size) {
    std::fill_n(to, size, 'x');
    handed_out += size;
    return size;
  });
  EXPECT_EQ(got.trouble, CsvTrouble::row_too_long);
  EXPECT_LT(handed_out, std::size_t{8} << 20);
}

TEST(Csv, TakesAnotherDelimiter) {
  EXPECT_EQ(read("a;b,c\n\"d;e\";f\n", {';'}).rows, (Rows{{"a", "b,c"}, {"d;e", "f"}}));
  EXPECT_EQ(read("a\tb\n", {'\t'}).rows, (Rows{{"a", "b"}}));
}

TEST(Csv, CountsRowsAndLinesApart) {
  CsvReader reader(csv_text("h\n\"a\nb\"\nc\n"));
  std::vector<std::string_view> cells;
  const std::vector<std::pair<std::int64_t, std::int64_t>> wanted{{1, 1}, {2, 2}, {3, 4}};
  for (const auto& [row, line] : wanted) {
    ASSERT_TRUE(reader.next(cells));
    EXPECT_EQ(reader.row(), row);
    EXPECT_EQ(reader.line(), line);
  }
  EXPECT_FALSE(reader.next(cells));
  EXPECT_EQ(reader.row(), 3);
}

TEST(Csv, ReadsRowsThatLieAcrossTheEdgeOfItsBuffer) {
  std::string text;
  Rows rows;
  for (int i = 0; i < 60'000; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",\"say \"\"" + number + "\"\"\",\xC3\xA9\r\n";
    rows.push_back({number, "say \"" + number + "\"", "\xC3\xA9"});
  }
  EXPECT_EQ(read(text).rows, rows);
  EXPECT_EQ(read(in_steps(text, 4099)).rows, rows);
}

TEST(Csv, ReadsTheSameHoweverTheBytesArrive) {
  const std::vector<std::string> pieces{"a", ",", "\"", "\n", "\r\n", "\r", "\xC3\xA9", "\xFF", "\"\"", "bc", ";"};
  std::mt19937 random(20'260'303);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (auto count = random() % 24; count > 0; --count) text += pieces[random() % pieces.size()];
    const auto whole = read(text);
    for (const std::size_t step : {1U, 2U, 5U}) {
      const auto got = read(in_steps(text, step));
      EXPECT_EQ(got.rows, whole.rows) << text;
      EXPECT_EQ(got.trouble, whole.trouble) << text;
      EXPECT_EQ(got.line, whole.line) << text;
    }
  }
}

TEST(Csv, ReadsAFileAndSaysWhereThereIsNone) {
  const auto path = std::filesystem::temp_directory_path() / "cairn-csv-test.csv";
  std::ofstream(path) << "a,b\n";
  EXPECT_EQ(read(csv_file(path.string())).rows, (Rows{{"a", "b"}}));
  std::filesystem::remove(path);
  EXPECT_THROW(csv_file(path.string()), Unavailable);
  EXPECT_THROW(read(csv_file(std::filesystem::temp_directory_path().string())), Unavailable);
}

}  // namespace
}  // namespace cairn::content
