// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_devices.hpp"

#include "accounts/store_accounts.hpp"
#include "accounts/store_parts.hpp"
#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"

namespace cairn::accounts {

std::string begin_sign_in(db::Write& write, const Id<Account>& account) {
  const auto secret = token();
  const auto hash = sha256(secret);
  const auto id = unordered_id();
  write.run(R"sql(
    insert into sign_in_begun (id, account_id, token_hash, made_at) values ($1, $2, $3, $4)
  )sql",
            {id, account.text, db::BytesView{hash}, iso(write.now())});
  write.about(id);
  return secret;
}

std::optional<Begun> find_begun(db::Read& read, std::string_view token, Moment now) {
  if (token.empty()) return {};
  const auto hash = sha256(token);
  Moment made_at;
  auto found = read.find(R"sql(
    select id, account_id, made_at from sign_in_begun
    where token_hash = $1
      and not exists (select 1 from sign_in_begun_ended where sign_in_begun_ended.begun_id = sign_in_begun.id)
  )sql",
                         {db::BytesView{hash}}, [&](const db::Row& row) {
                           made_at = moment_in(row, 2);
                           return Begun{row.string(0), {row.string(1)}};
                         });
  if (!found || later(made_at, begun_seconds) < now || later(now, clocks_differ_by) < made_at) return {};
  const auto record = find_sign_in(read, found->account);
  if (!record || !record->open) return {};
  return found;
}

void end_begun(db::Write& write, const std::string& begun) {
  write.run(R"sql(
    insert into sign_in_begun_ended (begun_id, at) values ($1, $2)
  )sql",
            {begun, iso(write.now())});
}

bool knows_device(db::Read& read, const Id<Account>& account, std::string_view token, Moment now) {
  if (token.empty()) return false;
  const auto hash = sha256(token);
  return read.number(R"sql(
    select count(*) from device
    where token_hash = $1 and account_id = $2 and made_at > $3
      and not exists (select 1 from device_ended where device_ended.device_id = device.id)
  )sql",
                     {db::BytesView{hash}, account.text, iso(later(now, -device_seconds))}) > 0;
}

bool has_had_device(db::Read& read, const Id<Account>& account) {
  return read.number(R"sql(
    select count(*) from device where account_id = $1
  )sql",
                     {account.text}) > 0;
}

void remember_device(db::Write& write, const Id<Account>& account, std::string_view token) {
  if (knows_device(write, account, token, later(write.now(), device_seconds / 2))) return;
  const auto hash = sha256(token);
  write.run(R"sql(
    insert into device (id, account_id, token_hash, made_at) values ($1, $2, $3, $4)
  )sql",
            {unordered_id(), account.text, db::BytesView{hash}, iso(write.now())});
}

void end_devices_of(db::Write& write, const Id<Account>& account) {
  write.run(R"sql(
    insert into device_ended (device_id, at)
    select id, $2 from device
    where account_id = $1 and not exists (select 1 from device_ended where device_ended.device_id = device.id)
  )sql",
            {account.text, iso(write.now())});
}

}  // namespace cairn::accounts
