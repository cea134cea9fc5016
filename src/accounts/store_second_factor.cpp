// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_second_factor.hpp"

#include "accounts/store_devices.hpp"
#include "accounts/store_parts.hpp"
#include "accounts/store_sessions.hpp"
#include "accounts/totp.hpp"
#include "base/secret.hpp"

namespace cairn::accounts {
namespace {

db::Place place(const std::string& factor, const std::string& account) {
  return {"second_factor", "seed", factor, account};
}

std::string hash_of(std::string_view recovery_code) {
  return sha256(plain_recovery_code(recovery_code));
}

std::vector<std::string> add_recovery_codes(db::Write& write, const SecondFactor& factor) {
  std::vector<std::string> codes;
  for (int i = 0; i < recovery_codes; ++i) {
    codes.push_back(new_recovery_code());
    const auto hash = hash_of(codes.back());
    write.run(R"sql(
      insert into recovery_code (second_factor_id, code_hash, made_at) values ($1, $2, $3)
    )sql",
              {factor.id, db::BytesView{hash}, iso(write.now())});
  }
  return codes;
}

void end_second_factors(db::Write& write, const Id<Account>& account, const std::string& but) {
  write.run(R"sql(
    insert into second_factor_ended (second_factor_id, at, ended_by)
    select id, $2, $3 from second_factor
    where account_id = $1 and id <> $4 and not exists (
      select 1 from second_factor_ended where second_factor_ended.second_factor_id = second_factor.id)
  )sql",
            {account.text, iso(write.now()), acted_by(write), but});
}

void end_lost(db::Write& write, const Lost& lost, std::string_view outcome) {
  write.run(R"sql(
    insert into second_factor_lost_ended (lost_id, at, outcome, ended_by) values ($1, $2, $3, $4)
  )sql",
            {lost.id, iso(write.now()), outcome, acted_by(write)});
}

}  // namespace

std::optional<SecondFactor> find_second_factor(db::Read& read, const Id<Account>& account) {
  auto found = read.find(R"sql(
    select second_factor.id, second_factor.seed from second_factor
      join second_factor_confirmed on second_factor_confirmed.second_factor_id = second_factor.id
    where second_factor.account_id = $1 and not exists (
      select 1 from second_factor_ended where second_factor_ended.second_factor_id = second_factor.id)
    order by second_factor_confirmed.at desc, second_factor.id
  )sql",
                         {account.text}, [&](const db::Row& row) {
                           const auto id = row.string(0);
                           return SecondFactor{id, read.keys().open(place(id, account.text), row.bytes(1)), {}};
                         });
  if (!found) return {};
  found->last_step = *read.find(R"sql(
    select max(step) from second_factor_step where second_factor_id = $1
  )sql",
                                {found->id}, [](const db::Row& row) { return row.optional_integer(0); });
  return found;
}

void offer_second_factor(db::Write& write, const Id<Account>& account) {
  const auto id = ordered_id(write.now());
  const auto seed = write.keys().seal(place(id, account.text), random_bytes(seed_bytes));
  write.run(R"sql(
    insert into second_factor (id, account_id, seed, offered_at) values ($1, $2, $3, $4)
  )sql",
            {id, account.text, db::BytesView{seed}, iso(write.now())});
}

std::optional<SecondFactor> find_offer(db::Read& read, const Id<Account>& account, Moment now) {
  return read.find(R"sql(
    select id, seed from second_factor
    where account_id = $1 and offered_at > $2 and offered_at <= $3
      and not exists (select 1 from second_factor_ended where second_factor_ended.second_factor_id = second_factor.id)
      and not exists (
        select 1 from second_factor_confirmed where second_factor_confirmed.second_factor_id = second_factor.id)
    order by offered_at desc, id desc
  )sql",
                   {account.text, iso(later(now, -offer_seconds)), iso(later(now, clocks_differ_by))},
                   [&](const db::Row& row) {
                     const auto id = row.string(0);
                     return SecondFactor{id, read.keys().open(place(id, account.text), row.bytes(1)), {}};
                   });
}

std::vector<std::string> confirm_second_factor(db::Write& write, const Id<Account>& account, const SecondFactor& offer,
                                               std::int64_t step) {
  write.run(R"sql(
    insert into second_factor_confirmed (second_factor_id, at) values ($1, $2)
  )sql",
            {offer.id, iso(write.now())});
  end_second_factors(write, account, offer.id);
  use_step(write, offer, step);
  if (const auto lost = find_lost(write, account)) end_lost(write, *lost, "stopped");
  write.about(account.text);
  return add_recovery_codes(write, offer);
}

