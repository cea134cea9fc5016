// SPDX-License-Identifier: Apache-2.0
#include "instruments/store.hpp"

#include <future>
#include <memory>
#include <utility>

#include "base/secret.hpp"

namespace cairn::instruments {
namespace {

constexpr std::int64_t parts = 16;             // response.part
constexpr std::int64_t worth_a_thread = 2000;  // people; fewer are read faster by one

struct Batch {
  std::string id;
  std::int64_t number = 0;
  std::int64_t people = 0;
};

// What a comparison starts from, of one moment.
struct Opened {
  Collection collection;
  std::vector<Batch> batches;
  std::vector<Shown> shown;
};

std::vector<Shown> shown_states(db::Read& read, const Id<Collection>& id) {
  return read.list(R"sql(
    select id, through_batch, smallest_group, decided from shown_state where collection_id = $1 order by number
  )sql",
                   {id.text}, [&](const db::Row& row) {
                     const db::Place place{"shown_state", "decided", row.text(0), id.text};
                     return Shown{row.integer(1), row.integer(2), read.keys().open(place, row.bytes(3))};
                   });
}

Opened opened(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  Opened result{collection(read, actor, id), {}, shown_states(read, id)};
  result.batches =
      read.list(R"sql(
    select id, number, people from response_batch where collection_id = $1 and number is not null order by number
  )sql",
                {id.text}, [](const db::Row& row) { return Batch{row.string(0), row.integer(1), row.integer(2)}; });
  return result;
}

// Counts the responses in some parts of every batch. A published batch does not change any more, so that several views
// of the data, each of its own moment, make one whole.
void count_parts(db::Database& database, const Opened& from, std::int64_t first, std::int64_t end, Counter& counter,
                 std::size_t items) {
  database.read([&](db::Read& read) {
    for (const auto& batch : from.batches)
      read.each(R"sql(
        select id, answers from response where batch_id = $1 and part >= $2 and part < $3
      )sql",
                {batch.id, first, end}, [&](const db::Row& row) {
                  const db::Place place{"response", "answers", row.text(0), from.collection.id.text};
                  const Response response = decoded(read.keys().open(place, row.bytes(1)));
                  if (response.presence.size() != items)
                    throw Corrupt("a response has another number of items than its instrument");
                  counter.add(response, batch.number);
                });
  });
}

std::unique_ptr<Counter> counted(db::Database& database, const Opened& from, std::size_t items) {
  std::int64_t people = 0;
  for (const auto& batch : from.batches) people += batch.people;
  auto counter = std::make_unique<Counter>(items, from.shown);
  if (people < worth_a_thread) {
    count_parts(database, from, 0, parts, *counter, items);
    return counter;
  }
  Counter other(items, from.shown);
  auto half = std::async(std::launch::async, [&] { count_parts(database, from, parts / 2, parts, other, items); });
  count_parts(database, from, 0, parts / 2, *counter, items);
  half.get();
  counter->add(other);
  return counter;
}

bool same(const Shown& one, const Shown& other) {
  return one.through_batch == other.through_batch && one.smallest_group == other.smallest_group;
}

bool shown_already(const std::vector<Shown>& before, const Shown& state) {
  for (const auto& each : before)
    if (same(each, state)) return true;
  return false;
}

// Keeps the state among those shown. False where another one was kept meanwhile, which this one was not protected
// against.
bool keep_shown(db::Database& database, const Actor& actor, const Opened& from, const Shown& state) {
  const auto& id = from.collection.id;
  return database.write(actor, {"inventory.compare", "collection", id.text}, [&](db::Write& write) {
    const auto now_shown = shown_states(write, id);
    if (now_shown.size() != from.shown.size())
      return now_shown.size() == from.shown.size() + 1 && same(now_shown.back(), state);
    const std::string row = unordered_id();
    const std::string decided = write.keys().seal({"shown_state", "decided", row, id.text}, state.decided);
    write.run(R"sql(
      insert into shown_state (collection_id, id, number, through_batch, smallest_group, decided, shown_at)
      values ($1, $2, $3, $4, $5, $6, $7)
    )sql",
              {id.text, row, static_cast<std::int64_t>(from.shown.size()) + 1, state.through_batch,
               state.smallest_group, db::BytesView{decided}, iso(write.now())});
    return true;
  });
}

}  // namespace

Id<Collection> add_collection(db::Write& write, const Actor& actor, const Instrument& instrument,
                              std::int64_t smallest_group) {
  Id<Collection> id{unordered_id()};
  write.run(
      R"sql(
    insert into collection (id, programme_id, instrument_id, instrument_version, smallest_group, made_at)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
      {id.text, actor.programme_id, instrument.id, std::int64_t{instrument.version}, smallest_group, iso(write.now())});
  return id;
}

Collection collection(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  auto found = read.find(R"sql(
    select instrument_id, instrument_version, smallest_group from collection where id = $1 and programme_id = $2
  )sql",
                         {id.text, actor.programme_id}, [&](const db::Row& row) {
                           return Collection{id, row.string(0), static_cast<int>(row.integer(1)), row.integer(2)};
                         });
  if (!found) throw NotFound("collection " + id.text);
  return *std::move(found);
}

std::int64_t responses(db::Read& read, const Actor& actor, const Id<Collection>& id) {
  collection(read, actor, id);
  return read.number(R"sql(
    select coalesce(sum(people), 0) from response_batch where collection_id = $1 and number is not null
  )sql",
                     {id.text});
}

Counter::Result comparison_of(db::Database& database, const Actor& actor, const Id<Collection>& id,
                              const Instrument& instrument) {
  if (instrument.sensitivity != Sensitivity::opinion)
    throw Conflict(instrument.id + " asks about people themselves", "instruments.stop.special");
  for (int tries = 0; tries < 3; ++tries) {
    const Opened from = database.read([&](db::Read& read) { return opened(read, actor, id); });
    auto result = counted(database, from, instrument.items.size())->finish(from.collection.smallest_group);
    // Where every group is hidden nothing has been given away, and nothing needs to be held to.
    if (result.comparison.nothing_shown() || shown_already(from.shown, result.shown)) return result;
    if (keep_shown(database, actor, from, result.shown)) return result;
  }
  throw Conflict("other states of collection " + id.text + " were shown meanwhile");
}

std::vector<db::SealedColumn> sealed_columns() {
  return {{"response", "answers", "id", "collection_id"},
          {"shown_state", "decided", "id", "collection_id"},
          {"participant", "name", "id", "programme_id"},
          {"participant", "email", "id", "programme_id"},
          {"asking", "words", "collection_id", "collection_id"},
          {"asking", "link_key", "collection_id", "collection_id"},
          {"asking_key", "private_key", "collection_id", "collection_id"},
          {"group_link", "code", "id", "collection_id"},
          {"paper_sheet", "answers", "id", "collection_id"},
          {"reason", "said", "id", "collection_id"},
          {"reason_review", "words", "reason_id", "collection_id"},
          {"left_out", "why", "id", "collection_id"}};
}

}  // namespace cairn::instruments
