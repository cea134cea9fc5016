// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_reading_log.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

bool is_logged(const Looking& looking, const Subject& subject) {
  const auto* kind = looking.policy.kind(subject.type);
  const bool is_own = looking.actor.signed_in() && subject.owner == looking.actor.account_id;
  return kind != nullptr && kind->logged && !is_own;
}

void write_look(db::Write& write, const Looking& looking, const Subject& subject, const policy::Decision& decision) {
  const auto grant = decision.grant.empty() ? std::nullopt : std::optional(decision.grant);
  write.run(R"sql(
    insert into record_look (programme_id, id, owner_id, account_id, role, at, record_type, record_id, part, action,
                             reason, grant_id, surface)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  )sql",
            {looking.actor.programme_id, ordered_id(write.now()), subject.owner, acted_by(write), name(decision.role),
             iso(write.now()), subject.type, subject.id, subject.part, name(looking.action), name(decision.reason),
             db::or_null(grant), code(looking.surface)});
}

KeptLook look_from(const db::Row& row) {
  const auto role = role_from_name(row.text(3));
  const auto surface = surface_from_code(row.text(11));
  if (!role || !surface) throw Corrupt("record_look holds an unknown word");
  return {{row.string(0)}, row.string(1), row.string(2), *role,         moment_in(row, 4),     row.string(5),
          row.string(6),   row.string(7), row.string(8), row.string(9), row.optional_text(10), *surface};
}

std::optional<KeptLook> find_look(db::Read& read, const std::string& programme, const Id<KeptLook>& id) {
  return read.find(R"sql(
    select id, owner_id, account_id, role, at, record_type, record_id, part, action, reason, grant_id, surface
    from record_look where programme_id = $1 and id = $2
  )sql",
                   {programme, id.text}, look_from);
}

}  // namespace

Admitted admitted(db::Read& read, const Looking& looking, std::span<const Subject> subjects) {
  Admitted all;
  const auto decided = decisions(read, looking.policy, looking.actor, looking.action, subjects, looking.asked);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (!decided[i].allowed) continue;
    all.subjects.push_back(subjects[i]);
    all.decisions.push_back(decided[i]);
  }
  return all;
}

bool log_looks(db::Database& database, const Looking& looking, const Admitted& admitted_before) {
  std::vector<Subject> due;
  for (const auto& subject : admitted_before.subjects)
    if (is_logged(looking, subject)) due.push_back(subject);
  if (due.empty()) return true;
  const db::Entry entry{"record.look", due.front().type, due.size() == 1 ? due.front().id : "",
                        static_cast<std::int64_t>(due.size())};
  return database.write(looking.actor, entry, [&](db::Write& write) {
    Asked asked = looking.asked;
    asked.now = write.now();
    const auto decided = decisions(write, looking.policy, looking.actor, looking.action, due, asked);
    const auto is_allowed = [](const policy::Decision& one) { return one.allowed; };
    if (!std::all_of(decided.begin(), decided.end(), is_allowed)) return false;
    for (std::size_t i = 0; i < due.size(); ++i) write_look(write, looking, due[i], decided[i]);
    return true;
  });
}

std::vector<KeptLook> looks_at_mine(db::Read& read, const Actor& actor, Moment now, std::int64_t most,
                                    const Id<KeptLook>& before) {
  return read.list(R"sql(
    select id, owner_id, account_id, role, at, record_type, record_id, part, action, reason, grant_id, surface
    from record_look
    where programme_id = $1 and owner_id = $2 and ($3 = '' or id < $3)
      and not exists (select 1 from record_look_deferred
                       where record_look_deferred.programme_id = record_look.programme_id
                         and record_look_deferred.look_id = record_look.id and until_at > $4)
      and not exists (select 1 from broken_glass_deferred
                        join broken_glass on broken_glass.programme_id = broken_glass_deferred.programme_id
                                             and broken_glass.id = broken_glass_deferred.glass_id
                       where broken_glass.programme_id = record_look.programme_id and until_at > $4
                         and ((record_look.record_type = 'break_glass_access'
                               and record_look.record_id = broken_glass.id)
                              or (record_look.reason = 'break_glass'
                                  and broken_glass.account_id = record_look.account_id
                                  and broken_glass.record_type = record_look.record_type
                                  and broken_glass.record_id = record_look.record_id
                                  and record_look.at >= broken_glass.at
                                  and record_look.at < broken_glass.closes_at)))
    order by id desc limit $5
  )sql",
                   {actor.programme_id, actor.account_id, before.text, iso(now), most}, look_from);
}

std::int64_t looks_at_mine_count(db::Read& read, const Actor& actor, Moment now) {
  return read.number(R"sql(
    select count(*) from record_look
    where programme_id = $1 and owner_id = $2
      and not exists (select 1 from record_look_deferred
                       where record_look_deferred.programme_id = record_look.programme_id
                         and record_look_deferred.look_id = record_look.id and until_at > $3)
      and not exists (select 1 from broken_glass_deferred
                        join broken_glass on broken_glass.programme_id = broken_glass_deferred.programme_id
                                             and broken_glass.id = broken_glass_deferred.glass_id
                       where broken_glass.programme_id = record_look.programme_id and until_at > $3
                         and ((record_look.record_type = 'break_glass_access'
                               and record_look.record_id = broken_glass.id)
                              or (record_look.reason = 'break_glass'
                                  and broken_glass.account_id = record_look.account_id
                                  and broken_glass.record_type = record_look.record_type
                                  and broken_glass.record_id = record_look.record_id
                                  and record_look.at >= broken_glass.at
                                  and record_look.at < broken_glass.closes_at)))
  )sql",
                     {actor.programme_id, actor.account_id, iso(now)});
}

KeptLook look_at_mine(db::Read& read, const Actor& actor, const Id<KeptLook>& id, Moment now) {
  // The first of the list that begins with it: whatever the list leaves out is not there.
  const auto found = looks_at_mine(read, actor, now, 1, {id.text + '~'});
  if (!actor.signed_in() || found.empty() || found.front().id != id) throw NotFound("look " + id.text);
  return found.front();
}

KeptLook look_for_guardian(db::Read& read, const Actor& actor, const Id<KeptLook>& id) {
  const auto found = find_look(read, actor.programme_id, id);
  if (!found || !actor.has(Role::privacy_guardian)) throw NotFound("look " + id.text);
  return *found;
}

void hold_back(db::Write& write, const Id<KeptLook>& id, const NewDeferral& deferral) {
  const auto& actor = write.actor();
  const auto look = look_for_guardian(write, actor, id);
  const bool is_party = look.account == actor.account_id || look.owner == actor.account_id;
  if (look.role != Role::safeguarding_lead || is_party) throw NotFound("look " + id.text);
  const auto zone = zone_of(write, actor.programme_id);
  if (deferral.until > days_after(date_in_zone(look.at, zone), most_days_held_back))
    throw Conflict("longer than a look may be held back", "privacy.stop.not_held_back");
  const auto reason =
      write.keys().seal({"record_look_deferred", "reason", id.text, actor.programme_id}, deferral.reason);
  write.run(R"sql(
    insert into record_look_deferred (programme_id, look_id, until_at, reason, at, deferred_by)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {actor.programme_id, id.text, iso(start_of(days_after(deferral.until, 1), zone)), db::BytesView{reason},
             iso(write.now()), acted_by(write)});
}

}  // namespace cairn::privacy
