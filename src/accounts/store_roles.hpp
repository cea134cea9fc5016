// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// A role somebody holds, or will once a lead has confirmed it.
struct Holding {
  std::string id;
  HeldRole held;
  bool to_confirm = false;  // given by an administrator, and not confirmed yet: it opens nothing
  bool operator==(const Holding&) const = default;
};
// Those not ended, the first given first, whatever their days.
std::vector<Holding> holdings(db::Read& read, const Id<Account>& account);
// Those of them that count.
std::vector<HeldRole> roles_of(db::Read& read, const Id<Account>& account);
// Those that count and hold on a day.
std::vector<HeldRole> roles_in_force(db::Read& read, const Id<Account>& account, Date on);

enum class Counts { now, once_confirmed };
// Each of these ends the sessions of the account: what they were allowed has changed. NotFound for an account that is
// not of the programme, and for a holding that is not there or has ended.
void give_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, const HeldRole& role,
               Counts counts = Counts::now);
void confirm_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account,
                  const std::string& holding);
void end_role(db::Write& write, const Id<Programme>& programme, const Id<Account>& account, const std::string& holding);

// Whether anybody whose account is open holds the role, and it counts.
bool somebody_holds(db::Read& read, const Id<Programme>& programme, Role role);

}  // namespace cairn::accounts
