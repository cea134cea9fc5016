// SPDX-License-Identifier: Apache-2.0
#include "content/csv.hpp"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::content {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 18;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// ASCII without NUL. Written so that the compiler turns it into wide instructions.
bool is_ascii(std::string_view text) {
  bool good = true;
  for (const char c : text) good = good & (static_cast<signed char>(c) > 0);
  return good;
}

bool is_text(std::string_view text) {
  return is_ascii(text) || is_utf8(text);
}

// Without the bytes of a character that is cut off at the end.
std::string_view without_cut_character(std::string_view text) {
  for (int i = 0; i < 3 && !text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U; ++i) {
    text.remove_suffix(1);
  }
  if (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0) text.remove_suffix(1);
  return text;
}

// Where the quoted text that began before `at` ends: the place of its last quote, or `end` where it is not here.
struct QuotedEnd {
  std::size_t at;
  bool doubled;
};
QuotedEnd find_last_quote(const char* bytes, std::size_t at, std::size_t end) {
  bool doubled = false;
  while (at < end) {
    const void* found = std::memchr(bytes + at, '"', end - at);
    if (found == nullptr) return {end, doubled};
    at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes);
    if (at + 1 >= end || bytes[at + 1] != '"') return {at, doubled};
    doubled = true;
    at += 2;
  }
  return {end, doubled};
}

}  // namespace

std::string_view code(CsvTrouble trouble) {
  switch (trouble) {
    case CsvTrouble::none:
      return "";
    case CsvTrouble::quote_left_open:
      return "quote_left_open";
    case CsvTrouble::text_after_quote:
      return "text_after_quote";
    case CsvTrouble::stray_quote:
      return "stray_quote";
    case CsvTrouble::stray_return:
      return "stray_return";
    case CsvTrouble::row_too_long:
      return "row_too_long";
    case CsvTrouble::too_many_cells:
      return "too_many_cells";
    case CsvTrouble::not_utf8:
      return "not_utf8";
  }
  return "";
}

CsvReader::CsvReader(Source source, CsvShape shape) : source_(std::move(source)), shape_(shape), buffer_(1, '\n') {
  assert(shape_.delimiter != '"' && shape_.delimiter != '\n' && shape_.delimiter != '\r');
  for (const char c : {shape_.delimiter, '"', '\n', '\r'}) ends_plain_cell_[static_cast<unsigned char>(c)] = true;
}

bool CsvReader::next(std::vector<std::string_view>& cells) {
  cells.clear();
  while (trouble_ == CsvTrouble::none) {
    switch (read_row(cells)) {
      case Step::row:
        return true;
      case Step::more:
        if (!fill()) return false;
        break;
      case Step::end:
      case Step::trouble:
        cells.clear();
        return false;
    }
  }
  return false;
}

// Reads from start_; gives `more`, having changed nothing that counts, where the row does not end within the buffer.
CsvReader::Step CsvReader::read_row(std::vector<std::string_view>& cells) {
  if (start_ == end_) return source_ended_ ? Step::end : Step::more;
  row_line_ = next_line_;
  lines_inside_ = 0;
  doubled_.clear();
  cells.clear();
  const char* bytes = buffer_.data();
  std::size_t at = start_;
  while (true) {
    if (cells.size() == shape_.most_cells) return stop(CsvTrouble::too_many_cells, at);
    if (at < end_ && bytes[at] == '"') {
      if (const Step step = read_quoted(at, cells); step != Step::row) return step;
    } else {
      const std::size_t from = at;
      while (!ends_plain_cell_[static_cast<unsigned char>(bytes[at])]) ++at;
      cells.emplace_back(bytes + from, at - from);
    }
    if (at == end_) return source_ended_ ? finish_row(at, at, cells) : Step::more;
    const char c = bytes[at];
    if (c == shape_.delimiter) {
      ++at;
    } else if (c == '\n') {
      return finish_row(at, at + 1, cells);
    } else if (c == '"') {
      return stop(CsvTrouble::stray_quote, at);
    } else if (at + 1 == end_ && !source_ended_) {
      return Step::more;
    } else if (at + 1 == end_ || bytes[at + 1] != '\n') {
      return stop(CsvTrouble::stray_return, at);
    } else {
      return finish_row(at, at + 2, cells);
    }
  }
}

