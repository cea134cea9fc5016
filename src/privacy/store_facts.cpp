// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_facts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "privacy/store_blocks.hpp"
#include "privacy/store_conflicts.hpp"
#include "privacy/store_parts.hpp"
#include "privacy/store_shield.hpp"

namespace cairn::privacy {
namespace {

using Record = std::pair<std::string, std::string>;  // type and id

// The records of one type that are asked about.
using Ids = std::map<std::string, std::set<std::string>, std::less<>>;

// Where a role is held: one place within another.
class Places {
 public:
  Places(db::Read& read, const std::string& programme) : read_(read), programme_(programme) {}

  // The place itself, or one inside it.
  bool is_within(const Reach& inner, const Reach& outer) {
    if (inner == outer || outer.kind == "programme") return true;
    if (outer.kind != "organisation" && outer.kind != "service") return false;
    load();
    for (auto at = parents_->find(key(inner)); at != parents_->end(); at = parents_->find(at->second))
      if (at->second == key(outer)) return true;
    return false;
  }

 private:
  static std::string key(const Reach& reach) { return reach.kind + ' ' + reach.id; }

  void load() {
    if (parents_) return;
    parents_.emplace();
    read_.each(
        R"sql( select id, organisation_id from service where programme_id = $1 )sql", {programme_},
        [&](const db::Row& row) { parents_->emplace("service " + row.string(0), "organisation " + row.string(1)); });
    read_.each(R"sql( select id, service_id from team where programme_id = $1 )sql", {programme_},
               [&](const db::Row& row) { parents_->emplace("team " + row.string(0), "service " + row.string(1)); });
  }

  db::Read& read_;
  std::string programme_;
  std::optional<std::map<std::string, std::string>> parents_;
};

struct KnownGrant {
  std::string owner;
  policy::Grant grant;
};
using Grants = std::multimap<Record, KnownGrant>;

// One row for each part of each grant that names the actor, or a role where the actor holds it.
void add_grants(db::Read& read, const Actor& actor, const std::string& type, const std::set<std::string>& ids,
                Moment now, Grants& grants) {
  Places places(read, actor.programme_id);
  read.each(R"sql(
    select consent_grant.id, record_id, owner_id, to_role, reach_kind, reach_id, part, consent_grant_term.at, ends_at,
           consent_grant_taken_back.at
    from consent_grant
      join consent_grant_part
        on consent_grant_part.programme_id = consent_grant.programme_id
           and consent_grant_part.grant_id = consent_grant.id
      join consent_grant_term
        on consent_grant_term.programme_id = consent_grant.programme_id
           and consent_grant_term.grant_id = consent_grant.id
      left join consent_grant_taken_back
        on consent_grant_taken_back.programme_id = consent_grant.programme_id
           and consent_grant_taken_back.grant_id = consent_grant.id
    where consent_grant.programme_id = $1 and record_type = $2 and record_id >= $3 and record_id <= $4
      and (to_kind = 'role' or to_account = $5)
      and not exists (select 1 from consent_grant_term later
                       where later.programme_id = consent_grant_term.programme_id
                         and later.grant_id = consent_grant_term.grant_id
                         and later.number > consent_grant_term.number)
  )sql",
            {actor.programme_id, type, *ids.begin(), *ids.rbegin(), actor.account_id}, [&](const db::Row& row) {
              if (!ids.contains(row.string(1))) return;
              policy::Grant grant{
                  row.string(0), policy::GrantTo::person, Role::anyone, standing_of(row, 7, now), {row.string(6)}};
              if (!row.is_null(3)) {
                const auto role = role_from_name(row.text(3));
                if (!role) throw Corrupt("consent_grant names an unknown role");
                const Reach where{row.string(4), row.string(5)};
                const auto is_meant = [&](const HeldRole& held) {
                  return held.role == *role && places.is_within(held.reach, where);
                };
                if (std::none_of(actor.roles.begin(), actor.roles.end(), is_meant)) return;
                grant.to = policy::GrantTo::role;
                grant.role = *role;
              }
              grants.emplace(Record{type, row.string(1)}, KnownGrant{row.string(2), std::move(grant)});
            });
}

std::set<Record> opened_glass(db::Read& read, const Actor& actor, Moment now) {
  std::set<Record> open;
  read.each(R"sql(
    select record_type, record_id from broken_glass
    where programme_id = $1 and account_id = $2 and at <= $3 and closes_at > $3
  )sql",
            {actor.programme_id, actor.account_id, iso(now)},
            [&](const db::Row& row) { open.emplace(row.string(0), row.string(1)); });
  return open;
}

// What this stage knows of all the subjects together.
struct Known {
  Grants grants;
  std::set<Record> glass;
  std::set<std::string> blocking;
  std::set<std::string> conflicted;
  std::set<std::string> shielded;
};

