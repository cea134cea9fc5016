-- SPDX-License-Identifier: Apache-2.0

-- kept by: instruments
-- The languages people are asked in, one or more. The first is that of letters to people who have chosen none.
create table asking_language (
  collection_id text not null references asking (collection_id),
  number        bigint not null check (number > 0),
  language      text not null,                  -- 'en'
  primary key (collection_id, number),
  unique (collection_id, language)
);

-- Until now people were asked in English.
insert into asking_language (collection_id, number, language) select collection_id, 1, 'en' from asking;
