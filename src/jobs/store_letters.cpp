// SPDX-License-Identifier: Apache-2.0
#include "jobs/store_letters.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "jobs/queue.hpp"

namespace cairn::jobs {
namespace {

constexpr std::string_view insert_letter_sql = R"sql(
  insert into letter (id, kind, made_at, due_at) values ($1, $2, $3, $4))sql";

constexpr std::string_view insert_waiting_sql = R"sql(
  insert into letter_waiting (letter_id, about, job_id) values ($1, $2, $3))sql";

constexpr std::string_view select_waiting_sql = R"sql(
  select letter.kind, letter_waiting.about from letter_waiting
  join letter on letter.id = letter_waiting.letter_id where letter_waiting.letter_id = $1)sql";

constexpr std::string_view select_job_sql = R"sql(
  select job_id from letter_waiting where letter_id = $1)sql";

constexpr std::string_view delete_waiting_sql = R"sql(delete from letter_waiting where letter_id = $1)sql";

constexpr std::string_view update_job_sql = R"sql(
  update letter_waiting set job_id = $2 where letter_id = $1)sql";

constexpr std::string_view insert_sent_sql = R"sql(insert into letter_sent (letter_id, at) values ($1, $2))sql";

constexpr std::string_view insert_address_sql = R"sql(
  insert into letter_address (letter_id, address) values ($1, $2))sql";

constexpr std::string_view insert_dropped_sql = R"sql(insert into letter_dropped (letter_id, at) values ($1, $2))sql";

constexpr std::string_view last_given_up_sql = R"sql(
  select coalesce(max(number), 0) from letter_given_up where letter_id = $1)sql";

constexpr std::string_view last_tried_again_sql = R"sql(
  select coalesce(max(number), 0) from letter_tried_again where letter_id = $1)sql";

constexpr std::string_view insert_given_up_sql = R"sql(
  insert into letter_given_up (letter_id, number, reason, at) values ($1, $2, $3, $4))sql";

constexpr std::string_view insert_tried_again_sql = R"sql(
  insert into letter_tried_again (letter_id, number, asked_by, at) values ($1, $2, $3, $4))sql";

// Columns as row_of() takes them. A letter was given up where its last giving up was not followed by another try.
constexpr std::string_view select_letters_sql = R"sql(
  select letter.id, letter.kind, letter.made_at, letter.due_at, letter_sent.at, letter_dropped.at, letter_given_up.at,
    letter_given_up.reason, letter_address.address,
    (select coalesce(max(number), 0) from job_attempt where job_attempt.job_id = letter_waiting.job_id)
  from letter
  left join letter_waiting on letter_waiting.letter_id = letter.id
  left join letter_sent on letter_sent.letter_id = letter.id
  left join letter_dropped on letter_dropped.letter_id = letter.id
  left join letter_address on letter_address.letter_id = letter.id
  left join letter_given_up on letter_given_up.letter_id = letter.id and not exists (
    select 1 from letter_tried_again
    where letter_tried_again.letter_id = letter.id and letter_tried_again.number = letter_given_up.number)
  where ($1 = '' or letter.kind = $1) and ($2 = '' or letter.id = $2)
  order by letter.made_at desc, letter.id limit $3)sql";

constexpr std::string_view count_letters_sql = R"sql(
  select letter.kind, count(*), count(letter_sent.at), count(letter_dropped.at), count(letter_given_up.at)
  from letter
  left join letter_sent on letter_sent.letter_id = letter.id
  left join letter_dropped on letter_dropped.letter_id = letter.id
  left join letter_given_up on letter_given_up.letter_id = letter.id and not exists (
    select 1 from letter_tried_again
    where letter_tried_again.letter_id = letter.id and letter_tried_again.number = letter_given_up.number)
  group by letter.kind order by letter.kind)sql";

constexpr std::string_view outbox_sql = R"sql(
  select count(*), min(letter.due_at) from letter_waiting
  join letter on letter.id = letter_waiting.letter_id
  where letter.due_at <= $1 and not exists (
    select 1 from letter_given_up
    where letter_given_up.letter_id = letter.id and not exists (
      select 1 from letter_tried_again
      where letter_tried_again.letter_id = letter.id and letter_tried_again.number = letter_given_up.number)))sql";

constexpr std::string_view select_given_up_sql = R"sql(
  select distinct letter_id from letter_given_up where not exists (
    select 1 from letter_tried_again
    where letter_tried_again.letter_id = letter_given_up.letter_id and letter_tried_again.number = letter_given_up.number)
  order by letter_id)sql";

constexpr std::string_view count_given_up_sql = R"sql(
  select count(*) from letter_given_up where not exists (
    select 1 from letter_tried_again
    where letter_tried_again.letter_id = letter_given_up.letter_id and letter_tried_again.number = letter_given_up.number))sql";

constexpr std::array<std::string_view, 3> reasons{"address", "refused", "too_long"};
constexpr std::array<std::string_view, 4> states{"waiting", "sent", "dropped", "given_up"};

db::Place place_of_about(std::string_view letter_id) {
  return {"letter_waiting", "about", letter_id, letter_id};
}

db::Place place_of_address(std::string_view letter_id) {
  return {"letter_address", "address", letter_id, letter_id};
}

Moment moment_in(std::string_view text) {
  const auto moment = moment_from_iso(text);
  if (!moment) throw Corrupt("a letter's time that is none");
  return *moment;
}

