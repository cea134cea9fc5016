-- SPDX-License-Identifier: Apache-2.0

-- Asking people: who may be asked, by which link, until when, and what is waiting to be counted. In this file "sealed" is under the
-- program's master key unless it says otherwise. No table here holds when somebody answered.

-- kept by: instruments
-- Somebody who may be asked, once for the whole programme: which group they are in does not change from round to round by itself.
create table participant (
  programme_id      text not null references programme (id),
  id                text not null,              -- random
  name              bytea not null,             -- sealed
  email             bytea,                      -- sealed; null for somebody who is given a link or paper by hand
  email_fingerprint bytea,                      -- keyed
  stakeholder       text not null,              -- 'peer_worker' ...
  service_id        text not null,              -- of accounts; the site they belong to
  account_id        text not null,              -- '' for somebody who does not sign in
  made_at           text not null,
  made_by           text not null,
  primary key (programme_id, id),
  unique (programme_id, email_fingerprint)
);

-- kept by: instruments
-- A participant was taken off the list; no round asks them any more. With 'withdrawn' they asked for it themselves.
create table participant_end (
  programme_id   text not null,
  participant_id text not null,
  why            text not null check (why in ('left', 'declined', 'withdrawn', 'mistake')),
  at             text not null,
  given_by       text not null,
  primary key (programme_id, participant_id),
  foreign key (programme_id, participant_id) references participant (programme_id, id)
);

-- kept by: instruments
-- A collection people are asked for.
create table asking (
  collection_id text primary key references collection (id),
  programme_id  text not null,
  mode          text not null check (mode in ('anonymous', 'named')),
  words         bytea not null,                 -- sealed: who asks, why, what happens next, where there is help
  link_key      bytea not null,                 -- sealed; the secrets of personal links are made from it
  results_code  text not null unique,           -- opens the page of what came of it
  grace_hours   bigint not null check (grace_hours between 0 and 336),
  made_at       text not null,
  made_by       text not null
);
create index asking_by_programme on asking (programme_id);

-- kept by: instruments
-- From when until when people are asked. The row with the highest number holds: closing early and opening again add one.
create table asking_period (
  collection_id text not null references asking (collection_id),
  number        bigint not null check (number > 0),
  opens_at      text not null,
  closes_at     text not null,
  set_at        text not null,
  set_by        text not null,
  primary key (collection_id, number)
);

-- kept by: instruments
-- What was sent until then was counted: nothing more comes in until the asking is opened again.
create table asking_settled (
  collection_id text not null references asking (collection_id),
  period        bigint not null,
  at            text not null,
  primary key (collection_id, period)
);

-- kept by: instruments
-- The keys answers are sealed with until they are counted. Deleted at that moment, so that no copy of a sealed answer opens again.
create table asking_key (
  collection_id text primary key references asking (collection_id),
  public_key    bytea not null,
  private_key   bytea not null                  -- sealed
);

-- kept by: instruments
-- The sites people are asked about, with the groups their answers count for. The name stays as it was when people were asked.
create table asking_site (
  collection_id text not null references asking (collection_id),
  number        bigint not null check (number > 0),
  service_id    text not null,
  name          text not null,
  employer      text not null,                  -- 'statutory', 'voluntary'
  context       text not null,
  setting       text not null,
  primary key (collection_id, number)
);

-- kept by: instruments
-- How many of a group are hoped for at a site, and how many have answered: a count without times, shown as "enough" or "not yet" alone.
create table asking_group (
  collection_id text not null,
  site          bigint not null,
  stakeholder   text not null,
  hoped_for     bigint not null check (hoped_for between 0 and 100000),
  answered      bigint not null check (answered >= 0),
  primary key (collection_id, site, stakeholder),
  foreign key (collection_id, site) references asking_site (collection_id, number)
);

-- kept by: instruments
-- The words the programme used for its people while it asked; an answer keeps the number of those it was shown.
create table asking_wording (
  collection_id text not null references asking (collection_id),
  number        bigint not null check (number > 0),
  words         text not null,                  -- JSON: the programme's terms
  primary key (collection_id, number)
);

