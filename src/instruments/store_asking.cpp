// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_asking.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/secret.hpp"
#include "instruments/store_waiting.hpp"
#include "jobs/queue.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;

db::Place place(std::string_view column, const std::string& collection) {
  return {"asking", column, collection, collection};
}

Moment moment(const db::Row& row, int column) {
  const auto at = moment_from_iso(row.text(column));
  if (!at) throw Corrupt("asking_period holds a time that is none");
  return *at;
}

std::string sealed_words(const db::Keys& keys, const std::string& collection, const AskingWords& words) {
  const json kept{{"who", words.who}, {"why", words.why}, {"what_next", words.what_next}, {"help", words.help}};
  return keys.seal(place("words", collection), kept.dump());
}

AskingWords opened_words(const db::Keys& keys, const std::string& collection, std::string_view sealed) {
  const json kept = json::parse(keys.open(place("words", collection), sealed));
  return {kept.at("who"), kept.at("why"), kept.at("what_next"), kept.at("help")};
}

void add_period(db::Write& write, const std::string& collection, const Period& period) {
  write.run(R"sql(
    insert into asking_period (collection_id, number, opens_at, closes_at, set_at, set_by)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {collection, period.number, iso(period.opens_at), iso(period.closes_at), iso(write.now()),
             write.actor().account_id});
}

void add_key(db::Write& write, const std::string& collection) {
  const auto pair = key_pair();
  const auto sealed = write.keys().seal({"asking_key", "private_key", collection, collection}, pair.private_key);
  write.run(R"sql(
    insert into asking_key (collection_id, public_key, private_key) values ($1, $2, $3)
  )sql",
            {collection, db::BytesView{pair.public_key}, db::BytesView{sealed}});
}

// Once as the time is up, for when nobody is still answering, and once as the grace is over.
void queue_settling(db::Write& write, const std::string& collection, Moment closes_at, std::int64_t grace_hours) {
  jobs::put_in_queue(write, settle_job, collection, closes_at);
  if (grace_hours > 0) jobs::put_in_queue(write, settle_job, collection, later(closes_at, grace_hours * 60 * 60));
}

void add_sites_and_groups(db::Write& write, const std::string& collection, const NewAsking& asking) {
  for (const auto& site : asking.sites)
    write.run(R"sql(
      insert into asking_site (collection_id, number, service_id, name, employer, context, setting)
      values ($1, $2, $3, $4, $5, $6, $7)
    )sql",
              {collection, site.number, site.service_id, site.name, site.employer, site.context, site.setting});
  for (const auto& group : asking.groups)
    write.run(R"sql(
      insert into asking_group (collection_id, site, stakeholder, hoped_for, answered) values ($1, $2, $3, $4, 0)
    )sql",
              {collection, group.site, group.stakeholder, group.hoped_for});
}

void add_languages(db::Write& write, const std::string& collection, const std::vector<std::string>& languages) {
  std::int64_t number = 0;
  for (const auto& language : languages)
    write.run(R"sql(
      insert into asking_language (collection_id, number, language) values ($1, $2, $3)
    )sql",
              {collection, ++number, language});
}

Period latest_period(db::Read& read, const std::string& collection) {
  auto found = read.find(R"sql(
    select asking_period.number, opens_at, closes_at, asking_settled.at from asking_period
    left join asking_settled
      on asking_settled.collection_id = asking_period.collection_id and asking_settled.period = asking_period.number
    where asking_period.collection_id = $1 order by asking_period.number desc limit 1
  )sql",
                         {collection}, [](const db::Row& row) {
                           return Period{row.integer(0), moment(row, 1), moment(row, 2), !row.is_null(3)};
                         });
  if (!found) throw Corrupt("an asking without a period");
  return *found;
}

void complete(db::Read& read, Asking& asking) {
  const auto& id = asking.collection.text;
  asking.period = latest_period(read, id);
  asking.languages = read.list(R"sql(
    select language from asking_language where collection_id = $1 order by number
  )sql",
                               {id}, [](const db::Row& row) { return row.string(0); });
  asking.sites = read.list(R"sql(
    select number, service_id, name, employer, context, setting from asking_site where collection_id = $1 order by number
  )sql",
                           {id}, [](const db::Row& row) {
                             return AskedSite{row.integer(0), row.string(1), row.string(2),
                                              row.string(3),  row.string(4), row.string(5)};
                           });
  asking.groups = read.list(R"sql(
    select site, stakeholder, hoped_for, answered from asking_group where collection_id = $1 order by site, stakeholder
  )sql",
                            {id}, [](const db::Row& row) {
                              return AskedGroup{row.integer(0), row.string(1), row.integer(2), row.integer(3)};
                            });
}

