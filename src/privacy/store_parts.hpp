// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "db/database.hpp"
#include "policy/facts.hpp"
#include "privacy/conflict.hpp"

// What several stores of this stage need. For store*.cpp of this stage only.
namespace cairn::privacy {

// How a grant stands, from three neighbouring columns: when its last term was given, when that ends, and when it was
// taken back, if ever. Where the clock stands before the term was given (by more than the minute in which the clocks of
// several processes may differ) it is over: a clock that was set back opens nothing.
policy::Standing standing_of(const db::Row& row, int column, Moment now);

// Who writes: an account, or a word such as operator.
std::string acted_by(const db::Write& write);
// Throws Corrupt where a column holds what iso() never wrote.
Moment moment_in(const db::Row& row, int column);
Date date_in(const db::Row& row, int column);

// The programme's zone; UTC for an actor without one.
std::string zone_of(db::Read& read, const std::string& programme);
Date today_in(db::Read& read, const std::string& programme, Moment now);

// Throws NotFound for an account that is not of the programme.
void must_be_account(db::Read& read, const std::string& programme, const std::string& account);

// Some owners, asked about together: statements take all rows between the first and the last.
using Owners = std::set<std::string>;

// The memberships of teams of one account, those ended and those to come too. A role that waits to be confirmed counts:
// whoever was put into a team may see what is on its tables. The zone is the programme's.
std::vector<Membership> memberships(db::Read& read, const std::string& zone, const std::string& account);
// Which of the owners were erased: what was sealed for them is gone, and a list goes on without it.
Owners erased_among(db::Read& read, const Owners& owners);
// Takes out of a list what belonged to somebody erased.
template <class Thing>
void leave_out_erased(db::Read& read, std::vector<Thing>& things) {
  Owners owners;
  for (const auto& one : things) owners.insert(one.owner);
  const auto erased = erased_among(read, owners);
  std::erase_if(things, [&](const Thing& one) { return erased.contains(one.owner); });
}

// Which of the owners are in one of these teams on that day.
Owners members_among(db::Read& read, const std::string& zone, const Owners& owners, const std::set<std::string>& teams,
                     Date on);

// A value that can be looked up without telling what it is: 16 bits, of their own for each row.
std::int64_t print_of(const db::Keys& keys, std::string_view purpose, std::string_view row_id, std::string_view value);

}  // namespace cairn::privacy
