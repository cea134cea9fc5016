// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// The first person of a programme that nobody has an account of. Throws Conflict where somebody was quicker.
void begin_setup(db::Write& write, const Id<Programme>& programme, const Id<Account>& first);
// Whether a programme was begun in the browser and its list of what is still needed not put away.
bool setup_is_open(db::Read& read, const Id<Programme>& programme);
void finish_setup(db::Write& write, const Id<Programme>& programme);

// What a new programme needs, and has.
struct SetupState {
  bool named = false;
  bool has_organisation = false;
  bool has_service = false;
  bool has_others = false;  // more than one account, or an invitation that waits
  bool has_administrator = false;
};
SetupState setup_state(db::Read& read, const Id<Programme>& programme);

}  // namespace cairn::accounts