-- kept by: instruments
-- A participant asked in a collection. That they answered is marked without saying when.
create table invitation (
  collection_id  text not null references asking (collection_id),
  id             text not null,                 -- random
  programme_id   text not null,
  participant_id text not null,
  site           bigint not null,
  link_hash      bytea not null unique,         -- SHA-256 of the link's secret
  answered       bigint not null check (answered in (0, 1)),
  primary key (collection_id, id),
  unique (collection_id, participant_id),
  foreign key (collection_id, site) references asking_site (collection_id, number),
  foreign key (programme_id, participant_id) references participant (programme_id, id)
);

-- kept by: instruments
-- The link no longer opens the questions: taken back by the lead, or the person said no.
create table invitation_end (
  collection_id text not null,
  invitation_id text not null,
  why           text not null check (why in ('revoked', 'declined', 'withdrawn')),
  at            text not null,
  given_by      text not null,
  primary key (collection_id, invitation_id),
  foreign key (collection_id, invitation_id) references invitation (collection_id, id)
);

-- kept by: instruments
-- The person asked for no more letters about this.
create table invitation_quiet (
  collection_id text not null,
  invitation_id text not null,
  at            text not null,
  primary key (collection_id, invitation_id),
  foreign key (collection_id, invitation_id) references invitation (collection_id, id)
);

-- kept by: instruments
-- One link for many: for a poster in a team room. Who comes by it says which group they are in, unless it is for one group alone.
create table group_link (
  collection_id text not null references asking (collection_id),
  id            text not null,                  -- random
  code          bytea not null,                 -- sealed, so that the poster can be printed again
  code_hash     bytea not null unique,
  site          bigint,                         -- null: people choose
  stakeholder   text,                           -- null: people choose
  most          bigint not null check (most between 1 and 100000),  -- answers it takes
  taken         bigint not null,                -- answers it has taken
  made_at       text not null,
  made_by       text not null,
  primary key (collection_id, id)
);

-- kept by: instruments
create table group_link_end (
  collection_id text not null,
  link_id       text not null,
  why           text not null check (why in ('closed', 'misused')),
  at            text not null,
  given_by      text not null,
  primary key (collection_id, link_id),
  foreign key (collection_id, link_id) references group_link (collection_id, id)
);

-- kept by: instruments
-- A filled-in sheet of paper, typed in once and waiting for the second check. It counts once it was checked; then its content goes.
create table paper_sheet (
  collection_id text not null references asking (collection_id),
  id            text not null,
  number        text not null,                  -- as written on the sheet by hand
  answers       bytea,                          -- sealed; null once it was checked or removed
  entered_by    text not null,
  entered_at    text not null,
  primary key (collection_id, id),
  unique (collection_id, number)
);

-- kept by: instruments
create table paper_check (
  collection_id text not null,
  sheet_id      text not null,
  outcome       text not null check (outcome in ('counted', 'removed')),
  differences   bigint not null,                -- how many answers were typed in otherwise the first time
  checked_by    text not null,
  checked_at    text not null,
  primary key (collection_id, sheet_id),
  foreign key (collection_id, sheet_id) references paper_sheet (collection_id, id)
);

-- kept by: instruments
-- Why somebody chose a statement, or what else they said: apart from their other answers, in no order.
create table reason (
  collection_id text not null references asking (collection_id),
  id            text not null,                  -- random
  said          bytea not null,                 -- sealed: the statement, the groups, whether it goes well or is hard, and the words
  primary key (collection_id, id)
);

-- kept by: instruments
-- What a reviewer decided about a reason; the highest number holds.
create table reason_review (
  collection_id text not null,
  reason_id     text not null,
  number        bigint not null check (number > 0),
  outcome       text not null check (outcome in ('shown', 'kept_back')),
  words         bytea not null,                 -- sealed: as it may be shown, with names and places struck out
  reviewed_by   text not null,
  reviewed_at   text not null,
  primary key (collection_id, reason_id, number),
  foreign key (collection_id, reason_id) references reason (collection_id, id)
);

-- kept by: instruments
-- Somebody left the statements out and said why: a finding, not a gap.
create table left_out (
  collection_id text not null references asking (collection_id),
  id            text not null,                  -- random
  why           bytea not null,                 -- sealed: the reason's code and the groups
  primary key (collection_id, id)
);

-- Answers that were counted when a round was settled: the week is all that is kept of the time.
alter table response_batch add column week_on text;
