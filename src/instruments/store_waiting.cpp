// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_waiting.hpp"

#include "instruments/store_definitions.hpp"

namespace cairn::instruments {
namespace {

KeyPair keys_of(db::Read& read, const std::string& collection) {
  auto pair = read.find(R"sql(
    select public_key, private_key from asking_key where collection_id = $1
  )sql",
                        {collection}, [&](const db::Row& row) {
                          const db::Place place{"asking_key", "private_key", collection, collection};
                          return KeyPair{std::string(row.bytes(0)), read.keys().open(place, row.bytes(1))};
                        });
  if (!pair) throw Conflict("the answers of collection " + collection + " were counted", "answer.over");
  return *std::move(pair);
}

std::string public_key_of(db::Read& read, const std::string& collection) {
  auto key = read.find(R"sql(
    select public_key from asking_key where collection_id = $1
  )sql",
                       {collection}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  if (!key) throw Conflict("the answers of collection " + collection + " were counted", "answer.over");
  return *std::move(key);
}

}  // namespace

void put_aside(db::Write& write, const Asking& asking, const Instrument& instrument, const Answers& answers,
               const std::optional<std::string>& invitation) {
  const auto& collection = asking.collection.text;
  auto sent = answers;
  // When somebody began is nobody's business once they have sent.
  sent.begun_at = {};
  sent.group_link.clear();
  const auto sealed = sealed_to(public_key_of(write, collection), encoded(sent, instrument));
  if (invitation) take_back(write, asking, *invitation);
  write.run(R"sql(
    insert into sent_answer (collection_id, id, invitation_id, group_link_id, answers) values ($1, $2, $3, $4, $5)
  )sql",
            {collection, unordered_id(), db::or_null(invitation), answers.group_link, db::BytesView{sealed}});
}

std::vector<Waiting> waiting(db::Read& read, const Asking& asking, const Instrument& instrument) {
  const auto& collection = asking.collection.text;
  const auto pair = keys_of(read, collection);
  return read.list(R"sql(
    select invitation_id, answers from sent_answer where collection_id = $1
  )sql",
                   {collection}, [&](const db::Row& row) {
                     return Waiting{row.optional_text(0).value_or(""),
                                    answers_decoded(opened_by(pair, row.bytes(1)), instrument)};
                   });
}

std::optional<Answers> sent_by(db::Read& read, const Asking& asking, const Instrument& instrument,
                               std::string_view invitation) {
  const auto& collection = asking.collection.text;
  const auto sealed = read.find(R"sql(
    select answers from sent_answer where collection_id = $1 and invitation_id = $2
  )sql",
                                {collection, invitation}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  if (!sealed) return {};
  return answers_decoded(opened_by(keys_of(read, collection), *sealed), instrument);
}

void take_back(db::Write& write, const Asking& asking, std::string_view invitation) {
  write.run(R"sql(
    delete from sent_answer where collection_id = $1 and invitation_id = $2
  )sql",
            {asking.collection.text, invitation});
}

void count_group(db::Write& write, const Asking& asking, const Answers& answers, std::int64_t by) {
  write.run(R"sql(
    update asking_group set answered = answered + $4 where collection_id = $1 and site = $2 and stakeholder = $3
  )sql",
            {asking.collection.text, answers.site, answers.stakeholder, by});
}

Instrument instrument_of(const content::Library& library, const Asking& asking) {
  auto found = find_instrument(library, asking.instrument_id, asking.instrument_version);
  if (!found) throw Corrupt("no instrument " + asking.instrument_id + " among the data files");
  return *std::move(found);
}

}  // namespace cairn::instruments
