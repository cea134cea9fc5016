// SPDX-License-Identifier: Apache-2.0
#include "evaluation/store.hpp"

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::evaluation {
namespace {

const std::string& programme_of(const db::Write& write) {
  return write.actor().programme_id;
}

Study study_from(const db::Row& row) {
  return {{row.string(0)}, row.string(1), row.string(2), static_cast<int>(row.integer(3))};
}

Round round_from(const db::Row& row) {
  Round round{static_cast<int>(row.integer(0)), row.string(1), {}};
  if (const auto day = row.optional_text(2)) {
    round.dated_on = date_from_iso(*day);
    if (!round.dated_on) throw Corrupt("study_round holds a day that is none");
  }
  return round;
}

}  // namespace

std::vector<Study> studies(db::Read& read, const Actor& actor) {
  auto all = read.list(R"sql(
    select id, name, instrument_id, instrument_version from study where programme_id = $1 order by name_key
  )sql",
                       {actor.programme_id}, study_from);
  std::erase_if(all, [&](const Study& study) { return !reaches(actor, study.id); });
  return all;
}

Study study(db::Read& read, const Actor& actor, const Id<Study>& id) {
  auto found = read.find(R"sql(
    select id, name, instrument_id, instrument_version from study where programme_id = $1 and id = $2
  )sql",
                         {actor.programme_id, id.text}, study_from);
  if (!found || !reaches(actor, id)) throw NotFound("no study " + id.text);
  return *found;
}

std::optional<Study> find_study(db::Read& read, const Actor& actor, std::string_view name) {
  const auto key = lower(trimmed(name));
  auto found = read.find(R"sql(
    select id, name, instrument_id, instrument_version from study where programme_id = $1 and name_key = $2
  )sql",
                         {actor.programme_id, key}, study_from);
  if (found && !reaches(actor, found->id)) found.reset();
  return found;
}

Id<Study> add_study(db::Write& write, std::string_view name, std::string_view instrument_id, int instrument_version) {
  const Id<Study> id{ordered_id(write.now())};
  const auto key = lower(name);
  const auto now = iso(write.now());
  write.run(R"sql(
    insert into study (programme_id, id, name, name_key, instrument_id, instrument_version, made_by, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {programme_of(write), id.text, name, key, instrument_id, std::int64_t{instrument_version},
             write.actor().account_id, now});
  write.about(id.text);
  return id;
}

std::vector<Round> rounds(db::Read& read, const Actor& actor, const Id<Study>& id) {
  study(read, actor, id);
  return read.list(R"sql(
    select number, collection_id, dated_on from study_round where programme_id = $1 and study_id = $2 order by number
  )sql",
                   {actor.programme_id, id.text}, round_from);
}

Round round(db::Read& read, const Actor& actor, const Id<Study>& id, int number) {
  auto found = find_round(read, actor, id, number);
  if (!found) throw NotFound("no round " + std::to_string(number) + " of study " + id.text);
  return *found;
}

std::optional<Round> find_round(db::Read& read, const Actor& actor, const Id<Study>& id, int number) {
  study(read, actor, id);
  return read.find(R"sql(
    select number, collection_id, dated_on from study_round
    where programme_id = $1 and study_id = $2 and number = $3
  )sql",
                   {actor.programme_id, id.text, std::int64_t{number}}, round_from);
}

void add_round(db::Write& write, const Id<Study>& id, const Round& round) {
  study(write, write.actor(), id);
  const auto dated_on = round.dated_on ? std::optional(iso(*round.dated_on)) : std::nullopt;
  write.run(R"sql(
    insert into study_round (programme_id, study_id, number, collection_id, dated_on) values ($1, $2, $3, $4, $5)
  )sql",
            {programme_of(write), id.text, std::int64_t{round.number}, round.collection_id, db::or_null(dated_on)});
}

std::optional<RoundOfCollection> find_round_of(db::Read& read, const Actor& actor, std::string_view collection_id) {
  return read.find(R"sql(
    select number, collection_id, dated_on, study.id, name, instrument_id, instrument_version from study_round
    join study on study.programme_id = study_round.programme_id and study.id = study_round.study_id
    where study_round.programme_id = $1 and collection_id = $2
  )sql",
                   {actor.programme_id, collection_id}, [](const db::Row& row) {
                     return RoundOfCollection{
                         {{row.string(3)}, row.string(4), row.string(5), static_cast<int>(row.integer(6))},
                         round_from(row)};
                   });
}

std::optional<std::string> collection_to_answer(db::Read& read, const Actor& actor, const Id<Study>& id, int number) {
  return read.find(R"sql(
    select collection_id from study_round where programme_id = $1 and study_id = $2 and number = $3
  )sql",
                   {actor.programme_id, id.text, std::int64_t{number}},
                   [](const db::Row& row) { return row.string(0); });
}

std::vector<db::SealedColumn> sealed_columns() {
  return {{"report_feedback", "words", "id", "programme_id"}};
}

}  // namespace cairn::evaluation
