// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_grants.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/secret.hpp"
#include "db/person_keys.hpp"
#include "privacy/store_parts.hpp"

namespace cairn::privacy {
namespace {

// Grants with the term that holds, the latest grant first. Of one owner, or of all; about one record, or any; to one
// account and to roles, or to anybody. What is not asked for is null.
constexpr std::string_view grants_sql = R"sql(
  select consent_grant.id, owner_id, record_type, record_id, to_account, to_role, reach_kind, reach_id, purpose,
         made_at, until_on, consent_grant_term.at, ends_at, consent_grant_taken_back.at
  from consent_grant
    join consent_grant_term
      on consent_grant_term.programme_id = consent_grant.programme_id
         and consent_grant_term.grant_id = consent_grant.id
    left join consent_grant_taken_back
      on consent_grant_taken_back.programme_id = consent_grant.programme_id
         and consent_grant_taken_back.grant_id = consent_grant.id
  where consent_grant.programme_id = $1
    and owner_id = coalesce($2, owner_id)
    and record_type = coalesce($3, record_type) and record_id = coalesce($4, record_id)
    and (to_kind = 'role' or to_account = coalesce($5, to_account))
    and not exists (select 1 from consent_grant_term later
                     where later.programme_id = consent_grant_term.programme_id
                       and later.grant_id = consent_grant_term.grant_id
                       and later.number > consent_grant_term.number)
  order by made_at desc, consent_grant.id desc
)sql";

using MaybeText = std::optional<std::string>;

db::Place place(const std::string& id, const std::string& owner) {
  return {"consent_grant", "purpose", id, owner};
}

// With its purpose still sealed.
KeptGrant grant_from(const db::Row& row, Moment now) {
  KeptGrant grant;
  grant.id = {row.string(0)};
  grant.owner = row.string(1);
  grant.record_type = row.string(2);
  grant.record_id = row.string(3);
  grant.to.account = row.optional_text(4).value_or("");
  if (!row.is_null(5)) {
    const auto role = role_from_name(row.text(5));
    if (!role) throw Corrupt("consent_grant names an unknown role");
    grant.to.role = *role;
    grant.to.reach = {row.string(6), row.string(7)};
  }
  grant.purpose = std::string(row.bytes(8));
  grant.made_at = moment_in(row, 9);
  grant.until = date_in(row, 10);
  grant.standing = standing_of(row, 11, now);
  if (!row.is_null(13)) grant.taken_back_at = moment_in(row, 13);
  return grant;
}

void add_parts(db::Read& read, const std::string& programme, std::vector<KeptGrant>& grants) {
  if (grants.empty()) return;
  std::map<std::string, KeptGrant*> by_id;
  for (auto& grant : grants) by_id[grant.id.text] = &grant;
  read.each(R"sql(
    select grant_id, part from consent_grant_part where programme_id = $1 and grant_id >= $2 and grant_id <= $3
    order by grant_id, part
  )sql",
            {programme, by_id.begin()->first, by_id.rbegin()->first}, [&](const db::Row& row) {
              const auto found = by_id.find(row.string(0));
              if (found != by_id.end()) found->second->parts.push_back(row.string(1));
            });
}

std::vector<KeptGrant> grants(db::Read& read, const std::string& programme, const MaybeText& owner,
                              const MaybeText& type, const MaybeText& record, const MaybeText& reader, Moment now) {
  auto found = read.list(grants_sql,
                         {programme, db::or_null(owner), db::or_null(type), db::or_null(record), db::or_null(reader)},
                         [&](const db::Row& row) { return grant_from(row, now); });
  add_parts(read, programme, found);
  return found;
}

void open_purposes(db::Read& read, std::vector<KeptGrant>& grants) {
  db::PersonKeys keys(read);
  for (auto& grant : grants) grant.purpose = keys.open(place(grant.id.text, grant.owner), grant.purpose);
}

// The actor's own, with its purpose sealed.
KeptGrant own_grant(db::Write& write, const Id<KeptGrant>& id) {
  const auto all = grants(write, write.actor().programme_id, write.actor().account_id, {}, {}, {}, write.now());
  const auto found = std::find_if(all.begin(), all.end(), [&](const KeptGrant& one) { return one.id == id; });
  if (found == all.end()) throw NotFound("grant " + id.text);
  return *found;
}

void add_term(db::Write& write, const std::string& grant, Date until) {
  const auto& programme = write.actor().programme_id;
  const auto ends = start_of(days_after(until, 1), zone_of(write, programme));
  write.run(R"sql(
    insert into consent_grant_term (programme_id, grant_id, number, until_on, ends_at, at, given_by)
    select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 from consent_grant_term
    where programme_id = $1 and grant_id = $2
  )sql",
            {programme, grant, iso(until), iso(ends), iso(write.now()), acted_by(write)});
}

void must_be_place(db::Read& read, const std::string& programme, const Reach& reach) {
  if (reach.kind == "programme") return;
  const auto found = read.number(R"sql(
    select (select count(*) from organisation where programme_id = $1 and id = $2 and $3 = 'organisation')
         + (select count(*) from service where programme_id = $1 and id = $2 and $3 = 'service')
         + (select count(*) from team where programme_id = $1 and id = $2 and $3 = 'team')
  )sql",
                                 {programme, reach.id, reach.kind});
  if (found == 0) throw NotFound(reach.kind + " " + reach.id);
}

