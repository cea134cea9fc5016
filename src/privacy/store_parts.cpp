// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_parts.hpp"

#include <algorithm>

#include "db/person_keys.hpp"

namespace cairn::privacy {
namespace {

constexpr std::int64_t clocks_differ_by = 60;

std::optional<Date> optional_date_in(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(date_in(row, column));
}

std::optional<Date> earlier(std::optional<Date> one, std::optional<Date> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

// From columns account_id, reach_id, from_on, given_at, until_on and the moment it was ended.
Membership membership_in(const db::Row& row, const std::string& zone) {
  const auto from = optional_date_in(row, 2);
  const auto ended = row.is_null(5) ? std::nullopt : std::optional(date_in_zone(moment_in(row, 5), zone));
  return {row.string(1), from ? *from : date_in_zone(moment_in(row, 3), zone),
          earlier(optional_date_in(row, 4), ended)};
}

}  // namespace

policy::Standing standing_of(const db::Row& row, int column, Moment now) {
  if (!row.is_null(column + 2)) return policy::Standing::revoked;
  const bool is_before = now < later(moment_in(row, column), -clocks_differ_by);
  return is_before || moment_in(row, column + 1) <= now ? policy::Standing::expired : policy::Standing::live;
}

std::string acted_by(const db::Write& write) {
  const auto& actor = write.actor();
  if (actor.signed_in()) return actor.account_id;
  return actor.roles.empty() ? "" : std::string(name(actor.roles.front().role));
}

Moment moment_in(const db::Row& row, int column) {
  const auto at = moment_from_iso(row.text(column));
  if (!at) throw Corrupt("a column holds a time that is none");
  return *at;
}

Date date_in(const db::Row& row, int column) {
  const auto date = date_from_iso(row.text(column));
  if (!date) throw Corrupt("a column holds a day that is none");
  return *date;
}

std::string zone_of(db::Read& read, const std::string& programme) {
  return read
      .find(R"sql( select zone from programme where id = $1 )sql", {programme},
            [](const db::Row& row) { return row.string(0); })
      .value_or("UTC");
}

Date today_in(db::Read& read, const std::string& programme, Moment now) {
  return date_in_zone(now, zone_of(read, programme));
}

void must_be_account(db::Read& read, const std::string& programme, const std::string& account) {
  const auto found =
      read.number(R"sql( select count(*) from account where id = $1 and programme_id = $2 )sql", {account, programme});
  if (found == 0) throw NotFound("account " + account);
}

std::vector<Membership> memberships(db::Read& read, const std::string& zone, const std::string& account) {
  if (account.empty()) return {};
  return read.list(R"sql(
    select role_held.account_id, role_held.reach_id, role_held.from_on, role_held.given_at, role_held.until_on,
           role_ended.at
    from role_held
      left join role_ended
        on role_ended.account_id = role_held.account_id and role_ended.role_held_id = role_held.id
    where role_held.account_id = $1 and role_held.reach_kind = 'team'
  )sql",
                   {account}, [&](const db::Row& row) { return membership_in(row, zone); });
}

Owners erased_among(db::Read& read, const Owners& owners) {
  Owners erased;
  for (const auto& owner : owners)
    if (db::is_erased(read, owner)) erased.insert(owner);
  return erased;
}

Owners members_among(db::Read& read, const std::string& zone, const Owners& owners, const std::set<std::string>& teams,
                     Date on) {
  Owners found;
  if (owners.empty() || teams.empty()) return found;
  read.each(R"sql(
    select role_held.account_id, role_held.reach_id, role_held.from_on, role_held.given_at, role_held.until_on,
           role_ended.at
    from role_held
      left join role_ended
        on role_ended.account_id = role_held.account_id and role_ended.role_held_id = role_held.id
    where role_held.account_id >= $1 and role_held.account_id <= $2 and role_held.reach_kind = 'team'
  )sql",
            {*owners.begin(), *owners.rbegin()}, [&](const db::Row& row) {
              if (!owners.contains(row.string(0)) || !teams.contains(row.string(1))) return;
              if (is_member(membership_in(row, zone), on)) found.insert(row.string(0));
            });
  return found;
}

std::int64_t print_of(const db::Keys& keys, std::string_view purpose, std::string_view row_id, std::string_view value) {
  return keys.short_fingerprint(purpose, std::string(row_id) + ' ' + std::string(value));
}

}  // namespace cairn::privacy
