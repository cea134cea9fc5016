// SPDX-License-Identifier: Apache-2.0
#include "agenda/model.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"

namespace cairn::agenda {
namespace {

constexpr std::size_t longest_words = 500;
constexpr std::size_t longest_owner = 100;
constexpr int farthest_days = 3 * 366;
constexpr std::int64_t day_seconds = 24 * 60 * 60;

void check_text(std::vector<Problem>& problems, const std::string& field, std::string_view text, std::size_t longest) {
  if (text.empty())
    problems.push_back({field, "agenda.problem." + field + "_missing"});
  else if (!is_utf8(text))
    problems.push_back({field, "agenda.problem.not_text"});
  else if (characters(text) > longest)
    problems.push_back({field, "agenda.problem.too_long", {{"most", std::to_string(longest)}}});
}

bool due_first(const OpenLoop& one, const OpenLoop& other) {
  // A loop without a day comes after those with one: nobody promised when.
  const auto order = [](const OpenLoop& loop) {
    return std::tuple(!loop.due_on.has_value(), loop.due_on.value_or(Date{}), loop.since);
  };
  return order(one) < order(other);
}

}  // namespace

Checked<NewStep> check_step(const StepForm& form, const About& about, Date today) {
  std::vector<Problem> problems;
  const auto words = trimmed(form.words);
  const auto owner = trimmed(form.owner);
  check_text(problems, "words", words, longest_words);
  check_text(problems, "owner", owner, longest_owner);
  if (form.no_date)
    problems.push_back({"due", "agenda.problem.due_missing"});
  else if (!form.due_on)
    problems.push_back({"due", "agenda.problem.due_wrong"});
  else if (*form.due_on < today)
    problems.push_back({"due", "agenda.problem.due_past"});
  else if (days_between(today, *form.due_on) > farthest_days)
    problems.push_back({"due", "agenda.problem.due_far"});
  if (!problems.empty()) return problems;
  return NewStep{about, form.item, std::string(words), std::string(owner), *form.due_on};
}

bool can_be_put_back(const NextStep& step, Moment now) {
  return step.removed_at && now <= later(*step.removed_at, days_to_put_back * day_seconds);
}

Waiting sorted_for(const Actor& actor, std::string_view display_name, std::vector<OpenLoop> loops) {
  std::stable_sort(loops.begin(), loops.end(), due_first);
  Waiting waiting;
  for (auto& loop : loops) {
    const bool named = loop.owner.empty() || lower(trimmed(loop.owner)) == lower(trimmed(display_name));
    const bool can = may_close(actor, loop);
    if (named && can)
      waiting.yours.push_back(std::move(loop));
    else
      waiting.theirs.push_back({std::move(loop), can});
  }
  return waiting;
}

bool may_close(const Actor& actor, const OpenLoop& loop) {
  return std::any_of(loop.whose_turn.begin(), loop.whose_turn.end(), [&](Role role) { return actor.has(role); });
}

std::string_view part_of_day(int hour) {
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

}  // namespace cairn::agenda
