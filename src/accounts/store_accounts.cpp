// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_accounts.hpp"

#include <algorithm>

#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::string_view email_purpose = "account.email";

db::Place place(std::string_view column, const std::string& account) {
  return {"account", column, account, account};
}

std::string peppered(const db::Keys& keys, std::string_view password) {
  return hex(blake2b(password, keys.derived("password")));
}

std::string actor_name(const Actor& actor) {
  if (actor.signed_in()) return actor.account_id;
  return actor.roles.empty() ? "" : std::string(name(actor.roles.front().role));
}

std::optional<Date> optional_date(const db::Row& row, int column) {
  const auto text = row.optional_text(column);
  if (!text) return {};
  const auto date = date_from_iso(*text);
  if (!date) throw Corrupt("role_held holds a day that is none");
  return date;
}

std::optional<std::string> optional_iso(const std::optional<Date>& date) {
  return date ? std::optional(iso(*date)) : std::nullopt;
}

std::vector<HeldRole> roles_not_ended(db::Read& read, const Id<Account>& account) {
  return read.list(R"sql(
    select role, reach_kind, reach_id, from_on, until_on from role_held
    where account_id = $1 and not exists (
      select 1 from role_ended
      where role_ended.account_id = role_held.account_id and role_ended.role_held_id = role_held.id)
    order by given_at, role, id
  )sql",
                   {account.text}, [](const db::Row& row) {
                     const auto role = role_from_name(row.text(0));
                     if (!role) throw Corrupt("role_held holds an unknown role");
                     return HeldRole{
                         *role, {row.string(1), row.string(2)}, optional_date(row, 3), optional_date(row, 4)};
                   });
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
  account.roles = roles_not_ended(read, account.id);
  account.open = is_open(read, account.id);
}

void must_be_of(db::Read& read, const Id<Programme>& programme, const Id<Account>& account) {
  const auto found = read.number(R"sql(
    select count(*) from account where id = $1 and programme_id = $2
  )sql",
                                 {account.text, programme.text});
  if (found == 0) throw NotFound("account " + account.text);
}

void insert_role(db::Write& write, const std::string& account, const HeldRole& held) {
  write.run(R"sql(
    insert into role_held (account_id, id, role, reach_kind, reach_id, from_on, until_on, given_at, given_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  )sql",
            {account, ordered_id(write.now()), name(held.role), held.reach.kind, held.reach.id,
             db::or_null(optional_iso(held.from)), db::or_null(optional_iso(held.until)), iso(write.now()),
             actor_name(write.actor())});
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
  const auto fingerprint = write.keys().fingerprint(email_purpose, account.email);
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
  for (const auto& held : account.roles) insert_role(write, id.text, held);
  write.about(id.text);
  return id;
}

void give_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, const HeldRole& role) {
  must_be_of(write, programme, account);
  insert_role(write, account.text, role);
  end_sessions_of(write, account);
  write.about(account.text);
}

void end_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, Role role) {
  must_be_of(write, programme, account);
  const auto ended = write.run(R"sql(
    insert into role_ended (account_id, role_held_id, at, ended_by)
    select account_id, id, $3, $4 from role_held
    where account_id = $1 and role = $2 and not exists (
      select 1 from role_ended
      where role_ended.account_id = role_held.account_id and role_ended.role_held_id = role_held.id)
  )sql",
                               {account.text, name(role), iso(write.now()), actor_name(write.actor())});
  if (ended == 0) throw NotFound("a role of account " + account.text);
  end_sessions_of(write, account);
  write.about(account.text);
}

void set_state(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, AccountState state) {
  must_be_of(write, programme, account);
  write.run(
      R"sql(
    insert into account_state (account_id, number, state, at, given_by)
    select $1, count(*) + 1, $2, $3, $4 from account_state where account_id = $1
  )sql",
      {account.text, state == AccountState::open ? "open" : "closed", iso(write.now()), actor_name(write.actor())});
  if (state == AccountState::closed) end_sessions_of(write, account);
  write.about(account.text);
}

std::optional<SignInRecord> find_sign_in(db::Read& read, std::string_view email) {
  const auto fingerprint = read.keys().fingerprint(email_purpose, email);
  auto found = read.find(R"sql(
    select id, password_hash from account where email_fingerprint = $1
  )sql",
                         {db::BytesView{fingerprint}},
                         [](const db::Row& row) { return SignInRecord{{row.string(0)}, row.string(1), true}; });
  if (found) found->open = is_open(read, found->account);
  return found;
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

std::vector<HeldRole> roles_in_force(db::Read& read, const Id<Account>& account, Date on) {
  auto roles = roles_not_ended(read, account);
  std::erase_if(roles, [&](const HeldRole& held) { return !in_force(held, on); });
  return roles;
}

}  // namespace cairn::accounts
