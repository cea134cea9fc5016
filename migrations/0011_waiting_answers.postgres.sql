-- SPDX-License-Identifier: Apache-2.0

-- What people have begun and what they have sent, until it is counted. Both have random keys alone. On SQLite they are kept in the order of those, so that not
-- even the order of rows tells who came when; PostgreSQL clears their rows when they were counted.

-- kept by: instruments
-- What somebody has answered so far. Found by a keyed hash of the link's secret, and locked with a key made from that secret: without
-- the link nobody can tell whose it is, nor open it.
create table answer_draft (
  id            text not null primary key,
  collection_id text not null,
  group_link_id text not null,                  -- '' for a personal link
  begun         bigint not null check (begun in (0, 1)),  -- 0: opened, and nothing answered yet
  answers       bytea not null
);
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
);

-- ANALYZE copies samples of a column into PostgreSQL's statistics, where they outlive the row. Of what must not come back it takes none.
alter table answer_draft alter column id set statistics 0;
alter table answer_draft alter column answers set statistics 0;
alter table sent_answer alter column id set statistics 0;
alter table sent_answer alter column invitation_id set statistics 0;
alter table sent_answer alter column answers set statistics 0;
alter table asking_key alter column private_key set statistics 0;
alter table paper_sheet alter column answers set statistics 0;
