-- SPDX-License-Identifier: Apache-2.0

-- What belongs to inviting people beside 0010: who moved from one group or site to another, letters and links that were given out, and
-- when people are reminded.

-- kept by: instruments
-- What group and site a participant had until then. Answers given before keep the group they were given for.
create table participant_change (
  programme_id   text not null,
  participant_id text not null,
  number         bigint not null check (number > 0),
  stakeholder    text not null,                 -- before the change
  service_id     text not null,                 -- before the change
  at             text not null,
  given_by       text not null,
  primary key (programme_id, participant_id, number),
  foreign key (programme_id, participant_id) references participant (programme_id, id)
);

-- kept by: instruments
-- The letter with which somebody was asked, so that one which did not arrive is seen. Reminders are not kept: who got one has not answered.
create table invitation_letter (
  collection_id text not null,
  invitation_id text not null,
  letter_id     text not null,
  primary key (collection_id, invitation_id, letter_id),
  foreign key (collection_id, invitation_id) references invitation (collection_id, id)
);

-- kept by: instruments
-- Somebody without an address was to be given the link by hand: it was shown to whoever hands it over.
create table invitation_handed (
  collection_id text not null,
  invitation_id text not null,
  number        bigint not null check (number > 0),
  at            text not null,
  given_by      text not null,
  primary key (collection_id, invitation_id, number),
  foreign key (collection_id, invitation_id) references invitation (collection_id, id)
);

-- kept by: instruments
-- On how many days before the end people are reminded, as "7 2"; empty for never. The row with the highest number holds.
create table asking_reminding (
  collection_id text not null references asking (collection_id),
  number        bigint not null check (number > 0),
  days          text not null,
  set_at        text not null,
  set_by        text not null,
  primary key (collection_id, number)
);

-- kept by: instruments
-- People were reminded so many days before this end; when the end moves they are reminded again.
create table asking_reminded (
  collection_id text not null references asking (collection_id),
  closes_at     text not null,
  days          bigint not null check (days > 0),
  at            text not null,
  primary key (collection_id, closes_at, days)
);

-- kept by: instruments
-- Somebody asked for reminders to be sent at once: on one day no more than once.
create table asking_reminded_by_hand (
  collection_id text not null references asking (collection_id),
  on_day        text not null,
  at            text not null,
  given_by      text not null,
  primary key (collection_id, on_day)
);

create index invitation_by_id on invitation (id);
create index invitation_of_participant on invitation (programme_id, participant_id);
