-- SPDX-License-Identifier: Apache-2.0

-- What somebody has said will happen next, by whom and by when. Nothing here is changed afterwards: ticking a step off, taking that back,
-- removing a step and putting it back are rows of their own, with who and when.

-- kept by: agenda
-- One step. It belongs to a thing of another stage (about_kind 'report', about_id its id) and may belong to one statement of it.
create table next_step (
  programme_id text not null references programme (id),
  id           text not null,
  about_kind   text not null,
  about_id     text not null,
  item_id      text,                          -- "4.1", where the step follows from one statement
  words        bytea not null,                -- sealed
  owner_name   bytea not null,                -- sealed; as typed, often somebody without an account
  due_on       text not null,                 -- ISO date
  made_by      text not null,                 -- account; empty for a command
  made_at      text not null,
  primary key (programme_id, id)
);
create index next_step_about on next_step (programme_id, about_kind, about_id);

-- kept by: agenda
-- A step was ticked off, and (once reopened) was not done after all.
create table next_step_done (
  programme_id text not null,
  id           text not null,
  step_id      text not null,
  done_by      text not null,
  done_at      text not null,
  primary key (programme_id, id),
  foreign key (programme_id, step_id) references next_step (programme_id, id)
);
create index next_step_done_step on next_step_done (programme_id, step_id);

-- kept by: agenda
create table next_step_reopened (
  programme_id text not null,
  done_id      text not null,
  reopened_by  text not null,
  reopened_at  text not null,
  primary key (programme_id, done_id),
  foreign key (programme_id, done_id) references next_step_done (programme_id, id)
);

-- kept by: agenda
-- A step was removed; it rests 30 days, in which it can be put back.
create table next_step_removal (
  programme_id text not null,
  id           text not null,
  step_id      text not null,
  removed_by   text not null,
  removed_at   text not null,
  primary key (programme_id, id),
  foreign key (programme_id, step_id) references next_step (programme_id, id)
);
create index next_step_removal_step on next_step_removal (programme_id, step_id);

-- kept by: agenda
create table next_step_return (
  programme_id text not null,
  removal_id   text not null,
  returned_by  text not null,
  returned_at  text not null,
  primary key (programme_id, removal_id),
  foreign key (programme_id, removal_id) references next_step_removal (programme_id, id)
);
