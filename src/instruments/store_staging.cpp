// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_staging.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

#include "base/secret.hpp"

namespace cairn::instruments {
namespace {

constexpr std::size_t rows_of_a_write = 1000;  // so that nobody else waits long for the one writer
constexpr std::size_t parts = 16;              // response.part
constexpr const char* two_at_once = "instruments.import.two_at_once";

std::mutex claims_mutex;
std::set<std::string> claims;

void remove_batch(db::Write& write, const Id<Collection>& into, const std::string& batch) {
  write.run(R"sql(
    delete from response where batch_id = $1
  )sql",
            {batch});
  write.run(R"sql(
    delete from response_batch where collection_id = $1 and id = $2 and number is null
  )sql",
            {into.text, batch});
}

}  // namespace

std::string respondent_key(const db::Keys& keys, std::string_view collection, std::string_view code) {
  return keys.fingerprint("instruments.respondent", std::string(collection) + '\0' + std::string(code));
}

std::string answers_key(const db::Keys& keys, std::string_view collection, std::string_view respondent_key,
                        std::string_view encoded_answers) {
  return keys.fingerprint("instruments.answers",
                          std::string(collection) + '\0' + std::string(respondent_key) + std::string(encoded_answers));
}

Claim::Claim(std::string collection) : collection_(std::move(collection)) {
  const std::lock_guard lock(claims_mutex);
  if (!claims.insert(collection_).second) throw Conflict("two imports into collection " + collection_, two_at_once);
}

Claim::~Claim() {
  const std::lock_guard lock(claims_mutex);
  claims.erase(collection_);
}

Staging::Staging(db::Database& database, const Actor& actor, Id<Collection> into)
    : database_(database), actor_(actor), into_(std::move(into)), batch_(unordered_id()) {
  waiting_.reserve(rows_of_a_write);
}

void Staging::begin(std::string_view file_fingerprint, std::int64_t people) {
  people_ = people;
  const std::string key = database_.keys().fingerprint("instruments.file", file_fingerprint);
  database_.write(actor_, {"inventory.stage", "collection", into_.text}, [&](db::Write& write) {
    collection(write, actor_, into_);
    remove_unpublished(write);
    write.run(R"sql(
      insert into response_batch (collection_id, id, number, file_fingerprint, people) values ($1, $2, null, $3, $4)
    )sql",
              {into_.text, batch_, db::BytesView{key}, people});
  });
}

void Staging::take(const std::string& respondent_key, const std::string& answers_key, std::string_view answers) {
  StagedResponse staged{unordered_id(), respondent_key, answers_key, {}};
  staged.answers = database_.keys().seal({"response", "answers", staged.id, into_.text}, answers);
  waiting_.push_back(std::move(staged));
  if (waiting_.size() == rows_of_a_write) flush();
}

void Staging::publish() {
  flush();
  if (writing_.valid()) writing_.get();
  database_.write(actor_, {"inventory.import", "collection", into_.text, people_}, [&](db::Write& write) {
    const auto staged = write.number(R"sql(
      select count(*) from response where batch_id = $1
    )sql",
                                     {batch_});
    if (staged != people_) throw Conflict("the responses put aside are not all there", two_at_once);
    const auto last = write.number(R"sql(
      select coalesce(max(number), 0) from response_batch where collection_id = $1
    )sql",
                                   {into_.text});
    write.run(R"sql(
      update response_batch set number = $3 where collection_id = $1 and id = $2
    )sql",
              {into_.text, batch_, last + 1});
  });
}

void Staging::give_up() noexcept {
  try {
    if (writing_.valid()) writing_.wait();
    database_.write(actor_, {"inventory.stage", "collection", into_.text},
                    [&](db::Write& write) { remove_batch(write, into_, batch_); });
  } catch (const std::exception&) {
    return;
  }
}

void Staging::remove_unpublished(db::Write& write) const {
  const auto left = write.list(R"sql(
    select id from response_batch where collection_id = $1 and number is null
  )sql",
                               {into_.text}, [](const db::Row& row) { return row.string(0); });
  for (const auto& batch : left) remove_batch(write, into_, batch);
}

void Staging::flush() {
  if (writing_.valid()) writing_.get();
  if (waiting_.empty()) return;
  // In the order of their random ids, which is none.
  std::sort(waiting_.begin(), waiting_.end(),
            [](const StagedResponse& one, const StagedResponse& other) { return one.id < other.id; });
  const auto part = static_cast<std::int64_t>(flushed_++ % parts);
  writing_ = std::async(std::launch::async, [this, rows = std::move(waiting_), part] { write_rows(rows, part); });
  waiting_ = {};
  waiting_.reserve(rows_of_a_write);
}

// Throws Conflict where an import of another process has taken the collection over, or has brought the same respondent.
void Staging::write_rows(const std::vector<StagedResponse>& rows, std::int64_t part) {
  const auto count = static_cast<std::int64_t>(rows.size());
  try {
    database_.write(actor_, {"inventory.stage", "collection", into_.text, count}, [&](db::Write& write) {
      for (const auto& row : rows)
        write.run(R"sql(
          insert into response (collection_id, id, batch_id, part, respondent_key, answers_key, answers)
          values ($1, $2, $3, $4, $5, $6, $7)
        )sql",
                  {into_.text, row.id, batch_, part, db::BytesView{row.respondent_key}, db::BytesView{row.answers_key},
                   db::BytesView{row.answers}});
    });
  } catch (const Conflict& conflict) {
    throw Conflict(conflict.what(), two_at_once);
  }
}

}  // namespace cairn::instruments
