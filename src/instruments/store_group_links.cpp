// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "base/secret.hpp"
#include "instruments/store.hpp"
#include "instruments/store_invitations.hpp"
#include "instruments/store_participants.hpp"

namespace cairn::instruments {
namespace {

db::Place code_place(std::string_view link, std::string_view collection) {
  return {"group_link", "code", link, collection};
}

// Where the answers that came by a link were counted for their groups they are no longer.
void uncount(db::Write& write, const std::string& collection, const std::vector<std::string>& sealed) {
  const auto pair = write.find(R"sql(
    select public_key, private_key from asking_key where collection_id = $1
  )sql",
                               {collection}, [&](const db::Row& row) {
                                 const db::Place place{"asking_key", "private_key", collection, collection};
                                 return KeyPair{std::string(row.bytes(0)), write.keys().open(place, row.bytes(1))};
                               });
  if (!pair) return;
  for (const auto& one : sealed) {
    const auto answers = nlohmann::json::parse(opened_by(*pair, one));
    write.run(R"sql(
      update asking_group set answered = answered - 1
      where collection_id = $1 and site = $2 and stakeholder = $3 and answered > 0
    )sql",
              {collection, answers.at("site").get<std::int64_t>(), answers.at("stakeholder").get<std::string>()});
  }
}

void delete_what_came_by(db::Write& write, const std::string& collection, std::string_view link) {
  uncount(write, collection,
          write.list(R"sql(
    select answers from sent_answer where collection_id = $1 and group_link_id = $2
  )sql",
                     {collection, link}, [](const db::Row& row) { return std::string(row.bytes(0)); }));
  write.run(R"sql(delete from sent_answer where collection_id = $1 and group_link_id = $2)sql", {collection, link});
  write.run(R"sql(delete from answer_draft where collection_id = $1 and group_link_id = $2)sql", {collection, link});
}

}  // namespace

std::vector<GroupLink> group_links(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return read.list(R"sql(
    select group_link.id, code, site, stakeholder, most, taken, why from group_link
    left join group_link_end on group_link_end.collection_id = group_link.collection_id
                            and group_link_end.link_id = group_link.id
    where group_link.collection_id = $1 order by made_at, group_link.id
  )sql",
                   {id.text}, [&](const db::Row& row) {
                     GroupLink link{row.string(0), id,
                                    read.keys().open(code_place(row.text(0), id.text), row.bytes(1))};
                     link.site = row.optional_integer(2);
                     link.stakeholder = row.optional_text(3).value_or("");
                     link.most = row.integer(4);
                     link.taken = row.integer(5);
                     link.ended = row.optional_text(6).value_or("");
                     return link;
                   });
}

GroupLink add_group_link(db::Write& write, const Id<Collection>& id, std::optional<std::int64_t> site,
                         std::string_view stakeholder, std::int64_t most) {
  collection(write, write.actor(), id);
  GroupLink link{unordered_id(), id, link_secret(), site, std::string(stakeholder), most};
  const auto code = write.keys().seal(code_place(link.id, id.text), link.code);
  const auto hash = sha256(link.code);
  const auto group = stakeholder.empty() ? std::nullopt : std::optional(link.stakeholder);
  write.run(R"sql(
    insert into group_link (collection_id, id, code, code_hash, site, stakeholder, most, taken, made_at, made_by)
    values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)
  )sql",
            {id.text, link.id, db::BytesView{code}, db::BytesView{hash}, db::or_null(site), db::or_null(group), most,
             iso(write.now()), given_by(write.actor())});
  write.about(link.id);
  return link;
}

void end_group_link(db::Write& write, const Id<Collection>& id, std::string_view link, std::string_view why) {
  bool open = false;
  bool there = false;
  for (const auto& one : group_links(write, write.actor(), id)) {
    there = there || one.id == link;
    open = open || (one.id == link && one.ended.empty());
  }
  if (!there) throw NotFound("no group link " + std::string(link));
  if (!open) return;
  write.run(R"sql(
    insert into group_link_end (collection_id, link_id, why, at, given_by) values ($1, $2, $3, $4, $5)
  )sql",
            {id.text, link, why, iso(write.now()), given_by(write.actor())});
  if (why == "misused") delete_what_came_by(write, id.text, link);
}

}  // namespace cairn::instruments
