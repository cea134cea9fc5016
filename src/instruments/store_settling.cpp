// SPDX-License-Identifier: Apache-2.0
// Counting what was sent.
#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "instruments/store_asking.hpp"
#include "instruments/store_staging.hpp"
#include "instruments/store_waiting.hpp"
#include "jobs/queue.hpp"

namespace cairn::instruments {
namespace {

using nlohmann::json;

constexpr std::uint32_t parts = 16;  // response.part

template <class Thing>
void shuffle(std::vector<Thing>& things) {
  for (std::size_t left = things.size(); left > 1; --left)
    std::swap(things[left - 1], things[randombytes_uniform(static_cast<std::uint32_t>(left))]);
}

// A response on its way, with nothing of who gave it but, in a named round, the invitation's fingerprint.
struct Counted {
  std::string id;
  std::string respondent;
  std::string answers;
};

std::vector<Counted> counted(const db::Keys& keys, const Asking& asking, const std::vector<Waiting>& all) {
  std::vector<Counted> rows;
  for (const auto& one : all) {
    const auto* site = asking.site(one.answers.site);
    if (!site || one.answers.left_out) continue;
    const auto respondent =
        one.invitation_id.empty() ? random_bytes(16) : respondent_key(keys, asking.collection.text, one.invitation_id);
    rows.push_back({unordered_id(), respondent, encoded(response_of(one.answers, *site))});
  }
  // In the order of their random ids, which is none.
  std::sort(rows.begin(), rows.end(), [](const Counted& one, const Counted& other) { return one.id < other.id; });
  return rows;
}

void keep_responses(db::Write& write, const Asking& asking, const std::vector<Counted>& rows) {
  if (rows.empty()) return;
  const auto& collection = asking.collection.text;
  const auto batch = unordered_id();
  const auto key = write.keys().fingerprint("instruments.file", batch);
  const auto number = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from response_batch where collection_id = $1
  )sql",
                                       {collection});
  write.run(R"sql(
    insert into response_batch (collection_id, id, number, file_fingerprint, people, week_on)
    values ($1, $2, $3, $4, $5, $6)
  )sql",
            {collection, batch, number, db::BytesView{key}, static_cast<std::int64_t>(rows.size()),
             iso(date_in_zone(week_of(write.now()), "UTC"))});
  for (const auto& row : rows) {
    const auto sealed = write.keys().seal({"response", "answers", row.id, collection}, row.answers);
    const auto fingerprint = answers_key(write.keys(), collection, row.respondent, row.answers);
    write.run(R"sql(
      insert into response (collection_id, id, batch_id, part, respondent_key, answers_key, answers)
      values ($1, $2, $3, $4, $5, $6, $7)
    )sql",
              {collection, row.id, batch, std::int64_t{randombytes_uniform(parts)}, db::BytesView{row.respondent},
               db::BytesView{fingerprint}, db::BytesView{sealed}});
  }
}

// What people wrote, each piece by itself and in an order that is none.
std::vector<json> said_by(const Asking& asking, const Instrument& instrument, const std::vector<Waiting>& all) {
  std::vector<json> said;
  for (const auto& one : all) {
    const auto* site = asking.site(one.answers.site);
    if (!site) continue;
    const auto add = [&](const std::string& item, const std::string& tone, const std::string& words) {
      if (words.empty() && tone.empty()) return;
      said.push_back({{"item", item},
                      {"tone", tone},
                      {"words", words},
                      {"stakeholder", one.answers.stakeholder},
                      {"site", site->name}});
    };
    for (const auto& [item, reason] : one.answers.reasons) add(instrument.items[item].id, reason.tone, reason.words);
    add("", "", one.answers.more);
    if (one.answers.left_out) add("", "", one.answers.left_out->words);
  }
  shuffle(said);
  return said;
}

