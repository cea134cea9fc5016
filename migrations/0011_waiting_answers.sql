-- SPDX-License-Identifier: Apache-2.0

-- What people have begun and what they have sent, until it is counted. Both tables are kept in the order of random keys, so that not
-- even the order of rows tells who came when; the file for PostgreSQL differs in that alone.

-- kept by: instruments
-- What somebody has answered so far. Found by a keyed hash of the link's secret, and locked with a key made from that secret: without
-- the link nobody can tell whose it is, nor open it.
create table answer_draft (
  id            text not null primary key,
  collection_id text not null,
  group_link_id text not null,                  -- '' for a personal link
  begun         bigint not null check (begun in (0, 1)),  -- 0: opened, and nothing answered yet
  answers       bytea not null
) without rowid;
create index answer_draft_of on answer_draft (collection_id, group_link_id, begun);

-- kept by: instruments
-- Sent, and waiting to be counted. Sealed to the collection's public key.
create table sent_answer (
  collection_id text not null,
  id            text not null,                  -- random
  invitation_id text,                           -- of a named round alone
  group_link_id text not null,
  answers       bytea not null,
  primary key (collection_id, id),
  unique (collection_id, invitation_id)
) without rowid;
