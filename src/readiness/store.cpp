// SPDX-License-Identifier: Apache-2.0
#include "readiness/store.hpp"

#include <map>
#include <utility>

#include "base/stop.hpp"

namespace cairn::readiness {
namespace {

Date day(const db::Row& row, int column) {
  const auto found = date_from_iso(row.text(column));
  if (!found) throw Corrupt("a policy holds a day that is none");
  return *found;
}

// From column `first` on: number, title, words, kept_at, changed, dated_on, review_on, with_peers.
PolicyVersion version_in(const db::Row& row, int first) {
  PolicyVersion version;
  version.number = row.integer(first);
  version.title = row.string(first + 1);
  version.words = row.string(first + 2);
  version.kept_at = row.string(first + 3);
  version.changed = row.string(first + 4);
  version.dated_on = day(row, first + 5);
  version.review_on = day(row, first + 6);
  version.with_peers = row.text(first + 7) == "yes";
  return version;
}

using Readers = std::map<std::pair<std::string, std::int64_t>, std::vector<Role>>;

// By document and version; of one document where its id is given.
Readers readers(db::Read& read, const std::string& programme, const std::string& id) {
  Readers all;
  read.each(R"sql(
    select document_id, number, role from policy_reader
    where programme_id = $1 and ($2 = '' or document_id = $2) order by role
  )sql",
            {programme, id}, [&](const db::Row& row) {
              const auto role = role_from_name(row.text(2));
              if (!role) throw Corrupt("a policy names an unknown role");
              all[{row.string(0), row.integer(1)}].push_back(*role);
            });
  return all;
}

std::vector<PolicyDocument> documents(db::Read& read, const std::string& programme, const std::string& id) {
  auto all = read.list(
      R"sql(
    select policy_document.id, topic, number, title, words, kept_at, changed, dated_on, review_on, with_peers,
           (select state from policy_state
             where policy_state.programme_id = policy_document.programme_id
               and policy_state.document_id = policy_document.id
             order by policy_state.number desc limit 1)
    from policy_document
      join policy_version on policy_version.programme_id = policy_document.programme_id
        and policy_version.document_id = policy_document.id
    where policy_document.programme_id = $1 and ($2 = '' or policy_document.id = $2)
      and not exists (select 1 from policy_version later
                       where later.programme_id = policy_version.programme_id
                         and later.document_id = policy_version.document_id
                         and later.number > policy_version.number)
    order by topic, title, policy_document.id
  )sql",
      {programme, id}, [](const db::Row& row) {
        return PolicyDocument{
            {row.string(0)}, row.string(1), version_in(row, 2), row.optional_text(10).value_or("listed") == "removed"};
      });
  auto who = readers(read, programme, id);
  for (auto& one : all) one.latest.readers = who[{one.id.text, one.latest.number}];
  return all;
}

void write_version(db::Write& write, const Id<PolicyDocument>& id, const PolicyVersion& version, std::int64_t number) {
  const auto& programme = write.actor().programme_id;
  write.run(R"sql(
    insert into policy_version (programme_id, document_id, number, title, words, kept_at, changed, dated_on, review_on,
                                with_peers, made_by, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  )sql",
            {programme, id.text, number, version.title, version.words, version.kept_at, version.changed,
             iso(version.dated_on), iso(version.review_on), version.with_peers ? "yes" : "no", write.actor().account_id,
             iso(write.now())});
  for (const Role role : version.readers)
    write.run(R"sql(
      insert into policy_reader (programme_id, document_id, number, role) values ($1, $2, $3, $4)
    )sql",
              {programme, id.text, number, name(role)});
  write.about(id.text);
}

void set_state(db::Write& write, const Id<PolicyDocument>& id, bool removed) {
  if (policy_document(write, write.actor(), id).removed == removed) return;
  write.run(R"sql(
    insert into policy_state (programme_id, document_id, number, state, made_by, at)
    select $1, $2, count(*) + 1, $3, $4, $5 from policy_state where programme_id = $1 and document_id = $2
  )sql",
            {write.actor().programme_id, id.text, removed ? "removed" : "listed", write.actor().account_id,
             iso(write.now())});
}

}  // namespace

std::vector<PolicyDocument> policy_documents(db::Read& read, const Actor& actor) {
  return documents(read, actor.programme_id, "");
}

PolicyDocument policy_document(db::Read& read, const Actor& actor, const Id<PolicyDocument>& id) {
  auto found = documents(read, actor.programme_id, id.text);
  if (id.text.empty() || found.empty()) throw NotFound("policy document " + id.text);
  return std::move(found.front());
}

std::vector<PolicyVersion> policy_versions(db::Read& read, const Actor& actor, const Id<PolicyDocument>& id) {
  auto who = readers(read, actor.programme_id, id.text);
  return read.list(R"sql(
    select number, title, words, kept_at, changed, dated_on, review_on, with_peers from policy_version
    where programme_id = $1 and document_id = $2 order by number desc
  )sql",
                   {actor.programme_id, id.text}, [&](const db::Row& row) {
                     auto version = version_in(row, 0);
                     version.readers = who[{id.text, version.number}];
                     return version;
                   });
}

void add_policy(db::Write& write, const Id<PolicyDocument>& id, const NewPolicy& policy) {
  const auto& programme = write.actor().programme_id;
  const auto taken = write.number(R"sql(
    select count(*) from policy_document where programme_id = $1 and id = $2
  )sql",
                                  {programme, id.text});
  if (taken > 0) throw Repeated("the policy was added before: " + id.text);
  write.run(R"sql(
    insert into policy_document (programme_id, id, topic, made_by, made_at) values ($1, $2, $3, $4, $5)
  )sql",
            {programme, id.text, policy.topic, write.actor().account_id, iso(write.now())});
  write_version(write, id, policy.version, 1);
}

void add_version(db::Write& write, const Id<PolicyDocument>& id, const PolicyVersion& version, std::int64_t number) {
  const auto known = policy_document(write, write.actor(), id);
  if (known.latest.number != number) throw Conflict("another version came meanwhile: " + id.text);
  write_version(write, id, version, number + 1);
}

void remove_policy(db::Write& write, const Id<PolicyDocument>& id) {
  set_state(write, id, true);
}

void restore_policy(db::Write& write, const Id<PolicyDocument>& id) {
  set_state(write, id, false);
}

std::set<std::string> own_acknowledgements(db::Read& read, const Actor& actor) {
  std::set<std::string> all;
  read.each(R"sql(
    select policy_acknowledgement.document_id from policy_acknowledgement
    where programme_id = $1 and account_id = $2
      and not exists (select 1 from policy_version
                       where policy_version.programme_id = policy_acknowledgement.programme_id
                         and policy_version.document_id = policy_acknowledgement.document_id
                         and policy_version.number > policy_acknowledgement.number)
  )sql",
            {actor.programme_id, actor.account_id}, [&](const db::Row& row) { all.insert(row.string(0)); });
  return all;
}

void acknowledge(db::Write& write, const Id<PolicyDocument>& id, std::int64_t number) {
  const auto& actor = write.actor();
  if (policy_document(write, actor, id).latest.number != number)
    throw Conflict("a newer version came meanwhile: " + id.text);
  if (own_acknowledgements(write, actor).contains(id.text)) return;
  write.run(R"sql(
    insert into policy_acknowledgement (programme_id, document_id, number, account_id, at) values ($1, $2, $3, $4, $5)
  )sql",
            {actor.programme_id, id.text, number, actor.account_id, iso(write.now())});
  write.about(id.text);
}

}  // namespace cairn::readiness
