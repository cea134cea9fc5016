-- SPDX-License-Identifier: Apache-2.0

-- The outbox: letters that wait for the mail server, and what became of those that do not.

-- kept by: jobs
-- One letter. What it says is not here: it is composed at the moment it is sent.
create table letter (
  id       text primary key,    -- in no order; also what its Message-ID is made of
  kind     text not null,       -- "account.invitation": whose composer writes it
  made_at  text not null,       -- ISO time, UTC
  due_at   text not null        -- not before this moment
);
create index letter_by_time on letter (made_at);

-- kept by: jobs
-- A letter that still may be sent: what its composer is given, and the job that sends it. Gone once the letter is sent or no longer wanted.
create table letter_waiting (
  letter_id  text primary key references letter (id),
  about      bytea not null,    -- sealed
  job_id     text not null
);

-- kept by: jobs
-- A mail server took the letter over.
create table letter_sent (
  letter_id  text primary key references letter (id),
  at         text not null
);

-- kept by: jobs
-- Whom a letter went to, for the kinds of which that may be seen afterwards.
create table letter_address (
  letter_id  text primary key references letter (id),
  address    bytea not null     -- sealed
);

-- kept by: jobs
-- When it was to be sent, nobody wanted it any more.
create table letter_dropped (
  letter_id  text primary key references letter (id),
  at         text not null
);

-- kept by: jobs
-- Nobody tries any more: the mail server refused the letter for good, or was away for too long.
create table letter_given_up (
  letter_id  text not null references letter (id),
  number     bigint not null,   -- 1, 2, 3 ...; given up again after somebody asked for another try
  reason     text not null check (reason in ('address', 'refused', 'too_long')),
  at         text not null,
  primary key (letter_id, number)
);

-- kept by: jobs
-- Somebody asked for another try of a letter that was given up.
create table letter_tried_again (
  letter_id  text not null,
  number     bigint not null,
  asked_by   text not null,     -- an account
  at         text not null,
  primary key (letter_id, number),
  foreign key (letter_id, number) references letter_given_up (letter_id, number)
);
