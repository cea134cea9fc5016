// SPDX-License-Identifier: Apache-2.0
#include "web/request.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace cairn::web {
namespace {

constexpr std::size_t longest_id = 64;

bool may_stand_in_an_id(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

}  // namespace

std::optional<std::string> Fields::find(std::string_view name) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& field) { return field.first == name; });
  if (found == all_.end()) return std::nullopt;
  return found->second;
}

std::string Fields::value(std::string_view name) const {
  const auto found = find(name);
  return found ? std::string(trimmed(*found)) : std::string();
}

std::vector<std::string> Fields::values(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& field : all_) {
    if (field.first == name) found.push_back(field.second);
  }
  return found;
}

const std::string& Request::checked_parameter(std::string_view parameter) const {
  const auto found = parameters.find(parameter);
  if (found == parameters.end()) throw std::logic_error("the route has no parameter " + std::string(parameter));
  const auto& value = found->second;
  const bool an_id =
      !value.empty() && value.size() <= longest_id && std::all_of(value.begin(), value.end(), may_stand_in_an_id);
  if (!an_id) throw NotFound("a parameter of the path that cannot be an id");
  return value;
}

std::string Request::checked_once() const {
  static constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const auto fits = [](char c, char place) {
    return place == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  };
  auto value = form.value("_once");
  if (!value.empty() && !std::equal(value.begin(), value.end(), shape.begin(), shape.end(), fits))
    throw Conflict("_once is no id");
  return value;
}

}  // namespace cairn::web
