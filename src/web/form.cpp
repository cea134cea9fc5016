// SPDX-License-Identifier: Apache-2.0
#include "web/form.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.hpp"

namespace cairn::web {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

bool may_stand_in_a_segment(char c) {
  return c != '/' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
}

// The weight a media range carries, in thousandths; 1000 where none is said.
int weight(std::string_view range) {
  for (const auto part : split(range, ';')) {
    const auto word = trimmed(part);
    if (!starts_with_ignoring_case(word, "q=")) continue;
    return static_cast<int>(std::strtod(std::string(word.substr(2)).c_str(), nullptr) * 1000);
  }
  return 1000;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view raw, Plus plus) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '+' && plus == Plus::space) {
      out += ' ';
    } else if (raw[i] != '%') {
      out += raw[i];
    } else {
      if (i + 2 >= raw.size()) return std::nullopt;
      const int high = digit(raw[i + 1]);
      const int low = digit(raw[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

std::optional<std::string> decoded_path(std::string_view raw) {
  if (raw.empty() || raw.front() != '/') return std::nullopt;
  std::string path;
  for (const auto segment : split(raw.substr(1), '/')) {
    const auto plain = percent_decoded(segment, Plus::itself);
    if (!plain || *plain == "." || *plain == "..") return std::nullopt;
    if (!std::all_of(plain->begin(), plain->end(), may_stand_in_a_segment)) return std::nullopt;
    path += '/';
    path += *plain;
  }
  return path;
}

std::optional<Fields> fields_from_query(std::string_view raw) {
  Fields fields;
  if (raw.empty()) return fields;
  if (static_cast<std::size_t>(std::count(raw.begin(), raw.end(), '&')) >= most_fields) return std::nullopt;
  for (const auto pair : split(raw, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), Plus::space);
    auto value = percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), Plus::space);
    if (!name || !value) return std::nullopt;
    fields.add(std::move(*name), std::move(*value));
  }
  return fields;
}

bool prefers_json(std::string_view accept) {
  int json = 0;
  int page = 0;
  for (const auto range : split(accept, ',')) {
    const auto type = lower(trimmed(range.substr(0, range.find(';'))));
    if (type == "application/json") json = std::max(json, weight(range));
    if (type == "text/html" || type == "application/xhtml+xml") page = std::max(page, weight(range));
  }
  return json > page;
}

}  // namespace cairn::web
