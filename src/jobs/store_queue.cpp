// SPDX-License-Identifier: Apache-2.0
#include "jobs/store_queue.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "base/stop.hpp"

namespace cairn::jobs {
namespace {

constexpr std::string_view insert_job_sql = R"sql(
  insert into job (id, kind, payload, made_at, due_at) values ($1, $2, $3, $4, $5))sql";

constexpr std::string_view delete_job_sql = R"sql(delete from job where id = $1)sql";

constexpr std::string_view select_first_due_sql = R"sql(
  select id, due_at from job
  where kind = $1 and due_at <= $2 and not exists (
    select 1 from job_attempt
    where job_attempt.job_id = job.id and (outcome = 'given_up' or (ended_at is null and over_at > $2)))
  order by due_at, id limit 1)sql";

constexpr std::string_view select_free_job_sql = R"sql(
  select kind, payload from job
  where id = $1 and due_at <= $2 and not exists (
    select 1 from job_attempt
    where job_attempt.job_id = job.id and (outcome = 'given_up' or (ended_at is null and over_at > $2))))sql";

constexpr std::string_view count_attempts_sql = R"sql(
  select coalesce(max(number), 0) from job_attempt where job_id = $1)sql";

constexpr std::string_view insert_attempt_sql = R"sql(
  insert into job_attempt (job_id, number, begun_at, over_at) values ($1, $2, $3, $4))sql";

constexpr std::string_view insert_ended_attempt_sql = R"sql(
  insert into job_attempt (job_id, number, begun_at, over_at, ended_at, outcome) values ($1, $2, $3, $3, $3, 'given_up'))sql";

constexpr std::string_view end_attempt_sql = R"sql(
  update job_attempt set ended_at = $3, outcome = $4 where job_id = $1 and number = $2)sql";

constexpr std::string_view update_due_sql = R"sql(update job set due_at = $2 where id = $1)sql";

constexpr std::string_view select_given_up_sql = R"sql(
  select job.id, job.kind, job_attempt.number, job_attempt.ended_at from job
  join job_attempt on job_attempt.job_id = job.id and job_attempt.outcome = 'given_up'
  order by job_attempt.ended_at, job.id)sql";

constexpr std::string_view delete_attempts_sql = R"sql(delete from job_attempt where job_id = $1)sql";

db::Place place_of_payload(const std::string& id, std::string_view kind) {
  return {"job", "payload", id, kind};
}

Moment moment_in(std::string_view text) {
  const auto moment = moment_from_iso(text);
  if (!moment) throw Corrupt("a job's time that is none");
  return *moment;
}

}  // namespace

std::string put_in_queue(db::Write& write, std::string_view kind, std::string_view payload, Moment due) {
  const auto id = ordered_id(write.now());
  const auto sealed = write.keys().seal(place_of_payload(id, kind), payload);
  const auto made = iso(write.now());
  const auto due_at = iso(due);
  write.run(insert_job_sql, {id, kind, db::BytesView{sealed}, made, due_at});
  return id;
}

void take_out_of_queue(db::Write& write, const std::string& job_id) {
  write.run(delete_attempts_sql, {job_id});
  write.run(delete_job_sql, {job_id});
}

std::vector<GivenUp> given_up(db::Read& read) {
  return read.list(select_given_up_sql, {}, [](const db::Row& row) {
    return GivenUp{row.string(0), row.string(1), row.integer(2), moment_in(row.text(3))};
  });
}

void try_again(db::Write& write, const std::string& job_id) {
  const auto now = iso(write.now());
  if (write.run(update_due_sql, {job_id, now}) == 0) throw NotFound("no job " + job_id);
  write.run(delete_attempts_sql, {job_id});
}

std::optional<Due> first_due(db::Read& read, std::string_view kind, Moment now) {
  const auto at = iso(now);
  return read.find(select_first_due_sql, {kind, at},
                   [](const db::Row& row) { return Due{row.string(0), row.string(1)}; });
}

std::optional<Job> take_up(db::Write& write, const std::string& job_id, const QueueSettings& settings) {
  const auto now = iso(write.now());
  auto job = write.find(select_free_job_sql, {job_id, now},
                        [&](const db::Row& row) { return Job{job_id, row.string(0), std::string(row.bytes(1)), 0}; });
  if (!job) return std::nullopt;
  job->attempt = write.number(count_attempts_sql, {job_id}) + 1;
  if (job->attempt > settings.patience.most_attempts) {
    give_up(write, job_id);
    return std::nullopt;
  }
  job->payload = write.keys().open(place_of_payload(job_id, job->kind), job->payload);
  const auto over = iso(later(write.now(), settings.longest_seconds));
  write.run(insert_attempt_sql, {job_id, job->attempt, now, over});
  return job;
}

void fail(db::Write& write, const Job& job, const QueueSettings& settings) {
  const bool last = job.attempt >= settings.patience.most_attempts;
  const auto now = iso(write.now());
  const auto due = iso(later(write.now(), seconds_to_wait_after(job.attempt, settings.patience)));
  write.run(end_attempt_sql,
            {job.id, job.attempt, now, last ? std::string_view("given_up") : std::string_view("failed")});
  if (!last) write.run(update_due_sql, {job.id, due});
}

void give_up(db::Write& write, const std::string& job_id) {
  const auto now = iso(write.now());
  write.run(insert_ended_attempt_sql, {job_id, write.number(count_attempts_sql, {job_id}) + 1, now});
}

}  // namespace cairn::jobs
