-- SPDX-License-Identifier: Apache-2.0

-- How people come in and stay in: the second step of signing in, invitations, links for a new password, and who confirmed what. What
-- happens to any of these is a row of its own, with who and when. Rows that have an end stand in a second table: no row is ever undone.

-- kept by: accounts
-- A role that an administrator gave and that opens content: it counts only once a lead has confirmed it. Roles without a row here count
-- from the start.
create table role_to_confirm (
  account_id   text not null,
  role_held_id text not null,
  primary key (account_id, role_held_id),
  foreign key (account_id, role_held_id) references role_held (account_id, id)
);

-- kept by: accounts
create table role_confirmed (
  account_id   text not null,
  role_held_id text not null,
  at           text not null,
  confirmed_by text not null,                  -- account of a lead
  primary key (account_id, role_held_id),
  foreign key (account_id, role_held_id) references role_held (account_id, id)
);

-- kept by: accounts
-- A later name or password; the latest of each holds, else that of the account.
create table account_name (
  id           text primary key,
  account_id   text not null references account (id),
  number       bigint not null,                -- 1, 2, 3 ... for each account
  display_name bytea not null,                 -- sealed
  at           text not null,
  given_by     text not null,
  unique (account_id, number)
);

-- kept by: accounts
create table account_password (
  account_id    text not null references account (id),
  number        bigint not null,               -- 1, 2, 3 ... for each account
  password_hash text not null,                 -- Argon2id, as in account
  at            text not null,
  given_by      text not null,
  primary key (account_id, number)
);

-- kept by: accounts
-- The secret an app makes codes from. Offered when it is shown; it counts once a code made from it has come back.
create table second_factor (
  id         text primary key,
  account_id text not null references account (id),
  seed       bytea not null,                   -- sealed; 160 bits
  offered_at text not null
);
create index second_factor_by_account on second_factor (account_id);

-- kept by: accounts
create table second_factor_confirmed (
  second_factor_id text primary key references second_factor (id),
  at               text not null
);

-- kept by: accounts
-- Replaced by another, or given up after it was lost.
create table second_factor_ended (
  second_factor_id text primary key references second_factor (id),
  at               text not null,
  ended_by         text not null
);

-- kept by: accounts
-- The steps of thirty seconds whose code has been used: each code lets in once. Only the latest rows are needed; older ones go.
create table second_factor_step (
  second_factor_id text not null references second_factor (id),
  step             bigint not null,            -- Unix time / 30
  primary key (second_factor_id, step)
);

-- kept by: accounts
-- Ten words of 120 bits, each of which stands in for one code. Shown once.
create table recovery_code (
  second_factor_id text not null references second_factor (id),
  code_hash        bytea not null,             -- SHA-256
  made_at          text not null,
  primary key (second_factor_id, code_hash)
);

-- kept by: accounts
-- Used, or replaced by a newer ten.
create table recovery_code_ended (
  second_factor_id text not null,
  code_hash        bytea not null,
  at               text not null,
  outcome          text not null check (outcome in ('used', 'replaced')),
  primary key (second_factor_id, code_hash),
  foreign key (second_factor_id, code_hash) references recovery_code (second_factor_id, code_hash)
);

-- kept by: accounts
-- Somebody has lost their second step. Two people of different office, neither of them the owner, say so one after the other; a day
-- after the second the step is given up. The owner, who was told by letter, can stop it.
create table second_factor_lost (
  id         text primary key,
  account_id text not null references account (id),
  told_at    text not null,
  told_by    text not null                     -- an account, or operator
);
create index second_factor_lost_by_account on second_factor_lost (account_id);

-- kept by: accounts
create table second_factor_lost_confirmed (
  lost_id      text primary key references second_factor_lost (id),
  at           text not null,
  confirmed_by text not null
);

-- kept by: accounts
create table second_factor_lost_ended (
  lost_id  text primary key references second_factor_lost (id),
  at       text not null,
  outcome  text not null check (outcome in ('stopped', 'given_up')),  -- given_up: the step was, and a new one is asked for
  ended_by text not null
);

-- kept by: accounts
-- A password was right; the second step has still to come. It is no session: whoever holds the token reaches that step alone.
create table sign_in_begun (
  id         text primary key,
  account_id text not null references account (id),
  token_hash bytea not null unique,            -- SHA-256
  made_at    text not null
);
create index sign_in_begun_by_account on sign_in_begun (account_id);

-- kept by: accounts
-- Completed, or taken back because the password or the second step was changed meanwhile.
create table sign_in_begun_ended (
  begun_id text primary key references sign_in_begun (id),
  at       text not null
);

-- kept by: accounts
-- A browser in which the account has signed in whole. It has a bucket of its own, so that strangers who guess do not keep the owner out.
create table device (
  id         text primary key,
  account_id text not null references account (id),
  token_hash bytea not null,                   -- SHA-256; one browser may serve several accounts
  made_at    text not null
);
create index device_by_token on device (token_hash, account_id);

-- kept by: accounts
create table device_ended (
  device_id text primary key references device (id),
  at        text not null
);

-- kept by: accounts
-- Somebody was asked to open an account, or to take further roles with the one they have.
create table account_invitation (
  programme_id      text not null references programme (id),
  id                text primary key,
  email             bytea not null,            -- sealed
  email_fingerprint bytea not null,            -- keyed, of the address in lower case
  display_name      bytea not null,            -- sealed
  token_hash        bytea not null unique,     -- SHA-256 of the secret in the link
  made_at           text not null,
  made_by           text not null              -- account
);
create index account_invitation_by_email on account_invitation (programme_id, email_fingerprint);

-- kept by: accounts
create table account_invitation_role (
  invitation_id text not null references account_invitation (id),
  id            text not null,
  role          text not null,
  reach_kind    text not null check (reach_kind in ('programme', 'organisation', 'service', 'team', 'study')),
  reach_id      text not null,
  from_on       text,
  until_on      text,
  to_confirm    bigint not null check (to_confirm in (0, 1)),  -- 1: an administrator offers it, and a lead confirms it later
  primary key (invitation_id, id)
);

-- kept by: accounts
create table account_invitation_ended (
  invitation_id text primary key references account_invitation (id),
  at            text not null,
  outcome       text not null check (outcome in ('accepted', 'revoked', 'replaced')),
  ended_by      text not null
);

-- kept by: accounts
-- A link for a new password was asked for. Also for an address without an account, whose letter is then never written: so both take the
-- same time. Rows older than a day go.
create table password_link (
  id                text primary key,
  email_fingerprint bytea not null,            -- keyed; of an account or of none
  token_hash        bytea not null unique,     -- SHA-256 of the secret in the link
  made_at           text not null
);
create index password_link_by_email on password_link (email_fingerprint, made_at);

-- kept by: accounts
create table password_link_ended (
  link_id text primary key references password_link (id) on delete cascade,
  at      text not null,
  outcome text not null check (outcome in ('used', 'replaced'))
);

-- kept by: accounts
-- A programme set up in the browser: the first person there. One row, so that of two who try at once only one is.
create table programme_set_up (
  programme_id text primary key references programme (id),
  at           text not null,
  account_id   text not null references account (id)
);

-- kept by: accounts
-- The list of what a new programme still needs was put away.
create table programme_set_up_finished (
  programme_id text primary key references programme (id),
  at           text not null,
  finished_by  text not null
);
