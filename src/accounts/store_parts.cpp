// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_parts.hpp"

namespace cairn::accounts {

std::string acted_by(const db::Write& write) {
  const auto& actor = write.actor();
  if (actor.signed_in()) return actor.account_id;
  return actor.roles.empty() ? "" : std::string(name(actor.roles.front().role));
}

void must_be_of(db::Read& read, const Id<Programme>& programme, const Id<Account>& account) {
  const auto found = read.number(R"sql(
    select count(*) from account where id = $1 and programme_id = $2
  )sql",
                                 {account.text, programme.text});
  if (found == 0) throw NotFound("account " + account.text);
}

Moment moment_in(const db::Row& row, int column) {
  const auto at = moment_from_iso(row.text(column));
  if (!at) throw Corrupt("a column of accounts holds a time that is none");
  return *at;
}

std::optional<Date> optional_date_in(const db::Row& row, int column) {
  const auto text = row.optional_text(column);
  if (!text) return {};
  const auto date = date_from_iso(*text);
  if (!date) throw Corrupt("a column of accounts holds a day that is none");
  return date;
}

std::optional<std::string> optional_iso(const std::optional<Date>& date) {
  return date ? std::optional(iso(*date)) : std::nullopt;
}

HeldRole held_role_in(const db::Row& row, int column) {
  const auto role = role_from_name(row.text(column));
  if (!role) throw Corrupt("a column of accounts holds an unknown role");
  return {*role,
          {row.string(column + 1), row.string(column + 2)},
          optional_date_in(row, column + 3),
          optional_date_in(row, column + 4)};
}

}  // namespace cairn::accounts
