// SPDX-License-Identifier: Apache-2.0
#include "privacy/help.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace cairn::privacy {
namespace {

constexpr std::size_t most_contacts = 20;
constexpr std::size_t longest_contact = 200;

}  // namespace

Checked<std::vector<std::string>> check_contacts(std::string_view typed) {
  if (!is_utf8(typed)) return std::vector<Problem>{{"contacts", "help.problem.not_text"}};
  auto contacts = contacts_of(typed);
  std::vector<Problem> problems;
  if (contacts.size() > most_contacts)
    problems.push_back({"contacts", "help.problem.too_many", {{"most", std::to_string(most_contacts)}}});
  if (std::ranges::any_of(contacts, [](const std::string& one) { return characters(one) > longest_contact; }))
    problems.push_back({"contacts", "help.problem.too_long", {{"most", std::to_string(longest_contact)}}});
  if (!problems.empty()) return problems;
  return contacts;
}

std::vector<std::string> contacts_of(std::string_view kept) {
  std::vector<std::string> contacts;
  for (const auto line : split(kept, '\n'))
    if (const auto words = trimmed(line); !words.empty()) contacts.emplace_back(words);
  return contacts;
}

std::string as_text(const std::vector<std::string>& contacts) {
  std::string text;
  for (const auto& one : contacts) text += (text.empty() ? "" : "\n") + one;
  return text;
}

std::string address_of(const HelpLine& line) {
  std::string address = line.text.empty() ? "tel:" : "sms:";
  for (const char c : line.dial)
    if (c != ' ') address += c;
  return address;
}

void LastContacts::remember(std::vector<std::string> contacts) {
  const std::lock_guard lock(mutex_);
  contacts_ = std::move(contacts);
}

std::vector<std::string> LastContacts::remembered() const {
  const std::lock_guard lock(mutex_);
  return contacts_;
}

}  // namespace cairn::privacy
