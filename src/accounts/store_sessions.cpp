// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_sessions.hpp"

#include "accounts/store_accounts.hpp"
#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

struct Found {
  Session session;
  Moment made_at;
  std::string zone;
};

Moment moment(const db::Row& row, int column) {
  const auto at = moment_from_iso(row.text(column));
  if (!at) throw Corrupt("session holds a time that is none");
  return *at;
}

std::optional<Found> session_of(db::Read& read, std::string_view token) {
  const auto hash = sha256(token);
  return read.find(R"sql(
    select session.id, session.account_id, session.forgery_token, session.made_at, session.seen_at,
           account.programme_id, programme.zone
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
                     found.made_at = moment(row, 3);
                     found.session.seen_at = moment(row, 4);
                     found.session.programme = {row.string(5)};
                     found.zone = row.string(6);
                     return found;
                   });
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
  if (token.empty()) return {};
  auto found = session_of(read, token);
  if (!found) return {};
  if (later(found->made_at, absolute_seconds) < now) return {};
  auto& session = found->session;
  const auto account = find_account(read, session.account);
  if (!account || !account->open) return {};
  session.roles = account->roles;
  std::erase_if(session.roles,
                [today = date_in_zone(now, found->zone)](const HeldRole& held) { return !in_force(held, today); });
  session.display_name = account->display_name;
  const auto idle = is_administrator_only(session.roles) ? administrator_idle_seconds : idle_seconds;
  if (later(session.seen_at, idle) < now) return {};
  return session;
}

void see_session(db::Write& write, const std::string& session) {
  write.run(R"sql(
    update session set seen_at = $2 where id = $1
  )sql",
            {session, iso(write.now())});
  write.about(session);
}

void end_session(db::Write& write, const std::string& session) {
  write.run(R"sql(
    insert into session_ended (session_id, at) values ($1, $2) on conflict (session_id) do nothing
  )sql",
            {session, iso(write.now())});
  write.about(session);
}

void end_sessions_of(db::Write& write, const Id<Account>& account) {
  write.run(R"sql(
    insert into session_ended (session_id, at)
    select id, $2 from session
    where account_id = $1 and not exists (select 1 from session_ended where session_ended.session_id = session.id)
  )sql",
            {account.text, iso(write.now())});
}

}  // namespace cairn::accounts
