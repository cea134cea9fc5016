// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounts/model.hpp"
#include "accounts/password.hpp"
#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"

namespace cairn::accounts {

// Somebody who may sign in.
struct Account {
  Id<Account> id;
  Id<Programme> programme;
  std::string email;
  std::string display_name;
  bool open = true;             // closed accounts cannot sign in
  std::vector<HeldRole> roles;  // those not ended, whatever their days
};

struct AccountForm {
  std::string email;
  std::string display_name;  // may be empty: the address then stands in its place
  std::string password;
  std::vector<std::string> roles;  // names of roles; they reach the whole programme
};
struct NewAccount {
  std::string email;
  std::string display_name;
  NewPassword password;
  std::vector<HeldRole> roles;
};
// Refuses an odd address, a password that is too weak (`known` names are refused inside it), a name over 200
// characters, no role, and roles nobody signs in with: anyone, operator, respondents, applicant, person_supported.
Checked<NewAccount> check(const AccountForm& form, const std::vector<std::string>& known);

// False for anyone, operator, respondents, applicant and person_supported: roles without an account.
bool signs_in(Role role);
// What somebody is called: 1 to 200 characters on one line.
Checked<std::string> check_display_name(std::string_view typed);
// The words that a person's password must not hold, beside `known`: their name, and their address up to the @.
std::vector<std::string> words_of(const std::string& email, const std::string& display_name,
                                  std::vector<std::string> known);

// Commands may make administrators, who reach no content, and the first lead. Every other role is a lead's to give.
bool operator_may_give(const HeldRole& role, const std::vector<Account>& accounts);

// Whoever can do nothing but look after the machine has no Today.
bool is_administrator_only(const std::vector<HeldRole>& roles);

}  // namespace cairn::accounts
