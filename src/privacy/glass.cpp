// SPDX-License-Identifier: Apache-2.0
#include "privacy/glass.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace cairn::privacy {
namespace {

constexpr std::array<std::string_view, 3> emergencies{"life", "harm", "safeguarding"};
constexpr std::array<std::string_view, 2> findings{"right", "not_right"};
constexpr std::size_t shortest_reason = 30;
constexpr std::size_t longest_reason = 2000;

}  // namespace

std::string_view code(Emergency emergency) {
  return emergencies[static_cast<std::size_t>(emergency)];
}

std::optional<Emergency> emergency_from_code(std::string_view text) {
  const auto found = std::find(emergencies.begin(), emergencies.end(), text);
  if (found == emergencies.end()) return {};
  return static_cast<Emergency>(found - emergencies.begin());
}

Checked<NewBreak> check_break(const GlassForm& form) {
  std::vector<Problem> problems;
  const auto emergency = emergency_from_code(form.emergency);
  if (!emergency) problems.push_back({"emergency", "privacy.problem.no_emergency"});
  const auto reason = trimmed(form.reason);
  if (!is_utf8(reason) || characters(reason) < shortest_reason || characters(reason) > longest_reason)
    problems.push_back({"reason",
                        "privacy.problem.reason_length",
                        {{"least", std::to_string(shortest_reason)}, {"most", std::to_string(longest_reason)}}});
  if (!problems.empty()) return problems;
  return NewBreak{*emergency, std::string(reason)};
}

std::string_view code(Finding finding) {
  return findings[static_cast<std::size_t>(finding)];
}

std::optional<Finding> finding_from_code(std::string_view text) {
  const auto found = std::find(findings.begin(), findings.end(), text);
  if (found == findings.end()) return {};
  return static_cast<Finding>(found - findings.begin());
}

}  // namespace cairn::privacy