// Reads the quoted cell that begins at `at` and leaves `at` behind its last quote.
CsvReader::Step CsvReader::read_quoted(std::size_t& at, std::vector<std::string_view>& cells) {
  const char* bytes = buffer_.data();
  const auto last = find_last_quote(bytes, at + 1, end_);
  if (last.at + 1 >= end_ && !source_ended_) return Step::more;
  if (last.at >= end_) return stop(CsvTrouble::quote_left_open, end_);
  const std::string_view inside(bytes + at + 1, last.at - at - 1);
  if (last.doubled) doubled_.push_back(cells.size());
  lines_inside_ += std::count(inside.begin(), inside.end(), '\n');
  cells.push_back(inside);
  at = last.at + 1;
  const bool ends = at == end_ || bytes[at] == shape_.delimiter || bytes[at] == '\n' || bytes[at] == '\r';
  return ends ? Step::row : stop(CsvTrouble::text_after_quote, at);
}

// The row ends at `at`, the one after it begins at `next`.
CsvReader::Step CsvReader::finish_row(std::size_t at, std::size_t next, std::vector<std::string_view>& cells) {
  if (at - start_ > shape_.longest_row) return stop(CsvTrouble::row_too_long, at);
  if (!ascii_ && !is_text({buffer_.data() + start_, at - start_})) return stop(CsvTrouble::not_utf8, at);
  for (const std::size_t index : doubled_) {
    char* to = buffer_.data() + (cells[index].data() - buffer_.data());
    const char* const begin = to;
    for (std::size_t i = 0; i < cells[index].size(); ++i) {
      *to++ = cells[index][i];
      if (cells[index][i] == '"') ++i;
    }
    cells[index] = {begin, static_cast<std::size_t>(to - begin)};
  }
  start_ = next;
  next_line_ += lines_inside_ + 1;
  ++row_;
  return Step::row;
}

// Bytes that are no text make the other troubles likely; then that is what is said.
CsvReader::Step CsvReader::stop(CsvTrouble trouble, std::size_t at) {
  const std::string_view so_far(buffer_.data() + start_, at - start_);
  trouble_ = ascii_ || is_text(without_cut_character(so_far)) ? trouble : CsvTrouble::not_utf8;
  ++row_;
  return Step::trouble;
}

// Brings in more bytes behind those of the unfinished row. False where that row is too long.
bool CsvReader::fill() {
  if (end_ - start_ > shape_.longest_row) {
    stop(CsvTrouble::row_too_long, end_);
    return false;
  }
  std::memmove(buffer_.data(), buffer_.data() + start_, end_ - start_);
  end_ -= start_;
  start_ = 0;
  if (const std::size_t wanted = std::max(chunk, 2 * end_) + 1; buffer_.size() < wanted) buffer_.resize(wanted);
  do {
    const std::size_t room = buffer_.size() - 1 - end_;
    const std::size_t got = std::min(source_(buffer_.data() + end_, room), room);
    source_ended_ = got == 0;
    end_ += got;
  } while (!begun_ && !source_ended_ && end_ < byte_order_mark.size());
  if (!begun_ && std::string_view(buffer_.data(), end_).starts_with(byte_order_mark)) start_ = byte_order_mark.size();
  begun_ = true;
  ascii_ = is_ascii({buffer_.data() + start_, end_ - start_});
  buffer_[end_] = '\n';
  return true;
}

CsvReader::Source csv_text(std::string_view text) {
  return [text](char* to, std::size_t size) mutable {
    const std::size_t count = std::min(size, text.size());
    std::memcpy(to, text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

CsvReader::Source csv_file(const std::string& path) {
  const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* f) {
    if (f != nullptr) std::fclose(f);
  });
  if (!file) throw Unavailable("cannot open " + path + ": " + std::strerror(errno));
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return [file, path](char* to, std::size_t size) {
    const std::size_t count = std::fread(to, 1, size, file.get());
    if (std::ferror(file.get()) != 0) throw Unavailable("cannot read " + path + ": " + std::strerror(errno));
    return count;
  };
}

}  // namespace cairn::content
