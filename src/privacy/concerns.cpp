// SPDX-License-Identifier: Apache-2.0
#include "privacy/concerns.hpp"

#include <algorithm>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::privacy {
namespace {

constexpr std::size_t longest_words = 4000;
constexpr std::size_t longest_contact = 300;
constexpr std::size_t signs_of_reference = 8;

void check_text(std::vector<Problem>& problems, const std::string& field, std::string_view text, std::size_t longest) {
  if (!is_utf8(text))
    problems.push_back({field, "concern.problem.not_text"});
  else if (characters(text) > longest)
    problems.push_back({field, "concern.problem.too_long", {{"most", std::to_string(longest)}}});
}

}  // namespace

std::string_view code(Urgency urgency) {
  switch (urgency) {
    case Urgency::now:
      return "now";
    case Urgency::today:
      return "today";
    case Urgency::soon:
      break;
  }
  return "soon";
}

std::optional<Urgency> urgency_from(std::string_view text) {
  for (const auto urgency : all_urgencies)
    if (code(urgency) == text) return urgency;
  return {};
}

Checked<NewConcern> check_concern(const ConcernForm& form) {
  std::vector<Problem> problems;
  const auto words = trimmed(form.words);
  const auto contact = trimmed(form.contact);
  if (words.empty())
    problems.push_back({"words", "concern.problem.words_missing"});
  else
    check_text(problems, "words", words, longest_words);
  const auto urgency = urgency_from(form.urgency);
  if (!urgency) problems.push_back({"urgency", "concern.problem.urgency_missing"});
  check_text(problems, "contact", contact, longest_contact);
  if (!problems.empty()) return problems;
  return NewConcern{std::string(words), *urgency, std::string(contact)};
}

Checked<std::string> check_concern_note(std::string_view typed) {
  std::vector<Problem> problems;
  const auto words = trimmed(typed);
  if (words.empty())
    problems.push_back({"words", "concern.problem.note_missing"});
  else
    check_text(problems, "words", words, longest_words);
  if (!problems.empty()) return problems;
  return std::string(words);
}

std::string reference_of(const Id<Concern>& id) {
  std::string signs;
  for (const char c : id.text)
    if (c != '-') signs += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  if (signs.size() > signs_of_reference) signs.erase(0, signs.size() - signs_of_reference);
  if (signs.size() == signs_of_reference) signs.insert(signs_of_reference / 2, 1, '-');
  return signs;
}

std::string payload_of(const TellingAgain& telling) {
  return std::to_string(telling.minutes) + ' ' + telling.programme_id + ' ' + telling.concern.text;
}

TellingAgain telling_again_from(std::string_view payload) {
  const auto parts = split(payload, ' ');
  const auto minutes = parts.size() == 3 ? whole_number(parts[0]) : std::nullopt;
  if (!minutes || std::ranges::find(told_again_after, *minutes) == told_again_after.end())
    throw Corrupt("a payload that tells of no concern");
  return {{std::string(parts[2])}, std::string(parts[1]), static_cast<int>(*minutes)};
}

}  // namespace cairn::privacy
