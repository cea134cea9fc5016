-- SPDX-License-Identifier: Apache-2.0

-- kept by: jobs
-- Work to be done after the transaction that asked for it: mail, reminders, long reports. Gone once it is done.
create table job (
  id       text primary key,
  kind     text not null,      -- "mail.send": which work it is
  payload  bytea not null,     -- sealed; what the work needs to know
  made_at  text not null,      -- ISO time, UTC
  due_at   text not null       -- not before this moment; moved on when an attempt failed
);
create index job_by_due on job (kind, due_at);

-- kept by: jobs
-- Each time somebody took a job up. A row without an end is being worked on until its time is over; then the worker is taken for dead, and the
-- job may be taken up again.
create table job_attempt (
  job_id    text not null references job (id) on delete cascade,
  number    bigint not null,   -- 1, 2, 3 ...; two workers cannot take the same number, so only one gets the job
  begun_at  text not null,
  over_at   text not null,
  ended_at  text,
  outcome   text check (outcome in ('failed', 'given_up')),
  primary key (job_id, number),
  check ((ended_at is null) = (outcome is null))
);
