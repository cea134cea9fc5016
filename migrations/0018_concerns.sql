-- SPDX-License-Identifier: Apache-2.0

-- Worries that somebody may come to harm, from telling to closing, and whom to call. Nothing here is changed afterwards: opening a
-- concern, noting what was done and closing it are rows of their own, with who and when.

-- kept by: accounts
-- Whoever uses a session has shown once more, by their password, that it is they.
create table session_proved (
  session_id text not null references session (id),
  id         text not null,
  at         text not null,
  primary key (session_id, id)
);

-- kept by: privacy
-- What somebody told. Sealed for the programme, not for the person who told it: it outlives their account.
create table concern (
  programme_id text not null references programme (id),
  id           text not null,
  urgency      text not null check (urgency in ('now', 'today', 'soon')),
  words        bytea not null,                -- sealed: whom and what it is about
  contact      bytea not null,                -- sealed: how to reach who told it; nothing inside where they did not say
  raised_by    text not null,                 -- account
  raised_at    text not null,
  primary key (programme_id, id)
);

-- kept by: privacy
-- The first time a safeguarding lead opened it. Until then they are told again.
create table concern_opened (
  programme_id text not null,
  concern_id   text not null,
  opened_by    text not null,
  opened_at    text not null,
  primary key (programme_id, concern_id),
  foreign key (programme_id, concern_id) references concern (programme_id, id)
);

-- kept by: privacy
-- Told again after so many minutes: once for each.
create table concern_told_again (
  programme_id text not null,
  concern_id   text not null,
  minutes      bigint not null,
  at           text not null,
  primary key (programme_id, concern_id, minutes),
  foreign key (programme_id, concern_id) references concern (programme_id, id)
);

-- kept by: privacy
-- What was done.
create table concern_note (
  programme_id text not null,
  id           text not null,
  concern_id   text not null,
  words        bytea not null,                -- sealed
  made_by      text not null,
  made_at      text not null,
  primary key (programme_id, id),
  foreign key (programme_id, concern_id) references concern (programme_id, id)
);
create index concern_note_by_concern on concern_note (programme_id, concern_id);

-- kept by: privacy
create table concern_closed (
  programme_id text not null,
  concern_id   text not null,
  closed_by    text not null,
  closed_at    text not null,
  primary key (programme_id, concern_id),
  foreign key (programme_id, concern_id) references concern (programme_id, id)
);

-- kept by: privacy
-- Whom to call besides the lines for everybody, as the programme last wrote it: the highest number holds. Everybody may read it.
create table help_contacts (
  programme_id text not null references programme (id),
  number       bigint not null,               -- 1, 2, 3 ...
  words        text not null,                 -- one contact a line
  made_by      text not null,
  made_at      text not null,
  primary key (programme_id, number)
);
