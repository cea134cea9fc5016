-- SPDX-License-Identifier: Apache-2.0

-- The programme's own words for its people, and the language somebody reads in. Nothing here is changed afterwards: the row with the highest
-- number holds.

-- kept by: accounts
-- What a programme, or one of its services, calls something. Empty forms: the usual word again.
create table programme_word (
  programme_id text not null references programme (id),
  service_id   text not null,                  -- empty for the whole programme
  language     text not null,                  -- "en"
  term         text not null,                  -- "worker": a word of locales/en/terms.json
  number       bigint not null,                -- 1, 2, 3 ... for each word
  one          text not null,                  -- peer volunteer
  many         text not null,                  -- peer volunteers
  article      text not null,                  -- a peer volunteer
  start_one    text not null,                  -- Peer volunteer
  start_many   text not null,                  -- Peer volunteers
  given_by     text not null,                  -- an account, or a word such as operator
  at           text not null,
  primary key (programme_id, service_id, language, term, number)
);

-- kept by: accounts
-- The language an account reads in, on every device.
create table account_language (
  account_id text not null references account (id),
  number     bigint not null,
  language   text not null,
  at         text not null,
  primary key (account_id, number)
);
