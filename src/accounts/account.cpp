// SPDX-License-Identifier: Apache-2.0
#include "accounts/account.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t longest_name = 200;

}  // namespace

bool signs_in(Role role) {
  switch (role) {
    case Role::anyone:
    case Role::operator_:
    case Role::respondents:
    case Role::applicant:
    case Role::person_supported:
      return false;
    default:
      return true;
  }
}

Checked<std::string> check_display_name(std::string_view typed) {
  const std::string name(trimmed(typed));
  if (name.empty()) return std::vector{Problem{"display_name", "account.problem.no_name"}};
  const bool one_line =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (!one_line || !is_utf8(name) || characters(name) > longest_name)
    return std::vector{Problem{"display_name", "account.problem.name"}};
  return name;
}

std::vector<std::string> words_of(const std::string& email, const std::string& display_name,
                                  std::vector<std::string> known) {
  known.emplace_back("cairn");
  known.push_back(display_name);
  known.push_back(email.substr(0, email.find('@')));
  return known;
}

Checked<NewAccount> check(const AccountForm& form, const std::vector<std::string>& known) {
  std::vector<Problem> problems;
  const auto email = check_email(form.email);
  if (!email) problems.insert(problems.end(), email.problems().begin(), email.problems().end());
  std::string name(trimmed(form.display_name));
  if (name.empty() && email) name = *email;
  if (!name.empty())
    if (const auto checked = check_display_name(name); !checked)
      problems.insert(problems.end(), checked.problems().begin(), checked.problems().end());
  const auto password = check_password(form.password, words_of(email ? *email : "", name, known));
  if (!password) problems.insert(problems.end(), password.problems().begin(), password.problems().end());

  std::vector<HeldRole> roles;
  for (const auto& code : form.roles) {
    const auto role = role_from_name(code);
    if (!role || !signs_in(*role))
      problems.push_back({"roles", "account.problem.role", {{"role", code}}});
    else
      roles.push_back({*role, {}, {}, {}});
  }
  if (form.roles.empty()) problems.push_back({"roles", "account.problem.no_role"});
  if (!problems.empty()) return problems;
  return NewAccount{*email, name, *password, roles};
}

bool operator_may_give(const HeldRole& role, const std::vector<Account>& accounts) {
  if (role.role == Role::administrator) return true;
  return role.role == Role::lead && std::none_of(accounts.begin(), accounts.end(), [](const Account& account) {
           return account.open && std::any_of(account.roles.begin(), account.roles.end(),
                                              [](const HeldRole& held) { return held.role == Role::lead; });
         });
}

bool is_administrator_only(const std::vector<HeldRole>& roles) {
  return !roles.empty() &&
         std::all_of(roles.begin(), roles.end(), [](const HeldRole& held) { return held.role == Role::administrator; });
}

}  // namespace cairn::accounts
