// SPDX-License-Identifier: Apache-2.0
#include "instruments/participants.hpp"

#include <algorithm>
#include <iterator>

#include "accounts/password.hpp"
#include "base/text.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments {
namespace {

using Groups = std::vector<std::pair<std::string, std::string>>;

template <class Values>
bool has(const Values& values, std::string_view value) {
  return std::find(std::begin(values), std::end(values), value) != std::end(values);
}

bool on_one_line(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; });
}

std::optional<std::string> fault_of_name(std::string_view name) {
  if (name.empty()) return "instruments.participant.no_name";
  if (!on_one_line(name)) return "instruments.participant.odd_name";
  if (characters(name) > longest_participant_name) return "instruments.participant.long_name";
  return {};
}

std::string group_called(std::string_view words, const Groups& groups) {
  for (const auto& [code, word] : groups)
    if (lower(trimmed(words)) == lower(word) || lower(trimmed(words)) == code) return code;
  return "";
}

// The cells of a line: between tabs where it has any, as a spreadsheet gives them, else between commas.
std::vector<std::string_view> cells(std::string_view line) {
  auto parts = split(line, line.find('\t') == std::string_view::npos ? ',' : '\t');
  for (auto& part : parts) part = trimmed(part);
  while (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

Problem about_line(std::string key, std::size_t number, std::string_view said) {
  return {"lines", std::move(key), {{"line", std::to_string(number)}, {"said", std::string(said)}}};
}

// "Marsh, Robin, robin@example.org, colleague": the last cell is the group, the one before it the address where it
// looks like one or is empty, and what is left is the name.
std::optional<NewParticipant> read_line(std::string_view line, std::size_t number, const Groups& groups,
                                        std::vector<Problem>& problems) {
  auto parts = cells(line);
  NewParticipant read;
  read.stakeholder = group_called(parts.back(), groups);
  if (parts.size() < 2 || read.stakeholder.empty()) {
    problems.push_back(about_line("instruments.participant.line_group", number, is_utf8(line) ? trimmed(line) : ""));
    return {};
  }
  parts.pop_back();
  if (parts.back().find('@') != std::string_view::npos || (parts.size() > 1 && parts.back().empty())) {
    if (!parts.back().empty()) {
      const auto address = accounts::check_email(parts.back());
      if (!address) problems.push_back(about_line("instruments.participant.line_email", number, parts.back()));
      if (address) read.email = *address;
    }
    parts.pop_back();
  }
  for (const auto part : parts) read.name += (read.name.empty() ? "" : ", ") + std::string(part);
  if (fault_of_name(read.name)) problems.push_back(about_line("instruments.participant.line_name", number, ""));
  return read;
}

bool there_already(const std::vector<NewParticipant>& all, const NewParticipant& one) {
  return std::any_of(all.begin(), all.end(), [&](const NewParticipant& other) {
    return one.email.empty() ? one == other : one.email == other.email;
  });
}

}  // namespace

Checked<NewParticipant> check_participant(const ParticipantForm& form, const std::vector<std::string>& services) {
  std::vector<Problem> problems;
  NewParticipant made{std::string(trimmed(form.name)), "", form.stakeholder, form.service_id};
  if (const auto fault = fault_of_name(made.name))
    problems.push_back({"name", *fault, {{"most", std::to_string(longest_participant_name)}}});
  if (!trimmed(form.email).empty()) {
    const auto address = accounts::check_email(form.email);
    if (!address) problems.insert(problems.end(), address.problems().begin(), address.problems().end());
    if (address) made.email = *address;
  }
  if (!has(known_groups(Axis::stakeholder), made.stakeholder))
    problems.push_back({"stakeholder", "instruments.participant.no_group"});
  if (!has(services, made.service_id)) problems.push_back({"service", "instruments.participant.no_service"});
  if (!problems.empty()) return problems;
  return made;
}

Checked<std::vector<NewParticipant>> check_participants(std::string_view lines, std::string_view service_id,
                                                        const Groups& groups) {
  std::vector<Problem> problems;
  std::vector<NewParticipant> all;
  std::size_t number = 0;
  for (const auto line : split(lines, '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    auto read = read_line(line, number, groups, problems);
    if (!read) continue;
    read->service_id = service_id;
    if (!there_already(all, *read)) all.push_back(std::move(*read));
  }
  if (all.empty() && problems.empty()) problems.push_back({"lines", "instruments.participant.no_lines"});
  if (all.size() + problems.size() > most_lines)
    problems = {{"lines", "instruments.participant.many_lines", {{"most", std::to_string(most_lines)}}}};
  if (!problems.empty()) return problems;
  return all;
}

Checked<std::string> check_end(std::string_view why) {
  if (!has(reasons_to_end, why)) return std::vector{Problem{"why", "instruments.participant.no_why"}};
  return std::string(why);
}

}  // namespace cairn::instruments
