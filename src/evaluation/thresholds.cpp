// SPDX-License-Identifier: Apache-2.0
#include "evaluation/thresholds.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "base/text.hpp"

namespace cairn::evaluation {
namespace {

struct Named {
  std::string_view id;
  std::int64_t Thresholds::* value;
};
constexpr std::array<Named, 4> named{{{"low_presence", &Thresholds::low_presence},
                                      {"high_presence", &Thresholds::high_presence},
                                      {"high_importance", &Thresholds::high_importance},
                                      {"disagreement", &Thresholds::disagreement}}};

const Named& with_id(std::string_view id) {
  for (const auto& known : named)
    if (known.id == id) return known;
  throw std::out_of_range("no threshold of the id " + std::string(id));
}

// "50" or "3.5" as a whole number of the unit; nothing where it is neither.
std::optional<std::int64_t> typed_value(std::string_view unit, std::string_view typed) {
  auto text = std::string(trimmed(typed));
  if (unit == "percent") {
    if (text.ends_with('%')) text.pop_back();
    return whole_number(trimmed(text));
  }
  std::replace(text.begin(), text.end(), ',', '.');
  const auto point = text.find('.');
  const auto whole = whole_number(std::string_view(text).substr(0, point));
  if (!whole || *whole < 0 || *whole > 100) return std::nullopt;
  if (point == std::string::npos) return *whole * 10;
  const auto part = text.substr(point + 1);
  if (part.size() != 1 || part[0] < '0' || part[0] > '9') return std::nullopt;
  return *whole * 10 + (part[0] - '0');
}

}  // namespace

bool is_threshold(std::string_view id) {
  return std::any_of(named.begin(), named.end(), [&](const Named& known) { return known.id == id; });
}

Thresholds standard(const std::vector<Setting>& settings) {
  Thresholds thresholds;
  for (const auto& setting : settings) set(thresholds, setting.id, setting.standard);
  return thresholds;
}

std::int64_t value_of(const Thresholds& thresholds, std::string_view id) {
  return thresholds.*(with_id(id).value);
}

void set(Thresholds& thresholds, std::string_view id, std::int64_t value) {
  thresholds.*(with_id(id).value) = value;
}

Checked<NewThreshold> check_threshold(const std::vector<Setting>& settings, std::string_view id, std::string_view typed,
                                      std::string_view reason) {
  const auto known = std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.id == id; });
  if (known == settings.end()) return std::vector<Problem>{{"threshold", "evaluation.problem.threshold_unknown"}};
  std::vector<Problem> problems;
  const auto value = typed_value(known->unit, typed);
  if (!value || *value < known->least || *value > known->most)
    problems.push_back({"value",
                        "evaluation.problem.threshold_range",
                        {{"least", shown(known->unit, known->least)}, {"most", shown(known->unit, known->most)}}});
  const auto why = trimmed(reason);
  if (why.empty())
    problems.push_back({"reason", "evaluation.problem.reason_missing"});
  else if (!is_utf8(why) || characters(why) > 500)
    problems.push_back({"reason", "evaluation.problem.reason_long"});
  if (!problems.empty()) return problems;
  return NewThreshold{std::string(id), *value, std::string(why)};
}

std::string shown(std::string_view unit, std::int64_t value) {
  return unit == "percent" ? std::to_string(value) + " %" : tenths(value);
}

std::string tenths(std::int64_t value) {
  const auto size = value < 0 ? -value : value;
  return (value < 0 ? "-" : "") + std::to_string(size / 10) + "." + std::to_string(size % 10);
}

}  // namespace cairn::evaluation
