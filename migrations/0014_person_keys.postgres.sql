-- SPDX-License-Identifier: Apache-2.0

-- Keys of persons: what is kept about somebody that only they, and those they let, may read is sealed under a key of their own. When the
-- key is destroyed, every copy of what it sealed is unreadable, wherever it lies. The file for SQLite differs in one thing alone: it has
-- no statistics.

-- kept by: db
-- Which key belongs to whom. No secret is here, so backups carry it.
create table person_key (
  id        text not null primary key,   -- 16 hexadecimal digits; in front of each value sealed under it
  owner_id  text not null,
  number    bigint not null,             -- the highest of an owner's seals; lower ones open until their last value was moved
  made_at   text not null,
  unique (owner_id, number)
);

-- kept by: db
-- The keys themselves, each sealed under the master key. No backup of the data carries these rows: they have a backup of their own, which
-- is replaced each time, so that a destroyed key lives on in no copy for long.
create table person_key_secret (
  key_id    text not null primary key,
  owner_id  text not null,
  sealed    bytea not null               -- sealed
);
-- PostgreSQL keeps samples of values for its planner, and would keep those of keys that were destroyed.
alter table person_key_secret alter column sealed set statistics 0;
create index person_key_secret_of on person_key_secret (owner_id);

-- kept by: db
-- Whose key was destroyed. Carried by every backup of either kind and read again after putting one back, so that nobody who was erased
-- comes back.
create table person_key_destroyed (
  owner_fingerprint  text not null primary key,  -- keyed; hexadecimal
  at                 text not null
);
