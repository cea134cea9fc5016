// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_conflicts.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "db/person_keys.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

constexpr std::string_view print_purpose = "privacy.treatment";
constexpr std::size_t day_length = 10;

db::Place place(const std::string& id, const std::string& owner) {
  return {"treatment_conflict", "team", id, owner};
}

// Two days, the second of spaces where the treatment is open, and the team: always as long.
std::string written(const Treatment& treatment) {
  return iso(treatment.from) + (treatment.until ? iso(*treatment.until) : std::string(day_length, ' ')) +
         treatment.team;
}

Treatment treatment_from(const std::string& text) {
  const auto from = date_from_iso(text.substr(0, std::min(text.size(), day_length)));
  if (!from || text.size() <= 2 * day_length) throw Corrupt("treatment_conflict holds what was never written");
  return {text.substr(2 * day_length), *from, date_from_iso(text.substr(day_length, day_length))};
}

}  // namespace

std::vector<std::string> teams_of(db::Read& read, const Actor& actor) {
  return read.list(R"sql( select id from team where programme_id = $1 order by id )sql", {actor.programme_id},
                   [](const db::Row& row) { return row.string(0); });
}

std::vector<DeclaredTreatment> own_treatments(db::Read& read, const Actor& actor) {
  db::PersonKeys keys(read);
  std::vector<std::pair<std::string, std::string>> sealed;
  read.each(R"sql(
    select id, team from treatment_conflict where programme_id = $1 and owner_id = $2
  )sql",
            {actor.programme_id, actor.account_id},
            [&](const db::Row& row) { sealed.emplace_back(row.string(0), row.bytes(1)); });
  std::vector<DeclaredTreatment> found;
  for (const auto& [id, bytes] : sealed)
    found.push_back({id, treatment_from(keys.open(place(id, actor.account_id), bytes))});
  std::sort(found.begin(), found.end(), [](const DeclaredTreatment& one, const DeclaredTreatment& other) {
    return std::tie(one.treatment.from, one.id) < std::tie(other.treatment.from, other.id);
  });
  return found;
}

std::string declare(db::Write& write, const Treatment& treatment) {
  const auto& actor = write.actor();
  must_be_account(write, actor.programme_id, actor.account_id);
  const auto teams = teams_of(write, actor);
  if (std::find(teams.begin(), teams.end(), treatment.team) == teams.end()) throw NotFound("team " + treatment.team);
  const auto id = unordered_id();
  const auto sealed = db::seal_for(write, place(id, actor.account_id), written(treatment));
  write.run(R"sql(
    insert into treatment_conflict (programme_id, owner_id, id, team, print) values ($1, $2, $3, $4, $5)
  )sql",
            {actor.programme_id, actor.account_id, id, db::BytesView{sealed},
             print_of(write.keys(), print_purpose, id, treatment.team)});
  return id;
}

void take_back_treatment(db::Write& write, const std::string& id) {
  const auto& actor = write.actor();
  const auto gone = write.run(R"sql(
    delete from treatment_conflict where programme_id = $1 and owner_id = $2 and id = $3
  )sql",
                              {actor.programme_id, actor.account_id, id});
  if (gone == 0) throw NotFound("treatment " + id);
}

std::int64_t treatments_count(db::Read& read, const Actor& actor) {
  return read.number(R"sql( select count(*) from treatment_conflict where programme_id = $1 )sql",
                     {actor.programme_id});
}

std::set<std::string> conflicted_owners(db::Read& read, const Actor& actor, const std::vector<Membership>& teams,
                                        const std::set<std::string>& owners, Date today) {
  std::set<std::string> found;
  if (owners.empty() || teams.empty()) return found;
  struct Likely {
    std::string id, owner, sealed;
  };
  std::vector<Likely> likely;
  read.each(R"sql(
    select id, owner_id, print, team from treatment_conflict
    where programme_id = $1 and owner_id >= $2 and owner_id <= $3
  )sql",
            {actor.programme_id, *owners.begin(), *owners.rbegin()}, [&](const db::Row& row) {
              const auto is_print = [&](const Membership& one) {
                return print_of(read.keys(), print_purpose, row.text(0), one.team) == row.integer(2);
              };
              if (owners.contains(row.string(1)) && std::any_of(teams.begin(), teams.end(), is_print))
                likely.push_back({row.string(0), row.string(1), std::string(row.bytes(3))});
            });
  db::PersonKeys keys(read);
  for (const auto& one : likely) {
    if (db::is_erased(read, one.owner)) {
      found.insert(one.owner);
      continue;
    }
    const auto treatment = treatment_from(keys.open(place(one.id, one.owner), one.sealed));
    const auto is_barred = [&](const Membership& team) { return bars(treatment, team, today); };
    if (std::any_of(teams.begin(), teams.end(), is_barred)) found.insert(one.owner);
  }
  found.erase(actor.account_id);
  return found;
}

}  // namespace cairn::privacy
