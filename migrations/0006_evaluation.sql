-- SPDX-License-Identifier: Apache-2.0

-- Studies with the inventory, their rounds and reports, and from which number on a statement comes up. The answers themselves are kept by
-- instruments, in the collection of each round; reports hold no numbers of their own and are made anew from what may be shown.

-- kept by: evaluation
create table study (
  programme_id       text not null references programme (id),
  id                 text not null,
  name               text not null,
  name_key           text not null,            -- the name in small letters, so that two that differ in case alone are one
  instrument_id      text not null,
  instrument_version bigint not null,
  made_by            text not null,            -- account; empty for a command
  made_at            text not null,
  primary key (programme_id, id),
  unique (programme_id, name_key)
);

-- kept by: evaluation
create table study_round (
  programme_id  text not null,
  study_id      text not null,
  number        bigint not null check (number between 1 and 999),
  collection_id text not null,
  dated_on      text,                          -- ISO date on which people were asked, where somebody said
  primary key (programme_id, study_id, number),
  foreign key (programme_id, study_id) references study (programme_id, id)
);

-- kept by: evaluation
-- A report that was asked for: about whom, for which use. site is null where it is about everyone.
create table site_report (
  programme_id text not null,
  id           text not null,
  study_id     text not null,
  round        bigint not null,
  site         text,
  purpose      text not null check (purpose in ('persuade', 'set_up', 'train', 'job_description', 'show_value')),
  made_by      text not null,
  made_at      text not null,
  primary key (programme_id, id),
  foreign key (programme_id, study_id, round) references study_round (programme_id, study_id, number)
);
create index site_report_latest on site_report (programme_id, made_at, id);

-- kept by: evaluation
-- How useful a report was to somebody who read it. 'not_now' is an answer, too: it is not asked again.
create table report_feedback (
  programme_id text not null,
  id           text not null,
  report_id    text not null,
  useful       text not null check (useful in ('yes', 'partly', 'no', 'not_now')),
  words        bytea not null,                 -- sealed
  given_by     text not null,
  given_at     text not null,
  primary key (programme_id, id),
  foreign key (programme_id, report_id) references site_report (programme_id, id)
);
create index report_feedback_about on report_feedback (programme_id, report_id);

-- kept by: evaluation
-- Each change of a threshold; the latest of each name holds. Without a row the standard of the rules file holds.
create table evaluation_threshold (
  programme_id text not null references programme (id),
  id           text not null,
  threshold    text not null check (threshold in ('low_presence', 'high_presence', 'high_importance', 'disagreement')),
  value        bigint not null,                -- per cent, or tenths of a point
  reason       text not null,
  set_by       text not null,
  set_at       text not null,
  primary key (programme_id, id)
);