// The letter waits no longer: its job and what it is about go. False where it did not wait.
bool ends_waiting(db::Write& write, const std::string& letter_id) {
  const auto job = write.find(select_job_sql, {letter_id}, [](const db::Row& row) { return row.string(0); });
  if (!job) return false;
  take_out_of_queue(write, *job);
  write.run(delete_waiting_sql, {letter_id});
  return true;
}

LetterRow row_of(const db::Read& read, const db::Row& row) {
  LetterRow letter{row.string(0), row.string(1), moment_in(row.text(2)), moment_in(row.text(3))};
  const std::array<std::pair<int, LetterState>, 3> ends{
      {{4, LetterState::sent}, {5, LetterState::dropped}, {6, LetterState::given_up}}};
  for (const auto& [column, state] : ends)
    if (!row.is_null(column)) {
      letter.state = state;
      letter.at = moment_in(row.text(column));
    }
  if (!row.is_null(7)) letter.reason = row.string(7);
  if (!row.is_null(8)) letter.address = read.keys().open(place_of_address(letter.id), row.bytes(8));
  letter.tries = row.integer(9);
  return letter;
}

}  // namespace

std::string_view code(GivenUpBecause reason) {
  return reasons[static_cast<std::size_t>(reason)];
}

std::string_view code(LetterState state) {
  return states[static_cast<std::size_t>(state)];
}

std::string post_letter(db::Write& write, std::string_view kind, std::string_view about, Moment due) {
  const auto id = unordered_id();
  const auto made = iso(write.now());
  const auto due_at = iso(due);
  const auto sealed = write.keys().seal(place_of_about(id), about);
  const auto job = put_in_queue(write, mail_job, id, due);
  write.run(insert_letter_sql, {id, kind, made, due_at});
  write.run(insert_waiting_sql, {id, db::BytesView{sealed}, job});
  return id;
}

std::optional<WaitingLetter> find_waiting_letter(db::Read& read, const std::string& letter_id) {
  return read.find(select_waiting_sql, {letter_id}, [&](const db::Row& row) {
    return WaitingLetter{letter_id, row.string(0), read.keys().open(place_of_about(letter_id), row.bytes(1))};
  });
}

void letter_was_sent(db::Write& write, const std::string& letter_id, const std::optional<std::string>& address) {
  if (!ends_waiting(write, letter_id)) return;
  const auto now = iso(write.now());
  write.run(insert_sent_sql, {letter_id, now});
  if (!address) return;
  const auto sealed = write.keys().seal(place_of_address(letter_id), *address);
  write.run(insert_address_sql, {letter_id, db::BytesView{sealed}});
}

void letter_was_dropped(db::Write& write, const std::string& letter_id) {
  if (!ends_waiting(write, letter_id)) return;
  const auto now = iso(write.now());
  write.run(insert_dropped_sql, {letter_id, now});
}

void letter_is_given_up(db::Write& write, const std::string& letter_id, GivenUpBecause reason) {
  const auto job = write.find(select_job_sql, {letter_id}, [](const db::Row& row) { return row.string(0); });
  if (!job) return;
  take_out_of_queue(write, *job);
  const auto now = iso(write.now());
  write.run(insert_given_up_sql, {letter_id, write.number(last_given_up_sql, {letter_id}) + 1, code(reason), now});
}

void try_letter_again(db::Write& write, const std::string& letter_id) {
  const auto job = write.find(select_job_sql, {letter_id}, [](const db::Row& row) { return row.string(0); });
  if (!job) throw NotFound("no letter waits as " + letter_id);
  const auto given_up = write.number(last_given_up_sql, {letter_id});
  if (given_up == write.number(last_tried_again_sql, {letter_id})) {
    try_again(write, *job);
    return;
  }
  const auto now = iso(write.now());
  write.run(insert_tried_again_sql, {letter_id, given_up, write.actor().account_id, now});
  const auto again = put_in_queue(write, mail_job, letter_id, write.now());
  write.run(update_job_sql, {letter_id, again});
}

void try_given_up_letters_again(db::Write& write) {
  const auto all = write.list(select_given_up_sql, {}, [](const db::Row& row) { return row.string(0); });
  for (const auto& id : all) try_letter_again(write, id);
}

std::vector<LetterRow> letters(db::Read& read, std::string_view kind, std::int64_t most) {
  return read.list(select_letters_sql, {kind, std::string_view(), most},
                   [&](const db::Row& row) { return row_of(read, row); });
}

std::optional<LetterRow> find_letter(db::Read& read, const std::string& letter_id) {
  return read.find(select_letters_sql, {std::string_view(), letter_id, std::int64_t{1}},
                   [&](const db::Row& row) { return row_of(read, row); });
}

std::vector<LetterCount> letter_counts(db::Read& read) {
  return read.list(count_letters_sql, {}, [](const db::Row& row) {
    LetterCount count{row.string(0), 0, row.integer(2), row.integer(3), row.integer(4)};
    count.waiting = row.integer(1) - count.sent - count.dropped - count.given_up;
    return count;
  });
}

OutboxHealth outbox_health(db::Read& read, Moment now) {
  const auto at = iso(now);
  OutboxHealth health;
  read.each(outbox_sql, {at}, [&](const db::Row& row) {
    health.waiting = row.integer(0);
    if (!row.is_null(1)) health.waiting_since = moment_in(row.text(1));
  });
  health.given_up = read.number(count_given_up_sql, {});
  return health;
}

std::vector<db::SealedColumn> sealed_columns() {
  return {{"letter_waiting", "about", "letter_id", "letter_id"},
          {"letter_address", "address", "letter_id", "letter_id"},
          {"job", "payload", "id", "kind"}};
}

}  // namespace cairn::jobs
