// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "accounts/account.hpp"
#include "db/database.hpp"

// What several stores of this stage need. For store*.cpp of this stage only.
namespace cairn::accounts {

// Who writes, as it is kept in columns such as given_by: an account, or a word such as operator.
std::string acted_by(const db::Write& write);
// Throws NotFound for an account that is not of the programme.
void must_be_of(db::Read& read, const Id<Programme>& programme, const Id<Account>& account);
// Throws Corrupt where a column holds what iso() never wrote.
Moment moment_in(const db::Row& row, int column);
std::optional<Date> optional_date_in(const db::Row& row, int column);
std::optional<std::string> optional_iso(const std::optional<Date>& date);
// A role as it stands in five neighbouring columns from `column` on: role, reach_kind, reach_id, from_on, until_on.
HeldRole held_role_in(const db::Row& row, int column);

}  // namespace cairn::accounts
