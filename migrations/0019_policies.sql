-- SPDX-License-Identifier: Apache-2.0

-- Policies of the organisation, such as on conduct or on what stays between two people: each with its versions, and who has read which.

-- kept by: readiness
create table policy_document (
  programme_id text not null references programme (id),
  id           text not null,
  topic        text not null,
  made_by      text not null,                 -- account
  made_at      text not null,
  primary key (programme_id, id)
);

-- kept by: readiness
-- What it says from one day on. Nothing is changed afterwards: what is new is the next version.
create table policy_version (
  programme_id text not null,
  document_id  text not null,
  number       bigint not null,
  title        text not null,
  words        text not null,                 -- "" where it is kept elsewhere alone
  kept_at      text not null,                 -- where else it is kept, "" where nowhere
  changed      text not null,                 -- what is new in it
  dated_on     text not null,
  review_on    text not null,
  with_peers   text not null check (with_peers in ('yes', 'no')),
  made_by      text not null,                 -- account
  made_at      text not null,
  primary key (programme_id, document_id, number),
  foreign key (programme_id, document_id) references policy_document (programme_id, id)
);

-- kept by: readiness
-- Who must read a version: everybody who holds one of these roles.
create table policy_reader (
  programme_id text not null,
  document_id  text not null,
  number       bigint not null,
  role         text not null,
  primary key (programme_id, document_id, number, role),
  foreign key (programme_id, document_id, number) references policy_version (programme_id, document_id, number)
);

-- kept by: readiness
-- Somebody has read a version and talked it through.
create table policy_acknowledgement (
  programme_id text not null,
  document_id  text not null,
  number       bigint not null,
  account_id   text not null references account (id),
  at           text not null,
  primary key (programme_id, document_id, number, account_id),
  foreign key (programme_id, document_id, number) references policy_version (programme_id, document_id, number)
);

-- kept by: readiness
-- Taken off the list, and put back: one row each time, the last one counts.
create table policy_state (
  programme_id text not null,
  document_id  text not null,
  number       bigint not null,
  state        text not null check (state in ('removed', 'listed')),
  made_by      text not null,                 -- account
  at           text not null,
  primary key (programme_id, document_id, number),
  foreign key (programme_id, document_id) references policy_document (programme_id, id)
);
