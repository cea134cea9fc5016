// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_shield.hpp"

#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

// Those of the owners who have lowered it.
Owners lowered(db::Read& read, const std::string& programme, const Owners& owners) {
  Owners found;
  read.each(R"sql(
    select owner_id from shield_setting
    where programme_id = $1 and owner_id >= $2 and owner_id <= $3 and state = 'lowered'
      and not exists (select 1 from shield_setting later
                       where later.programme_id = shield_setting.programme_id
                         and later.owner_id = shield_setting.owner_id and later.number > shield_setting.number)
  )sql",
            {programme, *owners.begin(), *owners.rbegin()}, [&](const db::Row& row) { found.insert(row.string(0)); });
  return found;
}

}  // namespace

Shield own_shield(db::Read& read, const Actor& actor) {
  return lowered(read, actor.programme_id, {actor.account_id}).contains(actor.account_id) ? Shield::lowered
                                                                                          : Shield::up;
}

void set_shield(db::Write& write, Shield shield) {
  const auto& actor = write.actor();
  must_be_account(write, actor.programme_id, actor.account_id);
  if (own_shield(write, actor) == shield) return;
  write.run(R"sql(
    insert into shield_setting (programme_id, owner_id, number, state, at, set_by)
    select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5 from shield_setting
    where programme_id = $1 and owner_id = $2
  )sql",
            {actor.programme_id, actor.account_id, shield == Shield::up ? "up" : "lowered", iso(write.now()),
             acted_by(write)});
}

std::set<std::string> shielded_owners(db::Read& read, const Actor& actor, const std::vector<Membership>& teams,
                                      const std::set<std::string>& owners, const std::string& zone, Date today) {
  std::set<std::string> own;
  for (const auto& one : teams)
    if (is_member(one, today)) own.insert(one.team);
  auto found = members_among(read, zone, owners, own, today);
  if (found.empty()) return found;
  for (const auto& owner : lowered(read, actor.programme_id, found)) found.erase(owner);
  found.erase(actor.account_id);
  return found;
}

}  // namespace cairn::privacy
