-- SPDX-License-Identifier: Apache-2.0

-- Why a sheet of paper was taken away instead of counted: 'twice', 'mistake', 'withdrawn', 'empty'; '' for one that was counted.
alter table paper_check add column why text not null default '';

-- Beside what a shown reason may stand: 'group', 'site' or 'nobody'. Once beside one of them it never stands beside another, so that the
-- same words read in two places never tell both.
alter table reason_review add column beside text not null default 'nobody';

-- kept by: evaluation
-- The people of a round were told what came of it: by letters to so many, or with 0 by word of mouth or a sheet on the wall.
create table results_told (
  programme_id text not null,
  study_id     text not null,
  round        bigint not null,
  number       bigint not null check (number > 0),
  id           text not null,                  -- brought by the form, so that letters are sent once
  letters      bigint not null check (letters >= 0),
  told_by      text not null,
  told_at      text not null,
  primary key (programme_id, study_id, round, number),
  unique (programme_id, id),
  foreign key (programme_id, study_id, round) references study_round (programme_id, study_id, number)
);
