// SPDX-License-Identifier: Apache-2.0
#include "web/multipart.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "web/form.hpp"

namespace cairn::web {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_part_header = 8 * 1024;

struct Disposition {
  std::string name;
  std::optional<std::string> file_name;
};

bool may_stand_in_a_boundary(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

// Browsers write a quotation mark inside a quoted value as %22 and line ends as %0D and %0A, and nothing else so.
std::string unescaped(std::string_view quoted) {
  std::string out;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    const auto three = lower(quoted.substr(i, 3));
    if (three == "%22" || three == "%0d" || three == "%0a") {
      out += three == "%22" ? '"' : ' ';
      i += 2;
    } else {
      out += quoted[i];
    }
  }
  return out;
}

std::string without_folders(const std::string& path) {
  const auto at = path.find_last_of("/\\");
  return at == std::string::npos ? path : path.substr(at + 1);
}

// ; key="value"; key="value" and nothing else.
std::optional<std::vector<std::pair<std::string, std::string>>> quoted_pairs(std::string_view rest) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!rest.empty()) {
    if (rest.front() != ';') return std::nullopt;
    rest = trimmed(rest.substr(1));
    const auto equals = rest.find("=\"");
    if (equals == std::string_view::npos) return std::nullopt;
    const auto close = rest.find('"', equals + 2);
    if (close == std::string_view::npos) return std::nullopt;
    pairs.emplace_back(lower(rest.substr(0, equals)), unescaped(rest.substr(equals + 2, close - equals - 2)));
    rest = trimmed(rest.substr(close + 1));
  }
  return pairs;
}

std::optional<Disposition> disposition(std::string_view value) {
  constexpr std::string_view kind = "form-data";
  if (!starts_with_ignoring_case(value, kind)) return std::nullopt;
  const auto pairs = quoted_pairs(trimmed(value.substr(kind.size())));
  if (!pairs) return std::nullopt;
  std::optional<std::string> name;
  Disposition found;
  for (const auto& [key, text] : *pairs) {
    if (!is_utf8(text)) return std::nullopt;
    if (key == "name" && !name) {
      name = text;
    } else if (key == "filename" && !found.file_name) {
      found.file_name = without_folders(text);
    } else {
      return std::nullopt;
    }
  }
  if (!name || name->empty()) return std::nullopt;
  found.name = *name;
  return found;
}

bool changes_nothing(std::string_view transfer_encoding) {
  const auto word = lower(transfer_encoding);
  return word == "binary" || word == "8bit" || word == "7bit";
}

std::optional<Disposition> read_part_header(std::string_view header) {
  std::optional<Disposition> found;
  while (!header.empty()) {
    const auto end = header.find(line_end);
    const auto line = header.substr(0, end);
    header = end == std::string_view::npos ? std::string_view() : header.substr(end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') {
      return std::nullopt;
    }
    const auto name = lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (found) return std::nullopt;
      found = disposition(value);
      if (!found) return std::nullopt;
    } else if (name == "content-transfer-encoding" && !changes_nothing(value)) {
      return std::nullopt;
    }
  }
  return found;
}

// Takes in one part; false where it is not as it should be.
bool add_part(std::string_view part, Parts& parts) {
  const auto blank = part.find("\r\n\r\n");
  if (blank == std::string_view::npos || blank > longest_part_header) return false;
  auto found = read_part_header(part.substr(0, blank));
  if (!found) return false;
  const auto content = part.substr(blank + 4);
  if (!found->file_name) {
    if (!is_utf8(content)) return false;
    parts.fields.add(std::move(found->name), std::string(content));
  } else if (!found->file_name->empty() || !content.empty()) {
    parts.uploads.push_back({std::move(found->name), std::move(*found->file_name), std::string(content)});
  }
  return parts.fields.all().size() + parts.uploads.size() <= most_fields;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  for (const auto part : split(content_type, ';')) {
    const auto pair = trimmed(part);
    if (!starts_with_ignoring_case(pair, "boundary=")) continue;
    auto value = pair.substr(9);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    const bool allowed = !value.empty() && value.size() <= 70 && value.back() != ' ' &&
                         std::all_of(value.begin(), value.end(), may_stand_in_a_boundary);
    return allowed ? std::optional(std::string(value)) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Parts> parts_of(std::string_view body, std::string_view boundary) {
  const auto mark = "\r\n--" + std::string(boundary);
  const auto first = std::string_view(mark).substr(2);
  if (boundary.empty() || !body.starts_with(first)) return std::nullopt;
  Parts parts;
  auto rest = body.substr(first.size());
  std::size_t seen = 0;
  while (true) {
    if (rest == "--" || rest == "--\r\n") return parts;
    if (!rest.starts_with(line_end) || ++seen > most_fields) return std::nullopt;
    rest.remove_prefix(line_end.size());
    const auto end = rest.find(mark);
    if (end == std::string_view::npos || !add_part(rest.substr(0, end), parts)) return std::nullopt;
    rest.remove_prefix(end + mark.size());
  }
}

}  // namespace cairn::web
