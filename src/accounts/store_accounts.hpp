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
// Later names and passwords; the latest holds. A new password ends every session and forgets every device but, of the
// sessions, `but`. NotFound for an account that is not there.
void rename(db::Write& write, const Id<Account>& account, std::string_view display_name);
void set_password(db::Write& write, const Id<Account>& account, const std::string& kept_password,
                  const std::string& but = {});
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
// The same for an account that is known.
std::optional<SignInRecord> find_sign_in(db::Read& read, const Id<Account>& account);
// The keyed fingerprint an address is found by.
std::string fingerprint_of_email(const db::Keys& keys, std::string_view email);
// By that fingerprint.
std::optional<Account> find_account_by_fingerprint(db::Read& read, std::string_view fingerprint);

// Every account of the programme, by address.
std::vector<Account> accounts(db::Read& read, const Id<Programme>& programme);
std::int64_t accounts_count(db::Read& read);
std::optional<Account> find_account(db::Read& read, const Id<Account>& id);
std::optional<Account> find_account_by_email(db::Read& read, std::string_view email);

}  // namespace cairn::accounts