Known known_about(db::Read& read, const Actor& actor, std::span<const Subject> subjects, const Asked& asked) {
  Known known;
  Owners owners;
  Ids ids;
  for (const auto& subject : subjects) {
    if (subject.owner.empty() || subject.owner == actor.account_id) continue;
    owners.insert(subject.owner);
    owners.insert(subject.also_about.begin(), subject.also_about.end());
    ids[subject.type].insert(subject.id);
  }
  if (!actor.signed_in() || owners.empty()) return known;
  for (const auto& [type, of_type] : ids) add_grants(read, actor, type, of_type, asked.now, known.grants);
  known.glass = opened_glass(read, actor, asked.now);
  const auto zone = zone_of(read, actor.programme_id);
  const auto today = date_in_zone(asked.now, zone);
  const auto teams = memberships(read, zone, actor.account_id);
  known.blocking = blocking_owners(read, actor, owners);
  known.conflicted = conflicted_owners(read, actor, teams, owners, today);
  known.shielded = shielded_owners(read, actor, teams, owners, zone, today);
  return known;
}

policy::Facts facts_from(const Known& known, const Actor& actor, const Subject& subject, const Asked& asked) {
  policy::Facts facts;
  facts.lies_in = subject.lies_in;
  facts.owner = actor.signed_in() && subject.owner == actor.account_id;
  facts.assigned_as = subject.assigned_as;
  facts.team = !subject.team.empty() && std::any_of(actor.roles.begin(), actor.roles.end(), [&](const HeldRole& held) {
    return held.reach == Reach{"team", subject.team};
  });
  facts.part = subject.part;
  facts.keeping = subject.keeping;
  facts.states = subject.states;
  facts.step_up = asked.step_up;
  facts.protocol = subject.protocol;
  facts.two_people = subject.two_people;
  const Record record{subject.type, subject.id};
  const auto [first, last] = known.grants.equal_range(record);
  // Only what the owner of the record has granted counts.
  for (auto at = first; at != last; ++at)
    if (at->second.owner == subject.owner) facts.grants.push_back(at->second.grant);
  const auto concerns = [&](const std::set<std::string>& those) {
    return those.contains(subject.owner) ||
           std::any_of(subject.also_about.begin(), subject.also_about.end(),
                       [&](const std::string& person) { return those.contains(person); });
  };
  facts.blocked = concerns(known.blocking);
  facts.conflicted = concerns(known.conflicted);
  facts.shielded = known.shielded.contains(subject.owner);
  facts.break_glass_open = known.glass.contains(record);
  return facts;
}

}  // namespace

std::vector<policy::Facts> facts_about_all(db::Read& read, const Actor& actor, std::span<const Subject> subjects,
                                           const Asked& asked) {
  const Known known = known_about(read, actor, subjects, asked);
  std::vector<policy::Facts> facts;
  facts.reserve(subjects.size());
  for (const auto& subject : subjects) facts.push_back(facts_from(known, actor, subject, asked));
  return facts;
}

policy::Facts facts_about(db::Read& read, const Actor& actor, const Subject& subject, const Asked& asked) {
  return facts_about_all(read, actor, {&subject, 1}, asked).front();
}

std::vector<policy::Decision> decisions(db::Read& read, const policy::Policy& policy, const Actor& actor,
                                        policy::Action action, std::span<const Subject> subjects, const Asked& asked) {
  const auto facts = facts_about_all(read, actor, subjects, asked);
  std::vector<policy::Decision> all;
  all.reserve(subjects.size());
  for (std::size_t i = 0; i < subjects.size(); ++i)
    all.push_back(policy.decide(actor, subjects[i].type, action, facts[i]));
  return all;
}

policy::Decision decision(db::Read& read, const policy::Policy& policy, const Actor& actor, policy::Action action,
                          const Subject& subject, const Asked& asked) {
  return decisions(read, policy, actor, action, {&subject, 1}, asked).front();
}

std::vector<Subject> visible(db::Read& read, const policy::Policy& policy, const Actor& actor, policy::Action action,
                             std::span<const Subject> subjects, const Asked& asked) {
  const auto decided = decisions(read, policy, actor, action, subjects, asked);
  std::vector<Subject> seen;
  for (std::size_t i = 0; i < subjects.size(); ++i)
    if (decided[i].allowed) seen.push_back(subjects[i]);
  return seen;
}

policy::Decision must_allow(const policy::Decision& decision, const Subject& subject) {
  if (decision.allowed) return decision;
  if (decision.reason == policy::Reason::step_up) throw SignInAnew("a record of " + subject.type);
  not_there(subject.type);
}

void not_there(std::string_view type) {
  throw NotFound("no " + std::string(type) + " for whoever asks");
}

}  // namespace cairn::privacy
