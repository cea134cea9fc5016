// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_roles.hpp"

#include <algorithm>

#include "accounts/store_parts.hpp"
#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

void must_hold(db::Read& read, const Id<Account>& account, const std::string& holding) {
  const auto all = holdings(read, account);
  if (std::none_of(all.begin(), all.end(), [&](const Holding& one) { return one.id == holding; }))
    throw NotFound("a role of account " + account.text);
}

}  // namespace

std::vector<Holding> holdings(db::Read& read, const Id<Account>& account) {
  return read.list(R"sql(
    select role_held.id, role_held.role, role_held.reach_kind, role_held.reach_id, role_held.from_on, role_held.until_on,
           case when role_to_confirm.role_held_id is not null and role_confirmed.role_held_id is null then 1 else 0 end
    from role_held
      left join role_to_confirm
        on role_to_confirm.account_id = role_held.account_id and role_to_confirm.role_held_id = role_held.id
      left join role_confirmed
        on role_confirmed.account_id = role_held.account_id and role_confirmed.role_held_id = role_held.id
    where role_held.account_id = $1 and not exists (
      select 1 from role_ended
      where role_ended.account_id = role_held.account_id and role_ended.role_held_id = role_held.id)
    order by role_held.given_at, role_held.role, role_held.id
  )sql",
                   {account.text}, [](const db::Row& row) {
                     return Holding{row.string(0), held_role_in(row, 1), row.integer(6) != 0};
                   });
}

std::vector<HeldRole> roles_of(db::Read& read, const Id<Account>& account) {
  std::vector<HeldRole> roles;
  for (const auto& one : holdings(read, account))
    if (!one.to_confirm) roles.push_back(one.held);
  return roles;
}

std::vector<HeldRole> roles_in_force(db::Read& read, const Id<Account>& account, Date on) {
  auto roles = roles_of(read, account);
  std::erase_if(roles, [&](const HeldRole& held) { return !in_force(held, on); });
  return roles;
}

void give_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, const HeldRole& role,
               Counts counts) {
  must_be_of(write, programme, account);
  const auto id = ordered_id(write.now());
  write.run(R"sql(
    insert into role_held (account_id, id, role, reach_kind, reach_id, from_on, until_on, given_at, given_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  )sql",
            {account.text, id, name(role.role), role.reach.kind, role.reach.id, db::or_null(optional_iso(role.from)),
             db::or_null(optional_iso(role.until)), iso(write.now()), acted_by(write)});
  if (counts == Counts::once_confirmed)
    write.run(R"sql(
      insert into role_to_confirm (account_id, role_held_id) values ($1, $2)
    )sql",
              {account.text, id});
  end_sessions_of(write, account);
  write.about(account.text);
}

void confirm_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account,
                  const std::string& holding) {
  must_be_of(write, programme, account);
  must_hold(write, account, holding);
  write.run(R"sql(
    insert into role_confirmed (account_id, role_held_id, at, confirmed_by) values ($1, $2, $3, $4)
    on conflict (account_id, role_held_id) do nothing
  )sql",
            {account.text, holding, iso(write.now()), acted_by(write)});
  end_sessions_of(write, account);
  write.about(account.text);
}

void end_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account,
              const std::string& holding) {
  must_be_of(write, programme, account);
  must_hold(write, account, holding);
  write.run(R"sql(
    insert into role_ended (account_id, role_held_id, at, ended_by) values ($1, $2, $3, $4)
  )sql",
            {account.text, holding, iso(write.now()), acted_by(write)});
  end_sessions_of(write, account);
  write.about(account.text);
}

bool somebody_holds(db::Read& read, const Id<Programme>& programme, Role role) {
  const auto found = read.number(R"sql(
    select count(*) from role_held
      join account on account.id = role_held.account_id
    where account.programme_id = $1 and role_held.role = $2
      and not exists (select 1 from role_ended where role_ended.account_id = role_held.account_id
                                                 and role_ended.role_held_id = role_held.id)
      and (not exists (select 1 from role_to_confirm where role_to_confirm.account_id = role_held.account_id
                                                       and role_to_confirm.role_held_id = role_held.id)
           or exists (select 1 from role_confirmed where role_confirmed.account_id = role_held.account_id
                                                     and role_confirmed.role_held_id = role_held.id))
      and coalesce((select state from account_state where account_state.account_id = account.id
                    order by number desc limit 1), 'open') = 'open'
  )sql",
                                 {programme.text, name(role)});
  return found > 0;
}

}  // namespace cairn::accounts
