// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_links.hpp"

#include "accounts/store_accounts.hpp"
#include "accounts/store_parts.hpp"
#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t secret_bytes = 20;
constexpr std::int64_t a_day = 24 * 60 * 60;

std::string link_secret(const db::Keys& keys, std::string_view purpose, std::string_view id) {
  return lower(base32(blake2b(id, keys.derived(purpose)).substr(0, secret_bytes)));
}

db::Place place(std::string_view column, const std::string& invitation) {
  return {"account_invitation", column, invitation, invitation};
}

bool lives(Moment made_at, std::int64_t seconds, Moment now) {
  return now < later(made_at, seconds) && made_at <= later(now, clocks_differ_by);
}

std::optional<PasswordLink> password_link(db::Read& read, std::string_view hash, Moment now) {
  Moment made_at;
  auto found = read.find(R"sql(
    select password_link.id, account.id, password_link.made_at
    from password_link join account on account.email_fingerprint = password_link.email_fingerprint
    where token_hash = $1
      and not exists (select 1 from password_link_ended where password_link_ended.link_id = password_link.id)
  )sql",
                         {db::BytesView{hash}}, [&](const db::Row& row) {
                           made_at = moment_in(row, 2);
                           return PasswordLink{row.string(0), {row.string(1)}};
                         });
  if (!found || !lives(made_at, password_link_seconds, now)) return {};
  const auto record = find_sign_in(read, found->account);
  if (!record || !record->open) return {};
  return found;
}

Invitation invitation_from(const db::Keys& keys, const db::Row& row) {
  const auto id = row.string(0);
  return {id,
          {row.string(1)},
          keys.open(place("email", id), row.bytes(2)),
          keys.open(place("display_name", id), row.bytes(3)),
          {},
          moment_in(row, 4),
          row.string(5)};
}

std::vector<OfferedRole> offered(db::Read& read, const std::string& invitation) {
  return read.list(R"sql(
    select role, reach_kind, reach_id, from_on, until_on, to_confirm from account_invitation_role
    where invitation_id = $1 order by id
  )sql",
                   {invitation},
                   [](const db::Row& row) { return OfferedRole{held_role_in(row, 0), row.integer(5) != 0}; });
}

std::optional<Invitation> invitation(db::Read& read, std::string_view hash, Moment now) {
  auto found = read.find(R"sql(
    select id, programme_id, email, display_name, made_at, made_by from account_invitation
    where token_hash = $1
      and not exists (select 1 from account_invitation_ended where account_invitation_ended.invitation_id = account_invitation.id)
  )sql",
                         {db::BytesView{hash}}, [&](const db::Row& row) { return invitation_from(read.keys(), row); });
  if (!found || !lives(found->made_at, invitation_seconds, now)) return {};
  found->roles = offered(read, found->id);
  return found;
}

}  // namespace

std::string invitation_secret(const db::Keys& keys, std::string_view id) {
  return link_secret(keys, "invitation_link", id);
}

std::string password_secret(const db::Keys& keys, std::string_view id) {
  return link_secret(keys, "password_link", id);
}

std::string ask_for_password_link(db::Write& write, std::string_view email_fingerprint) {
  write.run(R"sql(
    delete from password_link where made_at < $1
  )sql",
            {iso(later(write.now(), -a_day))});
  write.run(R"sql(
    insert into password_link_ended (link_id, at, outcome)
    select id, $2, 'replaced' from password_link
    where email_fingerprint = $1
      and not exists (select 1 from password_link_ended where password_link_ended.link_id = password_link.id)
  )sql",
            {db::BytesView{email_fingerprint}, iso(write.now())});
  const auto id = unordered_id();
  const auto hash = sha256(password_secret(write.keys(), id));
  write.run(R"sql(
    insert into password_link (id, email_fingerprint, token_hash, made_at) values ($1, $2, $3, $4)
  )sql",
            {id, db::BytesView{email_fingerprint}, db::BytesView{hash}, iso(write.now())});
  write.about(id);
  return id;
}

