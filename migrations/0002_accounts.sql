-- SPDX-License-Identifier: Apache-2.0

-- Who takes part: the programme, the organisations, services and teams it is made of, and the people who may sign in.

-- kept by: accounts
-- One peer-support programme. Its name is empty until somebody gives it one.
create table programme (
  id         text primary key,
  name       text not null,
  zone       text not null,                    -- IANA time zone of its calendar: Europe/London
  created_at text not null
);

-- kept by: accounts
-- An employer or partner. What kind it is never changes; a merged or converted body is a new organisation.
create table organisation (
  programme_id text not null references programme (id),
  id           text not null,
  name         text not null,
  kind         text not null check (kind in ('nhs', 'council', 'voluntary')),
  primary key (programme_id, id),
  unique (programme_id, name)
);

-- kept by: accounts
-- A service where peer workers work. The context follows by rule from who employs them and from the three columns before it.
create table service (
  programme_id    text not null,
  id              text not null,
  organisation_id text not null,               -- the employer of its peer workers
  name            text not null,
  partner_id      text,                        -- the organisation it formally serves people together with
  nhs_premises    bigint not null check (nhs_premises in (0, 1)),
  nhs_referral    bigint not null check (nhs_referral in (0, 1)),
  context         text not null check (context in ('nhs', 'partnership', 'voluntary')),
  primary key (programme_id, id),
  unique (programme_id, name),
  foreign key (programme_id, organisation_id) references organisation (programme_id, id),
  foreign key (programme_id, partner_id) references organisation (programme_id, id)
);

-- kept by: accounts
-- Where a service meets people: one row for each of its settings.
create table service_setting (
  programme_id text not null,
  service_id   text not null,
  setting      text not null check (setting in ('inpatient', 'community', 'bme')),
  primary key (programme_id, service_id, setting),
  foreign key (programme_id, service_id) references service (programme_id, id)
);

-- kept by: accounts
create table team (
  programme_id text not null,
  id           text not null,
  service_id   text not null,
  name         text not null,
  primary key (programme_id, id),
  unique (programme_id, service_id, name),
  foreign key (programme_id, service_id) references service (programme_id, id)
);

-- kept by: accounts
-- Somebody who may sign in. Their address and name are sealed; the fingerprint finds the row when they type the address.
create table account (
  id                text primary key,
  programme_id      text not null references programme (id),
  email             bytea not null,            -- sealed
  email_fingerprint bytea not null unique,     -- keyed, of the address in lower case
  display_name      bytea not null,            -- sealed
  password_hash     text not null,             -- Argon2id of the password under a key that is not in the database
  created_at        text not null
);

-- kept by: accounts
-- From `at` on an account may sign in (open) or not (closed). The row with the highest number holds; without a row it is open.
create table account_state (
  account_id text not null references account (id),
  number     bigint not null,                  -- 1, 2, 3 ... for each account
  state      text not null check (state in ('open', 'closed')),
  at         text not null,
  given_by   text not null,                    -- an account, or a word such as operator
  primary key (account_id, number)
);

-- kept by: accounts
-- A role somebody holds, how far it reaches and on which days. Never changed: see role_ended.
create table role_held (
  account_id text not null references account (id),
  id         text not null,
  role       text not null,
  reach_kind text not null check (reach_kind in ('programme', 'organisation', 'service', 'team', 'study')),
  reach_id   text not null,                    -- empty where it reaches the whole programme
  from_on    text,                             -- first day, in the programme's zone
  until_on   text,                             -- last day
  given_at   text not null,
  given_by   text not null,
  primary key (account_id, id)
);

-- kept by: accounts
-- A role taken back before its last day: it no longer holds from `at` on.
create table role_ended (
  account_id   text not null,
  role_held_id text not null,
  at           text not null,
  ended_by     text not null,
  primary key (account_id, role_held_id),
  foreign key (account_id, role_held_id) references role_held (account_id, id)
);

-- kept by: accounts
-- One signed-in browser. The cookie's token is known only by its hash.
create table session (
  id            text primary key,
  account_id    text not null references account (id),
  token_hash    bytea not null unique,         -- SHA-256
  forgery_token text not null,
  made_at       text not null,
  seen_at       text not null                  -- to within two minutes
);
create index session_by_account on session (account_id, made_at);

-- kept by: accounts
-- A session that was ended by signing out, by too many others, or because the account was closed.
create table session_ended (
  session_id text primary key references session (id),
  at         text not null
);