void keep_reasons(db::Write& write, const Asking& asking, const std::vector<json>& said) {
  const auto& collection = asking.collection.text;
  for (const auto& one : said) {
    const auto id = unordered_id();
    const auto sealed = write.keys().seal({"reason", "said", id, collection}, one.dump());
    write.run(R"sql(
      insert into reason (collection_id, id, said) values ($1, $2, $3)
    )sql",
              {collection, id, db::BytesView{sealed}});
  }
}

void keep_left_out(db::Write& write, const Asking& asking, std::vector<Waiting> all) {
  const auto& collection = asking.collection.text;
  shuffle(all);
  for (const auto& one : all) {
    const auto* site = asking.site(one.answers.site);
    if (!site || !one.answers.left_out) continue;
    const json why{{"why", one.answers.left_out->why}, {"stakeholder", one.answers.stakeholder}, {"site", site->name}};
    const auto id = unordered_id();
    const auto sealed = write.keys().seal({"left_out", "why", id, collection}, why.dump());
    write.run(R"sql(
      insert into left_out (collection_id, id, why) values ($1, $2, $3)
    )sql",
              {collection, id, db::BytesView{sealed}});
  }
}

void delete_what_waited(db::Write& write, const std::string& collection) {
  write.run(R"sql(delete from sent_answer where collection_id = $1)sql", {collection});
  write.run(R"sql(delete from answer_draft where collection_id = $1)sql", {collection});
  write.run(R"sql(delete from asking_key where collection_id = $1)sql", {collection});
  write.run(R"sql(update paper_sheet set answers = null where collection_id = $1)sql", {collection});
}

std::int64_t count_what_was_sent(db::Write& write, const content::Library& library, const Asking& asking) {
  const auto& id = asking.collection.text;
  const auto instrument = instrument_of(library, asking);
  const auto all = waiting(write, asking, instrument);
  keep_responses(write, asking, counted(write.keys(), asking, all));
  keep_reasons(write, asking, said_by(asking, instrument, all));
  keep_left_out(write, asking, all);
  delete_what_waited(write, id);
  write.run(R"sql(
    insert into asking_settled (collection_id, period, at) values ($1, $2, $3)
  )sql",
            {id, asking.period.number, iso(write.now())});
  jobs::put_in_queue(write, forget_job, id, write.now());
  const auto people = static_cast<std::int64_t>(all.size());
  write.note(
      {.act = "asking.settle", .record_type = "collection", .record_id = id, .count = people, .by_respondents = true});
  return people;
}

bool is_time(db::Read& read, const Asking& asking, Moment now, Begun begun) {
  switch (asking.state(now)) {
    case AskingState::over:
      return true;
    case AskingState::closing:
      return begun == Begun::leave_out || !somebody_is_answering(read, asking.collection);
    default:
      return false;
  }
}

}  // namespace

bool somebody_is_answering(db::Read& read, const Id<Collection>& id) {
  return read.number(R"sql(
    select (select count(*) from answer_draft where collection_id = $1 and begun = 1)
      + (select count(*) from paper_sheet where collection_id = $1 and answers is not null)
  )sql",
                     {id.text}) > 0;
}

std::optional<std::int64_t> settle(db::Database& database, const content::Library& library, const Actor& actor,
                                   const Id<Collection>& id, Begun begun) {
  const auto now = database.now();
  const auto ready = [&](db::Read& read) { return is_time(read, asking_of(read, id), now, begun); };
  if (!database.read(ready)) return {};
  std::int64_t people = 0;
  try {
    people = database.write(actor, db::Entry::unrecorded(), [&](db::Write& write) {
      if (!ready(write)) throw Repeated("collection " + id.text + " was counted meanwhile");
      return count_what_was_sent(write, library, asking_of(write, id));
    });
  } catch (const Repeated&) {
    return {};
  }
  try {
    forget_what_waited(database);
  } catch (const Unavailable&) {
    // Somebody reads just now: the queue does it again.
  }
  return people;
}

void forget_what_waited(db::Database& database) {
  database.forget_deleted({"sent_answer", "answer_draft", "asking_key", "paper_sheet"});
}

}  // namespace cairn::instruments
