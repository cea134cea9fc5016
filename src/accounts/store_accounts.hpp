// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// The hash a password is kept as: Argon2id over the password under a key of the key file, so that a copied database
// alone cannot be guessed at. About a tenth of a second of work and 64 MiB: never inside a transaction, never on a
// socket's thread.
std::string kept_password(const db::Keys& keys, const NewPassword& password);
// The same work whether it matches or not. `kept` is nothing for an account that does not exist: the answer is then no,
// as slowly.
bool matches(const db::Keys& keys, const std::optional<std::string>& kept, std::string_view typed);

// Throws Conflict ("account.problem.email_taken") where the address has an account already. The password was hashed
// before.
Id<Account> add(db::Write& write, const Id<Programme>& programme, const NewAccount& account,
                const std::string& kept_password);
// Throws NotFound for an account that is not of the programme.
void give_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, const HeldRole& role);
// Ends every holding of the role by the account, and its sessions: what they were allowed has changed. NotFound where
// it holds none.
void end_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, Role role);
// Closing ends its sessions at once.
enum class AccountState { open, closed };
void set_state(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, AccountState state);

// What signing in needs to know; `kept_password` never leaves the stage.
struct SignInRecord {
  Id<Account> account;
  std::string kept_password;
  bool open = true;
};
std::optional<SignInRecord> find_sign_in(db::Read& read, std::string_view email);

// Every account of the programme, by address.
std::vector<Account> accounts(db::Read& read, const Id<Programme>& programme);
std::int64_t accounts_count(db::Read& read);
std::optional<Account> find_account(db::Read& read, const Id<Account>& id);
std::optional<Account> find_account_by_email(db::Read& read, std::string_view email);

// The roles of an account that hold on a day, the first given first.
std::vector<HeldRole> roles_in_force(db::Read& read, const Id<Account>& account, Date on);

}  // namespace cairn::accounts
