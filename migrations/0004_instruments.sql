-- SPDX-License-Identifier: Apache-2.0

-- The answers of people to questionnaires, sealed, and which states of them have been shown.

-- kept by: instruments
-- The responses to one version of an instrument that are compared with one another: one round of a study.
create table collection (
  id                 text primary key,
  programme_id       text not null references programme (id),
  instrument_id      text not null,
  instrument_version bigint not null,
  smallest_group     bigint not null check (smallest_group between 5 and 100),
  made_at            text not null             -- ISO time, UTC
);
create index collection_by_programme on collection (programme_id);

-- kept by: instruments
-- Responses that came together. They count from the moment the batch has a number, all at once; a batch without one is being put
-- aside, or was left behind by an import that was killed.
create table response_batch (
  collection_id    text not null references collection (id),
  id               text not null,
  number           bigint check (number > 0),  -- 1, 2, 3 ... in the order in which they became part of the collection
  file_fingerprint bytea not null,             -- keyed, of the bytes of the file they came in
  people           bigint not null check (people > 0),
  primary key (collection_id, id),
  unique (collection_id, number)
);

-- kept by: instruments
-- What one person answered. The code that stands for the person is kept as a keyed fingerprint only, so that the same person is
-- known again; the answers are sealed. The id is random and tells no order.
create table response (
  collection_id  text not null,
  id             text not null,
  batch_id       text not null,
  part           bigint not null check (part between 0 and 15),  -- by chance, so that several can read at once
  respondent_key bytea not null,               -- keyed fingerprint of the person's code within the collection
  answers_key    bytea not null,               -- keyed fingerprint of person and answers together
  answers        bytea not null,               -- sealed
  primary key (collection_id, respondent_key),
  foreign key (collection_id, batch_id) references response_batch (collection_id, id)
);
create index response_by_batch on response (batch_id, part);

-- kept by: instruments
-- A state of a collection that was shown to somebody: the batches up to one, with the smallest group then in force. What was shown
-- cannot be taken back, so what is shown later is protected together with it.
create table shown_state (
  collection_id  text not null references collection (id),
  id             text not null,
  number         bigint not null check (number > 0),  -- in the order of showing
  through_batch  bigint not null check (through_batch > 0),
  smallest_group bigint not null,
  decided        bytea not null,               -- sealed: which groups and rows were shown and which hidden
  shown_at       text not null,                -- ISO time, UTC
  primary key (collection_id, number)
);