std::int64_t password_links_asked(db::Read& read, std::string_view email_fingerprint, Moment since) {
  return read.number(R"sql(
    select count(*) from password_link where email_fingerprint = $1 and made_at > $2
  )sql",
                     {db::BytesView{email_fingerprint}, iso(since)});
}

std::optional<PasswordLink> find_password_link(db::Read& read, std::string_view secret, Moment now) {
  return password_link(read, sha256(secret), now);
}

std::optional<PasswordLink> find_password_link_by_id(db::Read& read, std::string_view id, Moment now) {
  return password_link(read, sha256(password_secret(read.keys(), id)), now);
}

void use_password_link(db::Write& write, const PasswordLink& link) {
  write.run(R"sql(
    insert into password_link_ended (link_id, at, outcome) values ($1, $2, 'used')
  )sql",
            {link.id, iso(write.now())});
}

std::string invite(db::Write& write, const Id<Programme>& programme, const NewInvitation& made,
                   const std::vector<OfferedRole>& roles) {
  const auto fingerprint = fingerprint_of_email(write.keys(), made.email);
  write.run(R"sql(
    insert into account_invitation_ended (invitation_id, at, outcome, ended_by)
    select id, $3, 'replaced', $4 from account_invitation
    where programme_id = $1 and email_fingerprint = $2
      and not exists (select 1 from account_invitation_ended where account_invitation_ended.invitation_id = account_invitation.id)
  )sql",
            {programme.text, db::BytesView{fingerprint}, iso(write.now()), acted_by(write)});
  const auto id = unordered_id();
  const auto hash = sha256(invitation_secret(write.keys(), id));
  const auto email = write.keys().seal(place("email", id), made.email);
  const auto display_name = write.keys().seal(place("display_name", id), made.display_name);
  write.run(R"sql(
    insert into account_invitation (programme_id, id, email, email_fingerprint, display_name, token_hash, made_at, made_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {programme.text, id, db::BytesView{email}, db::BytesView{fingerprint}, db::BytesView{display_name},
             db::BytesView{hash}, iso(write.now()), acted_by(write)});
  for (const auto& one : roles)
    write.run(R"sql(
      insert into account_invitation_role (invitation_id, id, role, reach_kind, reach_id, from_on, until_on, to_confirm)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
    )sql",
              {id, ordered_id(write.now()), name(one.held.role), one.held.reach.kind, one.held.reach.id,
               db::or_null(optional_iso(one.held.from)), db::or_null(optional_iso(one.held.until)),
               std::int64_t{one.to_confirm}});
  write.about(id);
  return id;
}

std::vector<Invitation> invitations_waiting(db::Read& read, const Id<Programme>& programme) {
  auto all = read.list(R"sql(
    select id, programme_id, email, display_name, made_at, made_by from account_invitation
    where programme_id = $1
      and not exists (select 1 from account_invitation_ended where account_invitation_ended.invitation_id = account_invitation.id)
    order by made_at desc, id
  )sql",
                       {programme.text}, [&](const db::Row& row) { return invitation_from(read.keys(), row); });
  for (auto& one : all) one.roles = offered(read, one.id);
  return all;
}

std::optional<Invitation> find_invitation(db::Read& read, std::string_view secret, Moment now) {
  return invitation(read, sha256(secret), now);
}

std::optional<Invitation> find_invitation_by_id(db::Read& read, std::string_view id, Moment now) {
  return invitation(read, sha256(invitation_secret(read.keys(), id)), now);
}

void end_invitation(db::Write& write, const std::string& invitation, InvitationEnd end) {
  write.run(R"sql(
    insert into account_invitation_ended (invitation_id, at, outcome, ended_by) values ($1, $2, $3, $4)
  )sql",
            {invitation, iso(write.now()), end == InvitationEnd::accepted ? "accepted" : "revoked", acted_by(write)});
  write.about(invitation);
}

}  // namespace cairn::accounts
