// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_accounts.hpp"

#include <algorithm>

#include "accounts/store_devices.hpp"
#include "accounts/store_parts.hpp"
#include "accounts/store_roles.hpp"
#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::string_view email_purpose = "account.email";

db::Place place(std::string_view column, const std::string& account) {
  return {"account", column, account, account};
}

db::Place name_place(const std::string& id, const std::string& account) {
  return {"account_name", "display_name", id, account};
}

std::string peppered(const db::Keys& keys, std::string_view password) {
  return hex(blake2b(password, keys.derived("password")));
}

bool is_open(db::Read& read, const Id<Account>& account) {
  const auto state = read.find(R"sql(
    select state from account_state where account_id = $1 order by number desc
  )sql",
                               {account.text}, [](const db::Row& row) { return row.string(0); });
  return !state || *state == "open";
}

// Sealed values opened, roles and state still to be filled in.
Account account_from(const db::Keys& keys, const db::Row& row) {
  Account account;
  account.id = {row.string(0)};
  account.programme = {row.string(1)};
  account.email = keys.open(place("email", account.id.text), row.bytes(2));
  account.display_name = keys.open(place("display_name", account.id.text), row.bytes(3));
  return account;
}

void complete(db::Read& read, Account& account) {
  const auto later_name = read.find(R"sql(
    select id, display_name from account_name where account_id = $1 order by number desc
  )sql",
                                    {account.id.text}, [&](const db::Row& row) {
                                      return read.keys().open(name_place(row.string(0), account.id.text), row.bytes(1));
                                    });
  if (later_name) account.display_name = *later_name;
  account.roles = roles_of(read, account.id);
  account.open = is_open(read, account.id);
}

}  // namespace

std::string kept_password(const db::Keys& keys, const NewPassword& password) {
  return hash_password(peppered(keys, password.text));
}

bool matches(const db::Keys& keys, const std::optional<std::string>& kept, std::string_view typed) {
  const auto password = peppered(keys, typed);
  if (kept) return password_matches(*kept, password);
  waste_a_password_check(password);
  return false;
}

Id<Account> add(db::Write& write, const Id<Programme>& programme, const NewAccount& account,
                const std::string& kept_password) {
  const auto fingerprint = fingerprint_of_email(write.keys(), account.email);
  const auto taken = write.number(R"sql(
    select count(*) from account where email_fingerprint = $1
  )sql",
                                  {db::BytesView{fingerprint}});
  if (taken > 0) throw Conflict("the address has an account", "account.problem.email_taken");
  // Random, not ordered: the id must not tell when somebody joined.
  Id<Account> id{unordered_id()};
  const auto email = write.keys().seal(place("email", id.text), account.email);
  const auto display_name = write.keys().seal(place("display_name", id.text), account.display_name);
  write.run(R"sql(
    insert into account (id, programme_id, email, email_fingerprint, display_name, password_hash, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {id.text, programme.text, db::BytesView{email}, db::BytesView{fingerprint}, db::BytesView{display_name},
             kept_password, iso(write.now())});
  for (const auto& held : account.roles) give_role(write, programme, id, held);
  write.about(id.text);
  return id;
}

void rename(db::Write& write, const Id<Account>& account, std::string_view display_name) {
  const auto id = ordered_id(write.now());
  const auto sealed = write.keys().seal(name_place(id, account.text), display_name);
  write.run(R"sql(
    insert into account_name (id, account_id, number, display_name, at, given_by)
    select $1, $2, count(*) + 1, $3, $4, $5 from account_name where account_id = $2
  )sql",
            {id, account.text, db::BytesView{sealed}, iso(write.now()), acted_by(write)});
  write.about(account.text);
}

void set_password(db::Write& write, const Id<Account>& account, const std::string& kept_password,
                  const std::string& but) {
  write.run(R"sql(
    insert into account_password (account_id, number, password_hash, at, given_by)
    select $1, count(*) + 1, $2, $3, $4 from account_password where account_id = $1
  )sql",
            {account.text, kept_password, iso(write.now()), acted_by(write)});
  end_sessions_of(write, account, but);
  end_devices_of(write, account);
  write.about(account.text);
}

void set_state(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, AccountState state) {
  must_be_of(write, programme, account);
  write.run(
      R"sql(
    insert into account_state (account_id, number, state, at, given_by)
    select $1, count(*) + 1, $2, $3, $4 from account_state where account_id = $1
  )sql",
      {account.text, state == AccountState::open ? "open" : "closed", iso(write.now()), acted_by(write)});
  if (state == AccountState::closed) end_sessions_of(write, account);
  write.about(account.text);
}

std::optional<SignInRecord> find_sign_in(db::Read& read, std::string_view email) {
  const auto fingerprint = fingerprint_of_email(read.keys(), email);
  const auto id =
      read.find(R"sql(
    select id from account where email_fingerprint = $1
  )sql",
                {db::BytesView{fingerprint}}, [](const db::Row& row) { return Id<Account>{row.string(0)}; });
  return id ? find_sign_in(read, *id) : std::nullopt;
}

std::optional<SignInRecord> find_sign_in(db::Read& read, const Id<Account>& account) {
  auto found =
      read.find(R"sql(
    select id, coalesce((select password_hash from account_password where account_password.account_id = account.id
                         order by number desc limit 1), password_hash)
    from account where id = $1
  )sql",
                {account.text}, [](const db::Row& row) { return SignInRecord{{row.string(0)}, row.string(1), true}; });
  if (found) found->open = is_open(read, found->account);
  return found;
}

std::string fingerprint_of_email(const db::Keys& keys, std::string_view email) {
  return keys.fingerprint(email_purpose, email);
}

std::optional<Account> find_account_by_fingerprint(db::Read& read, std::string_view fingerprint) {
  const auto id =
      read.find(R"sql(
    select id from account where email_fingerprint = $1
  )sql",
                {db::BytesView{fingerprint}}, [](const db::Row& row) { return Id<Account>{row.string(0)}; });
  return id ? find_account(read, *id) : std::nullopt;
}

std::vector<Account> accounts(db::Read& read, const Id<Programme>& programme) {
  auto all = read.list(R"sql(
    select id, programme_id, email, display_name from account where programme_id = $1
  )sql",
                       {programme.text}, [&](const db::Row& row) { return account_from(read.keys(), row); });
  for (auto& account : all) complete(read, account);
  std::sort(all.begin(), all.end(), [](const Account& a, const Account& b) { return a.email < b.email; });
  return all;
}

std::int64_t accounts_count(db::Read& read) {
  return read.number(R"sql(
    select count(*) from account
  )sql",
                     {});
}

std::optional<Account> find_account(db::Read& read, const Id<Account>& id) {
  auto found = read.find(R"sql(
    select id, programme_id, email, display_name from account where id = $1
  )sql",
                         {id.text}, [&](const db::Row& row) { return account_from(read.keys(), row); });
  if (found) complete(read, *found);
  return found;
}

std::optional<Account> find_account_by_email(db::Read& read, std::string_view email) {
  const auto record = find_sign_in(read, email);
  return record ? find_account(read, record->account) : std::nullopt;
}

}  // namespace cairn::accounts
