// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_sessions.hpp"

#include <algorithm>

#include "accounts/store_accounts.hpp"
#include "accounts/store_parts.hpp"
#include "accounts/store_roles.hpp"
#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

struct Found {
  Session session;
  Moment made_at;
  std::string zone;
  bool open = true;  // the account
};

// Of a session without an end.
enum class Life { on, over, in_the_future };

Life life(Moment made_at, Moment seen_at, const std::vector<HeldRole>& roles, Moment now) {
  if (later(made_at, absolute_seconds) < now || later(seen_at, idle_seconds_of(roles)) < now) return Life::over;
  return later(now, clocks_differ_by) < std::max(made_at, seen_at) ? Life::in_the_future : Life::on;
}

Life life_of(const Found& found, Moment now) {
  return life(found.made_at, found.session.seen_at, found.session.roles, now);
}

std::optional<Found> session_of(db::Read& read, std::string_view token) {
  const auto hash = sha256(token);
  return read.find(R"sql(
    select session.id, session.account_id, session.forgery_token, session.made_at, session.seen_at,
           account.programme_id, programme.zone,
           coalesce((select max(at) from session_proved where session_proved.session_id = session.id), session.made_at)
    from session
      join account on account.id = session.account_id
      join programme on programme.id = account.programme_id
    where session.token_hash = $1
      and not exists (select 1 from session_ended where session_ended.session_id = session.id)
  )sql",
                   {db::BytesView{hash}}, [](const db::Row& row) {
                     Found found;
                     found.session.id = row.string(0);
                     found.session.account = {row.string(1)};
                     found.session.forgery_token = row.string(2);
                     found.made_at = moment_in(row, 3);
                     found.session.seen_at = moment_in(row, 4);
                     found.session.programme = {row.string(5)};
                     found.zone = row.string(6);
                     found.session.proved_at = moment_in(row, 7);
                     return found;
                   });
}

// With the name, and the roles in force at `now`.
std::optional<Found> whole_session(db::Read& read, std::string_view token, Moment now) {
  if (token.empty()) return {};
  auto found = session_of(read, token);
  if (!found) return {};
  const auto account = find_account(read, found->session.account);
  if (!account) return {};
  auto& session = found->session;
  session.roles = account->roles;
  std::erase_if(session.roles,
                [today = date_in_zone(now, found->zone)](const HeldRole& held) { return !in_force(held, today); });
  session.display_name = account->display_name;
  found->open = account->open;
  return found;
}

std::string zone_of(db::Read& read, const Id<Account>& account) {
  const auto zone = read.find(R"sql(
    select programme.zone from account join programme on programme.id = account.programme_id where account.id = $1
  )sql",
                              {account.text}, [](const db::Row& row) { return row.string(0); });
  if (!zone) throw NotFound("account " + account.text);
  return *zone;
}

}  // namespace

OpenedSession open_session(db::Write& write, const Id<Account>& account) {
  const auto live = write.list(R"sql(
    select id from session
    where account_id = $1 and not exists (select 1 from session_ended where session_ended.session_id = session.id)
    order by made_at desc, id desc
  )sql",
                               {account.text}, [](const db::Row& row) { return row.string(0); });
  for (std::size_t i = most_sessions - 1; i < live.size(); ++i) end_session(write, live[i]);

  OpenedSession opened{token(), unordered_id()};
  const auto hash = sha256(opened.token);
  write.run(R"sql(
    insert into session (id, account_id, token_hash, forgery_token, made_at, seen_at) values ($1, $2, $3, $4, $5, $5)
  )sql",
            {opened.id, account.text, db::BytesView{hash}, token(), iso(write.now())});
  write.about(opened.id);
  return opened;
}

std::optional<Session> find_session(db::Read& read, std::string_view token, Moment now) {
  auto found = whole_session(read, token, now);
  if (!found || !found->open || life_of(*found, now) != Life::on) return {};
  return std::move(found->session);
}

std::optional<std::string> find_session_over(db::Read& read, std::string_view token, Moment now) {
  const auto found = whole_session(read, token, now);
  if (!found || life_of(*found, now) != Life::over) return {};
  return found->session.id;
}

std::vector<LiveSession> sessions_of(db::Read& read, const Id<Account>& account, Moment now) {
  const auto zone = zone_of(read, account);
  const auto roles = roles_in_force(read, account, date_in_zone(now, zone));
  auto all = read.list(R"sql(
    select id, made_at, seen_at from session
    where account_id = $1 and not exists (select 1 from session_ended where session_ended.session_id = session.id)
    order by seen_at desc, id
  )sql",
                       {account.text}, [](const db::Row& row) {
                         return LiveSession{row.string(0), moment_in(row, 1), moment_in(row, 2)};
                       });
  std::erase_if(all, [&](const LiveSession& one) { return life(one.made_at, one.seen_at, roles, now) != Life::on; });
  return all;
}

void see_session(db::Write& write, const std::string& session) {
  write.run(R"sql(
    update session set seen_at = $2 where id = $1
  )sql",
            {session, iso(write.now())});
  write.about(session);
}

void prove_session(db::Write& write, const std::string& session) {
  write.run(R"sql(
    insert into session_proved (session_id, id, at) values ($1, $2, $3)
  )sql",
            {session, ordered_id(write.now()), iso(write.now())});
  write.about(session);
}

void end_session(db::Write& write, const std::string& session) {
  write.run(R"sql(
    insert into session_ended (session_id, at) values ($1, $2) on conflict (session_id) do nothing
  )sql",
            {session, iso(write.now())});
  write.about(session);
}

void end_sessions_of(db::Write& write, const Id<Account>& account, const std::string& but) {
  write.run(R"sql(
    insert into session_ended (session_id, at)
    select id, $2 from session
    where account_id = $1 and id <> $3
      and not exists (select 1 from session_ended where session_ended.session_id = session.id)
  )sql",
            {account.text, iso(write.now()), but});
  write.run(R"sql(
    insert into sign_in_begun_ended (begun_id, at)
    select id, $2 from sign_in_begun
    where account_id = $1
      and not exists (select 1 from sign_in_begun_ended where sign_in_begun_ended.begun_id = sign_in_begun.id)
  )sql",
            {account.text, iso(write.now())});
}

}  // namespace cairn::accounts
