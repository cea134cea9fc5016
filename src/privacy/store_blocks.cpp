// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_blocks.hpp"

#include "base/secret.hpp"
#include "db/person_keys.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

constexpr std::string_view print_purpose = "privacy.not_with";

db::Place place(const std::string& id, const std::string& owner) {
  return {"not_with", "whom", id, owner};
}

struct Blocked {
  std::string id;
  std::string owner;
  std::string sealed;
};

// Those of the owners whose print, if any is asked for, is that of the account.
std::vector<Blocked> rows(db::Read& read, const std::string& programme, const Owners& owners,
                          const std::optional<std::string>& account) {
  std::vector<Blocked> found;
  read.each(R"sql(
    select id, owner_id, print, whom from not_with where programme_id = $1 and owner_id >= $2 and owner_id <= $3
    order by id
  )sql",
            {programme, *owners.begin(), *owners.rbegin()}, [&](const db::Row& row) {
              if (!owners.contains(row.string(1))) return;
              if (account && print_of(read.keys(), print_purpose, row.text(0), *account) != row.integer(2)) return;
              found.push_back({row.string(0), row.string(1), std::string(row.bytes(3))});
            });
  return found;
}

}  // namespace

std::vector<std::string> own_blocks(db::Read& read, const Actor& actor) {
  db::PersonKeys keys(read);
  std::vector<std::string> accounts;
  for (const auto& row : rows(read, actor.programme_id, {actor.account_id}, {}))
    accounts.push_back(keys.open(place(row.id, row.owner), row.sealed));
  return accounts;
}

void block(db::Write& write, const std::string& account) {
  const auto& actor = write.actor();
  must_be_account(write, actor.programme_id, actor.account_id);
  must_be_account(write, actor.programme_id, account);
  if (account == actor.account_id) throw NotFound("nobody blocks themselves");
  for (const auto& known : own_blocks(write, actor))
    if (known == account) return;
  const auto id = unordered_id();
  const auto sealed = db::seal_for(write, place(id, actor.account_id), account);
  write.run(R"sql(
    insert into not_with (programme_id, owner_id, id, whom, print) values ($1, $2, $3, $4, $5)
  )sql",
            {actor.programme_id, actor.account_id, id, db::BytesView{sealed},
             print_of(write.keys(), print_purpose, id, account)});
}

void unblock(db::Write& write, const std::string& account) {
  const auto& actor = write.actor();
  db::PersonKeys keys(write);
  for (const auto& row : rows(write, actor.programme_id, {actor.account_id}, account))
    if (keys.open(place(row.id, row.owner), row.sealed) == account)
      write.run(R"sql( delete from not_with where programme_id = $1 and owner_id = $2 and id = $3 )sql",
                {actor.programme_id, actor.account_id, row.id});
}

std::set<std::string> blocking_owners(db::Read& read, const Actor& actor, const std::set<std::string>& owners) {
  std::set<std::string> found;
  if (owners.empty() || !actor.signed_in()) return found;
  db::PersonKeys keys(read);
  for (const auto& row : rows(read, actor.programme_id, owners, actor.account_id))
    if (db::is_erased(read, row.owner) || keys.open(place(row.id, row.owner), row.sealed) == actor.account_id)
      found.insert(row.owner);
  return found;
}

}  // namespace cairn::privacy