std::vector<std::string> renew_recovery_codes(db::Write& write, const SecondFactor& factor) {
  write.run(R"sql(
    insert into recovery_code_ended (second_factor_id, code_hash, at, outcome)
    select second_factor_id, code_hash, $2, 'replaced' from recovery_code
    where second_factor_id = $1 and not exists (
      select 1 from recovery_code_ended
      where recovery_code_ended.second_factor_id = recovery_code.second_factor_id
        and recovery_code_ended.code_hash = recovery_code.code_hash)
  )sql",
            {factor.id, iso(write.now())});
  return add_recovery_codes(write, factor);
}

std::int64_t recovery_codes_left(db::Read& read, const SecondFactor& factor) {
  return read.number(R"sql(
    select count(*) from recovery_code
    where second_factor_id = $1 and not exists (
      select 1 from recovery_code_ended
      where recovery_code_ended.second_factor_id = recovery_code.second_factor_id
        and recovery_code_ended.code_hash = recovery_code.code_hash)
  )sql",
                     {factor.id});
}

void use_step(db::Write& write, const SecondFactor& factor, std::int64_t step) {
  const auto later_ones = write.number(R"sql(
    select count(*) from second_factor_step where second_factor_id = $1 and step >= $2
  )sql",
                                       {factor.id, step});
  if (later_ones > 0) throw Conflict("the code of this step was used", "second_step.problem.used");
  write.run(R"sql(
    insert into second_factor_step (second_factor_id, step) values ($1, $2)
  )sql",
            {factor.id, step});
  write.run(R"sql(
    delete from second_factor_step where second_factor_id = $1 and step < $2
  )sql",
            {factor.id, step});
}

bool use_recovery_code(db::Write& write, const SecondFactor& factor, std::string_view typed) {
  const auto hash = hash_of(typed);
  return write.run(R"sql(
    insert into recovery_code_ended (second_factor_id, code_hash, at, outcome)
    select second_factor_id, code_hash, $3, 'used' from recovery_code
    where second_factor_id = $1 and code_hash = $2 and not exists (
      select 1 from recovery_code_ended
      where recovery_code_ended.second_factor_id = recovery_code.second_factor_id
        and recovery_code_ended.code_hash = recovery_code.code_hash)
  )sql",
                   {factor.id, db::BytesView{hash}, iso(write.now())}) > 0;
}

std::optional<Lost> find_lost(db::Read& read, const Id<Account>& account) {
  return read.find(R"sql(
    select second_factor_lost.id, second_factor_lost.told_at, second_factor_lost.told_by,
           second_factor_lost_confirmed.at
    from second_factor_lost
      left join second_factor_lost_confirmed on second_factor_lost_confirmed.lost_id = second_factor_lost.id
    where second_factor_lost.account_id = $1 and not exists (
      select 1 from second_factor_lost_ended where second_factor_lost_ended.lost_id = second_factor_lost.id)
    order by second_factor_lost.told_at desc, second_factor_lost.id desc
  )sql",
                   {account.text}, [](const db::Row& row) {
                     Lost lost{row.string(0), moment_in(row, 1), row.string(2), {}};
                     if (row.optional_text(3)) lost.confirmed_at = moment_in(row, 3);
                     return lost;
                   });
}

void tell_lost(db::Write& write, const Id<Programme>& programme, const Id<Account>& account) {
  must_be_of(write, programme, account);
  if (find_lost(write, account)) throw Conflict("told already", "second_step.problem.told");
  write.run(R"sql(
    insert into second_factor_lost (id, account_id, told_at, told_by) values ($1, $2, $3, $4)
  )sql",
            {ordered_id(write.now()), account.text, iso(write.now()), acted_by(write)});
  write.about(account.text);
}

void confirm_lost(db::Write& write, const Lost& lost) {
  write.run(R"sql(
    insert into second_factor_lost_confirmed (lost_id, at, confirmed_by) values ($1, $2, $3)
  )sql",
            {lost.id, iso(write.now()), acted_by(write)});
}

void stop_lost(db::Write& write, const Lost& lost) {
  end_lost(write, lost, "stopped");
}

void give_up_second_factor(db::Write& write, const Id<Account>& account, const Lost& lost) {
  end_lost(write, lost, "given_up");
  end_second_factors(write, account, "");
  end_sessions_of(write, account);
  end_devices_of(write, account);
  write.about(account.text);
}

}  // namespace cairn::accounts
