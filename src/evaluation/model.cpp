// SPDX-License-Identifier: Apache-2.0
#include "evaluation/model.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace cairn::evaluation {
namespace {

constexpr std::size_t longest_study_name = 120;
constexpr std::size_t longest_feedback = 2000;

constexpr std::array<std::string_view, 5> purpose_codes{"persuade", "set_up", "train", "job_description", "show_value"};
constexpr std::array<std::string_view, 4> useful_codes{"yes", "partly", "no", "not_now"};

template <class Enum, std::size_t count>
std::optional<Enum> with_code(const std::array<std::string_view, count>& codes, std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  if (found == codes.end()) return std::nullopt;
  return static_cast<Enum>(found - codes.begin());
}

bool covers(const HeldRole& held, const Id<Study>& study) {
  return held.reach.kind == "programme" || (held.reach.kind == "study" && held.reach.id == study.text);
}

}  // namespace

bool reaches(const Actor& actor, const Id<Study>& study) {
  return std::any_of(actor.roles.begin(), actor.roles.end(), [&](const HeldRole& held) { return covers(held, study); });
}

std::vector<Reach> lies_in(const Id<Study>& study) {
  return {Reach{}, Reach{"study", study.text}};
}

Checked<std::string> check_study_name(std::string_view typed, const std::vector<std::string>& taken) {
  const auto name = trimmed(typed);
  if (name.empty()) return std::vector<Problem>{{"name", "evaluation.problem.name_missing"}};
  if (!is_utf8(name)) return std::vector<Problem>{{"name", "evaluation.problem.not_text"}};
  if (characters(name) > longest_study_name) return std::vector<Problem>{{"name", "evaluation.problem.name_long"}};
  for (const auto& other : taken)
    if (lower(other) == lower(name))
      return std::vector<Problem>{{"name", "evaluation.problem.name_taken", {{"name", other}}}};
  return std::string(name);
}

std::string_view code(Purpose purpose) {
  return purpose_codes[static_cast<std::size_t>(purpose)];
}
std::optional<Purpose> purpose_from_code(std::string_view code) {
  return with_code<Purpose>(purpose_codes, code);
}

Subject everyone() {
  return {};
}
Subject site(std::string name) {
  return {instruments::Axis::site, std::move(name)};
}

std::string_view code(Useful answer) {
  return useful_codes[static_cast<std::size_t>(answer)];
}
std::optional<Useful> useful_from_code(std::string_view code) {
  return with_code<Useful>(useful_codes, code);
}

Checked<NewFeedback> check_feedback(std::string_view useful, std::string_view words) {
  std::vector<Problem> problems;
  const auto answer = useful_from_code(useful);
  if (!answer) problems.push_back({"useful", "evaluation.problem.useful_missing"});
  const auto said = trimmed(words);
  if (!is_utf8(said))
    problems.push_back({"words", "evaluation.problem.not_text"});
  else if (characters(said) > longest_feedback)
    problems.push_back({"words", "evaluation.problem.words_long"});
  if (!problems.empty()) return problems;
  return NewFeedback{*answer, std::string(said)};
}

}  // namespace cairn::evaluation
