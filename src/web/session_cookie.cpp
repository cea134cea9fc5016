// SPDX-License-Identifier: Apache-2.0
#include "web/session_cookie.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cairn::web {
namespace {

bool may_be_a_token(std::string_view value) {
  return !value.empty() && value.size() <= 128 && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::string session_token(std::string_view cookie_header) {
  return cookie_value(cookie_header, session_cookie_name);
}

std::string cookie_value(std::string_view cookie_header, std::string_view name) {
  std::string token;
  for (const auto part : split(cookie_header, ';')) {
    const auto pair = trimmed(part);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    const auto value = pair.substr(equals + 1);
    if (!may_be_a_token(value) || (!token.empty() && token != value)) return "";
    token = value;
  }
  return token;
}

}  // namespace cairn::web
