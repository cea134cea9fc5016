-- SPDX-License-Identifier: Apache-2.0

-- Who may see what of a person, as that person decides: what they share and with whom, who shall see nothing, which team treats or treated
-- them, whether their shield is up. And who looked: the reading log, doubts about a look, and glass broken in an emergency. What happens
-- to any of these is a row of its own, with who and when.

-- kept by: privacy
-- An owner lets one reader, or whoever holds a role somewhere, read chosen parts of one record. Until when stands in its terms.
create table consent_grant (
  programme_id text not null references programme (id),
  id           text not null,
  owner_id     text not null references account (id),
  record_type  text not null,                 -- as content/policy.toml names it
  record_id    text not null,
  to_kind      text not null check (to_kind in ('person', 'role')),
  to_account   text,                          -- with 'person'
  to_role      text,                          -- with 'role'
  reach_kind   text,                          -- with 'role': where it must be held
  reach_id     text,
  purpose      bytea not null,                -- sealed for the owner
  made_at      text not null,
  primary key (programme_id, id),
  check ((to_kind = 'person') = (to_account is not null)),
  check ((to_kind = 'role') = (to_role is not null and reach_kind is not null and reach_id is not null))
);
create index consent_grant_record on consent_grant (programme_id, record_type, record_id);
create index consent_grant_owner on consent_grant (programme_id, owner_id);
create index consent_grant_reader on consent_grant (programme_id, to_account);

-- kept by: privacy
create table consent_grant_part (
  programme_id text not null,
  grant_id     text not null,
  part         text not null,                 -- a named part of the record, empty for what is in none
  primary key (programme_id, grant_id, part),
  foreign key (programme_id, grant_id) references consent_grant (programme_id, id)
);

-- kept by: privacy
-- How long a grant lasts: the row with the highest number holds.
create table consent_grant_term (
  programme_id text not null,
  grant_id     text not null,
  number       bigint not null,               -- 1, 2, 3 ... for each grant
  until_on     text not null,                 -- last day, in the programme's zone
  ends_at      text not null,                 -- the first moment after it
  at           text not null,
  given_by     text not null,
  primary key (programme_id, grant_id, number),
  foreign key (programme_id, grant_id) references consent_grant (programme_id, id)
);

-- kept by: privacy
create table consent_grant_taken_back (
  programme_id  text not null,
  grant_id      text not null,
  at            text not null,
  taken_back_by text not null,
  primary key (programme_id, grant_id),
  foreign key (programme_id, grant_id) references consent_grant (programme_id, id)
);

-- kept by: privacy
-- "Not with this person". Deleted when the owner takes it back. The print is 16 bits of a keyed fingerprint of the row and the account.
create table not_with (
  programme_id text not null references programme (id),
  owner_id     text not null references account (id),
  id           text not null,
  whom         bytea not null,                -- sealed for the owner
  print        bigint not null,
  primary key (programme_id, owner_id, id)
);

-- kept by: privacy
-- A team treats or treated the owner. Deleted when the owner takes it back: no trace of it is wanted. The print is 16 bits of a keyed
-- fingerprint of the row and the team.
create table treatment_conflict (
  programme_id text not null references programme (id),
  owner_id     text not null references account (id),
  id           text not null,
  team         bytea not null,                -- sealed for the owner: team, first day, last day; always as long
  print        bigint not null,
  primary key (programme_id, owner_id, id)
);

-- kept by: privacy
-- A shield is up until its owner lowers it; the row with the highest number holds.
create table shield_setting (
  programme_id text not null references programme (id),
  owner_id     text not null references account (id),
  number       bigint not null,               -- 1, 2, 3 ... for each owner
  state        text not null check (state in ('up', 'lowered')),
  at           text not null,
  set_by       text not null,
  primary key (programme_id, owner_id, number)
);