Asking asking_from(const db::Keys& keys, const db::Row& row) {
  Asking asking;
  asking.collection = {row.string(0)};
  asking.programme_id = row.string(1);
  const auto mode = mode_from_code(row.text(2));
  if (!mode) throw Corrupt("asking holds a mode that is none");
  asking.mode = *mode;
  asking.words = opened_words(keys, asking.collection.text, row.bytes(3));
  asking.results_code = row.string(4);
  asking.grace_hours = row.integer(5);
  asking.instrument_id = row.string(6);
  asking.instrument_version = static_cast<int>(row.integer(7));
  asking.smallest_group = row.integer(8);
  return asking;
}

std::optional<Asking> find_one(db::Read& read, std::string_view sql, std::string_view by) {
  auto found = read.find(sql, {by}, [&](const db::Row& row) { return asking_from(read.keys(), row); });
  if (found) complete(read, *found);
  return found;
}

constexpr std::string_view by_collection_sql = R"sql(
  select asking.collection_id, asking.programme_id, mode, words, results_code, grace_hours, collection.instrument_id,
         collection.instrument_version, collection.smallest_group
  from asking join collection on collection.id = asking.collection_id
  where asking.collection_id = $1
)sql";
constexpr std::string_view by_results_sql = R"sql(
  select asking.collection_id, asking.programme_id, mode, words, results_code, grace_hours, collection.instrument_id,
         collection.instrument_version, collection.smallest_group
  from asking join collection on collection.id = asking.collection_id
  where asking.results_code = $1
)sql";

}  // namespace

void add_asking(db::Write& write, const Id<Collection>& id, const NewAsking& asking) {
  const auto words = sealed_words(write.keys(), id.text, asking.words);
  const auto link_key = write.keys().seal(place("link_key", id.text), random_bytes(32));
  write.run(R"sql(
    insert into asking (collection_id, programme_id, mode, words, link_key, results_code, grace_hours, made_at, made_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  )sql",
            {id.text, write.actor().programme_id, code(asking.mode), db::BytesView{words}, db::BytesView{link_key},
             link_secret(), asking.grace_hours, iso(write.now()), write.actor().account_id});
  add_period(write, id.text, {1, asking.opens_at, asking.closes_at, false});
  add_key(write, id.text);
  add_sites_and_groups(write, id.text, asking);
  add_languages(write, id.text, asking.languages);
  queue_settling(write, id.text, asking.closes_at, asking.grace_hours);
}

std::optional<Asking> find_asking(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return find_one(read, by_collection_sql, id.text);
}

std::optional<Asking> find_asking_by_results(db::Read& read, std::string_view results_code) {
  return find_one(read, by_results_sql, results_code);
}

Asking asking_of(db::Read& read, const Id<Collection>& id) {
  auto found = find_one(read, by_collection_sql, id.text);
  if (!found) throw NotFound("nobody is asked for collection " + id.text);
  return *std::move(found);
}

void set_period(db::Write& write, const Id<Collection>& id, Moment closes_at) {
  const auto asking = asking_of(write, id);
  if (asking.programme_id != write.actor().programme_id) throw NotFound("collection " + id.text);
  if (closes_at < write.now()) throw Conflict("a round cannot close in the past", "instruments.asking.day_past");
  const auto& last = asking.period;
  const bool again = last.settled;
  const Moment opens_at = again ? write.now() : std::min(last.opens_at, closes_at);
  add_period(write, id.text, {last.number + 1, opens_at, closes_at, false});
  if (again) add_key(write, id.text);
  queue_settling(write, id.text, closes_at, asking.grace_hours);
  write.about(id.text);
}

std::int64_t wording_number(db::Write& write, const Id<Collection>& id, std::string_view words) {
  const auto known = write.find(R"sql(
    select number from asking_wording where collection_id = $1 and words = $2
  )sql",
                                {id.text, words}, [](const db::Row& row) { return row.integer(0); });
  if (known) return *known;
  const auto next = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from asking_wording where collection_id = $1
  )sql",
                                     {id.text});
  write.run(R"sql(
    insert into asking_wording (collection_id, number, words) values ($1, $2, $3)
  )sql",
            {id.text, next, words});
  return next;
}

}  // namespace cairn::instruments
