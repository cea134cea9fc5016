-- SPDX-License-Identifier: Apache-2.0

-- kept by: db
-- What was done, by whom and when: one row for each act of each write, in the transaction of the write itself. No names, no
-- content. The rows form a chain: each hash covers the row and the hash before it, so that a row altered, taken out or put in
-- later breaks the chain. On PostgreSQL a row waits unsealed for a moment, without position and hashes, until the chain
-- takes it up.
create table journal (
  id             text primary key,
  at             text not null,                     -- ISO time, UTC
  actor          text not null,                     -- keyed fingerprint of the account, or operator, respondents, anyone, system
  act            text not null,                     -- "inventory.import"
  record_type    text not null,
  record_id      text not null,
  count          bigint not null,                   -- how many records the act touched
  position       bigint,                            -- 1, 2, 3 ... along the chain
  previous_hash  bytea,                             -- the hash at position - 1; 32 zero bytes at position 1
  hash           bytea,                             -- SHA-256
  check ((position is null) = (hash is null) and (position is null) = (previous_hash is null))
);
create unique index journal_by_position on journal (position);
create index journal_by_record on journal (record_id, at);

-- kept by: db
-- Where the chain ends, so that rows cut off its end are missed. One row, under a key the database does not hold.
create table journal_head (
  name      text primary key check (name = 'journal'),
  position  bigint not null,
  hash      bytea not null,
  mac       bytea not null                          -- keyed BLAKE2b over position and hash
);