-- kept by: privacy
-- Somebody broke the glass of one record: to be read by them, until it closes.
create table broken_glass (
  programme_id  text not null references programme (id),
  id            text not null,
  account_id    text not null references account (id),
  role          text not null,                -- the role that let them
  owner_id      text not null,
  record_type   text not null,
  record_id     text not null,
  category      text not null check (category in ('life', 'harm', 'safeguarding')),
  reason        bytea not null,               -- sealed for the owner
  at            text not null,
  closes_at     text not null,
  review_due_on text not null,
  primary key (programme_id, id)
);
create index broken_glass_account on broken_glass (programme_id, account_id, at);
create index broken_glass_owner on broken_glass (programme_id, owner_id, at);

-- kept by: privacy
-- Told in the transaction that breaks the glass: the owner, and the privacy guardian.
create table broken_glass_notice (
  programme_id text not null,
  glass_id     text not null,
  to_whom      text not null check (to_whom in ('owner', 'privacy_guardian')),
  at           text not null,
  primary key (programme_id, glass_id, to_whom),
  foreign key (programme_id, glass_id) references broken_glass (programme_id, id)
);

-- kept by: privacy
-- The privacy guardian holds the owner's notice back for a while, and with it the looks that were made under this glass: only where it was
-- broken for safeguarding, once.
create table broken_glass_deferred (
  programme_id text not null,
  glass_id     text not null,
  until_at     text not null,
  reason       bytea not null,                -- sealed
  at           text not null,
  deferred_by  text not null,
  primary key (programme_id, glass_id),
  foreign key (programme_id, glass_id) references broken_glass (programme_id, id)
);

-- kept by: privacy
create table broken_glass_review (
  programme_id text not null,
  glass_id     text not null,
  owner_id     text not null,
  outcome      text not null check (outcome in ('right', 'not_right')),
  words        bytea not null,                -- sealed for the owner
  at           text not null,
  reviewed_by  text not null,
  primary key (programme_id, glass_id),
  foreign key (programme_id, glass_id) references broken_glass (programme_id, id)
);

-- kept by: privacy
-- One look at one protected record by somebody who does not own it. Ids alone.
create table record_look (
  programme_id text not null references programme (id),
  id           text not null,
  owner_id     text not null,
  account_id   text not null,                 -- who looked
  role         text not null,                 -- the role that let them
  at           text not null,
  record_type  text not null,
  record_id    text not null,
  part         text not null,
  action       text not null,
  reason       text not null,                 -- reach, assigned, team, granted, break_glass, always
  grant_id     text,                          -- with granted
  surface      text not null check (surface in ('page', 'json', 'list', 'search', 'export', 'print', 'command')),
  primary key (programme_id, id)
);
create index record_look_owner on record_look (programme_id, owner_id, id);

-- kept by: privacy
-- The privacy guardian holds back one look of a safeguarding lead from the owner, for a while. Once for each look.
create table record_look_deferred (
  programme_id text not null,
  look_id      text not null,
  until_at     text not null,
  reason       bytea not null,                -- sealed
  at           text not null,
  deferred_by  text not null,
  primary key (programme_id, look_id),
  foreign key (programme_id, look_id) references record_look (programme_id, id)
);

-- kept by: privacy
-- "This was not right": an owner doubts one look. Once for each look.
create table access_complaint (
  programme_id text not null,
  id           text not null,
  look_id      text not null,
  owner_id     text not null references account (id),
  words        bytea not null,                -- sealed for the owner
  at           text not null,
  due_on       text not null,                 -- by when the privacy guardian answers
  primary key (programme_id, id),
  unique (programme_id, look_id),
  foreign key (programme_id, look_id) references record_look (programme_id, id)
);

-- kept by: privacy
create table access_complaint_answer (
  programme_id text not null,
  complaint_id text not null,
  owner_id     text not null,
  words        bytea not null,                -- sealed for the owner
  at           text not null,
  answered_by  text not null,
  primary key (programme_id, complaint_id),
  foreign key (programme_id, complaint_id) references access_complaint (programme_id, id)
);