// A grant as a record of its own, of which nobody but its owner and its reader knows.
Subject subject_of(const KeptGrant& grant) {
  Subject subject;
  subject.type = "consent_grant";
  subject.id = grant.id.text;
  subject.owner = grant.owner;
  return subject;
}

}  // namespace

Grantable grantable(const policy::Policy& policy, std::string_view record_type) {
  Grantable all;
  const auto* kind = policy.kind(record_type);
  if (kind == nullptr) return all;
  std::vector<std::string> parts{""};
  for (const auto& [part, says] : kind->parts) parts.push_back(part);
  for (const auto& part : parts) {
    Grantable::Opening opening{part, {}};
    for (const auto& rule : policy.rules(record_type, part, policy::Action::read))
      if (rule.condition == policy::Condition::granted) opening.roles.push_back(rule.role);
    if (!opening.roles.empty()) all.openings.push_back(std::move(opening));
  }
  return all;
}

Id<KeptGrant> give(db::Write& write, const policy::Policy& policy, const Subject& subject, const NewGrant& grant,
                   const Asked& asked) {
  const auto& actor = write.actor();
  must_allow(decision(write, policy, actor, policy::Action::share, subject, asked), subject);
  if (subject.owner != actor.account_id) not_there(subject.type);
  if (grant.to.is_person()) {
    must_be_account(write, actor.programme_id, grant.to.account);
  } else {
    must_be_place(write, actor.programme_id, grant.to.reach);
  }
  const auto id = ordered_id(write.now());
  const auto purpose = db::seal_for(write, place(id, subject.owner), grant.purpose);
  const auto text_or_null = [&](bool is_there, const std::string& text) {
    return is_there ? db::Bound(std::string_view(text)) : db::Bound();
  };
  const bool is_person = grant.to.is_person();
  const std::string role(name(grant.to.role));
  write.run(R"sql(
    insert into consent_grant (programme_id, id, owner_id, record_type, record_id, to_kind, to_account, to_role,
                               reach_kind, reach_id, purpose, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  )sql",
            {actor.programme_id, id, subject.owner, subject.type, subject.id, is_person ? "person" : "role",
             text_or_null(is_person, grant.to.account), text_or_null(!is_person, role),
             text_or_null(!is_person, grant.to.reach.kind), text_or_null(!is_person, grant.to.reach.id),
             db::BytesView{purpose}, iso(write.now())});
  for (const auto& part : grant.parts)
    write.run(R"sql( insert into consent_grant_part (programme_id, grant_id, part) values ($1, $2, $3) )sql",
              {actor.programme_id, id, part});
  add_term(write, id, grant.until);
  write.about(id);
  return {id};
}

void extend(db::Write& write, const Id<KeptGrant>& id, Date until) {
  const auto grant = own_grant(write, id);
  if (grant.standing == policy::Standing::revoked) throw NotFound("grant " + id.text);
  if (grant.standing == policy::Standing::expired) throw Conflict("the grant is over", "privacy.stop.grant_over");
  add_term(write, id.text, until);
}

void take_back(db::Write& write, const Id<KeptGrant>& id) {
  if (own_grant(write, id).taken_back_at) return;
  write.run(R"sql(
    insert into consent_grant_taken_back (programme_id, grant_id, at, taken_back_by) values ($1, $2, $3, $4)
  )sql",
            {write.actor().programme_id, id.text, iso(write.now()), acted_by(write)});
}

std::vector<KeptGrant> own_grants(db::Read& read, const Actor& actor, Moment now) {
  auto found = grants(read, actor.programme_id, actor.account_id, {}, {}, {}, now);
  open_purposes(read, found);
  return found;
}

std::vector<KeptGrant> own_grants_about(db::Read& read, const Actor& actor, std::string_view record_type,
                                        const std::string& record_id, Moment now) {
  auto found = grants(read, actor.programme_id, actor.account_id, std::string(record_type), record_id, {}, now);
  open_purposes(read, found);
  return found;
}

std::vector<KeptGrant> grants_to(db::Read& read, const policy::Policy& policy, const Actor& actor, const Asked& asked) {
  auto all = grants(read, actor.programme_id, {}, {}, {}, actor.account_id, asked.now);
  std::erase_if(all, [&](const KeptGrant& one) {
    return one.standing != policy::Standing::live || one.owner == actor.account_id;
  });
  std::vector<Subject> records;
  std::vector<Subject> themselves;
  for (const auto& one : all) {
    Subject record = subject_of(one);
    themselves.push_back(record);
    record.type = one.record_type;
    record.id = one.record_id;
    records.push_back(std::move(record));
  }
  const auto of_records = facts_about_all(read, actor, records, asked);
  auto facts = facts_about_all(read, actor, themselves, asked);
  std::vector<KeptGrant> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // Of the grants of the record, the one this is about; it counts for the grant itself as a whole.
    for (auto grant : of_records[i].grants)
      if (grant.id == all[i].id.text && facts[i].grants.empty()) {
        grant.parts = {""};
        facts[i].grants.push_back(std::move(grant));
      }
    if (policy.decide(actor, "consent_grant", policy::Action::read, facts[i]).allowed) seen.push_back(all[i]);
  }
  leave_out_erased(read, seen);
  open_purposes(read, seen);
  return seen;
}

}  // namespace cairn::privacy
