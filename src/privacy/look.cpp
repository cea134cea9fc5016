// SPDX-License-Identifier: Apache-2.0
#include "privacy/look.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace cairn::privacy {
namespace {

constexpr std::array<std::string_view, 7> surfaces{"page", "json", "list", "search", "export", "print", "command"};
constexpr std::size_t longest_words = 2000;

bool is_working_day(Date day) {
  return weekday(day) != 0 && weekday(day) != 6;
}

std::optional<Problem> problem_of(std::string_view words, const std::string& field) {
  if (words.empty()) return Problem{field, "privacy.problem.no_words"};
  if (!is_utf8(words) || characters(words) > longest_words)
    return Problem{field, "privacy.problem.words_length", {{"most", std::to_string(longest_words)}}};
  return {};
}

}  // namespace

std::string_view code(Surface surface) {
  return surfaces[static_cast<std::size_t>(surface)];
}

std::optional<Surface> surface_from_code(std::string_view text) {
  const auto found = std::find(surfaces.begin(), surfaces.end(), text);
  if (found == surfaces.end()) return {};
  return static_cast<Surface>(found - surfaces.begin());
}

Date working_days_after(Date day, int days) {
  while (days > 0) {
    day = days_after(day, 1);
    if (is_working_day(day)) --days;
  }
  return day;
}

Checked<std::string> check_words(std::string_view typed) {
  const auto words = trimmed(typed);
  if (const auto problem = problem_of(words, "words")) return std::vector<Problem>{*problem};
  return std::string(words);
}

Checked<NewDeferral> check_deferral(const DeferralForm& form, Date looked_on, Date today) {
  std::vector<Problem> problems;
  const auto until = date_from_iso(form.until);
  if (!until) {
    problems.push_back({"until", "privacy.problem.no_day"});
  } else if (*until < today) {
    problems.push_back({"until", "privacy.problem.day_past"});
  } else if (*until > days_after(looked_on, most_days_held_back)) {
    problems.push_back({"until", "privacy.problem.too_long", {{"days", std::to_string(most_days_held_back)}}});
  }
  const auto reason = trimmed(form.reason);
  if (const auto problem = problem_of(reason, "reason")) problems.push_back(*problem);
  if (!problems.empty()) return problems;
  return NewDeferral{*until, std::string(reason)};
}

}  // namespace cairn::privacy
