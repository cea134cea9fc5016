// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// What makes the codes of an account's second step.
struct SecondFactor {
  std::string id;
  std::string seed;                       // 160 bits
  std::optional<std::int64_t> last_step;  // whose code was used last
};
// The one in force: confirmed and not ended. Nothing where the account has none.
std::optional<SecondFactor> find_second_factor(db::Read& read, const Id<Account>& account);

// A fresh seed for the account, shown and not yet confirmed. It can be confirmed for an hour.
constexpr std::int64_t offer_seconds = 60 * 60;
void offer_second_factor(db::Write& write, const Id<Account>& account);
// The latest offer, made after the one in force was confirmed and less than an hour before `now`.
std::optional<SecondFactor> find_offer(db::Read& read, const Id<Account>& account, Moment now);

// The offer counts from now on, its code of `step` is used, and what was in force before has ended. Answers ten
// recovery codes, of which only the hashes are kept. Conflict where the same was done meanwhile.
std::vector<std::string> confirm_second_factor(db::Write& write, const Id<Account>& account, const SecondFactor& offer,
                                               std::int64_t step);
// Ten others in place of those left.
std::vector<std::string> renew_recovery_codes(db::Write& write, const SecondFactor& factor);
std::int64_t recovery_codes_left(db::Read& read, const SecondFactor& factor);

// Keeps that the code of a step was used. Throws Conflict ("second_step.problem.used") where it, or a later one, was.
void use_step(db::Write& write, const SecondFactor& factor, std::int64_t step);
// True, and the code is used up, where it is one of those left.
bool use_recovery_code(db::Write& write, const SecondFactor& factor, std::string_view typed);

// A second step that somebody has lost, as two people tell (may_tell_lost) one after the other.
struct Lost {
  std::string id;
  Moment told_at;
  std::string told_by;                 // an account, or "operator"
  std::optional<Moment> confirmed_at;  // by the second person
};
// Not ended yet.
std::optional<Lost> find_lost(db::Read& read, const Id<Account>& account);
void tell_lost(db::Write& write, const Id<Programme>& programme, const Id<Account>& account);
void confirm_lost(db::Write& write, const Lost& lost);
// The owner, or somebody who looks after accounts, says that nothing is lost.
void stop_lost(db::Write& write, const Lost& lost);
// The second step has ended; every session and device with it.
void give_up_second_factor(db::Write& write, const Id<Account>& account, const Lost& lost);

}  // namespace cairn::accounts
