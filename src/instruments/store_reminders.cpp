// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_reminders.hpp"

#include <algorithm>

#include "instruments/store_asking.hpp"
#include "instruments/store_invitations.hpp"
#include "instruments/store_participants.hpp"
#include "jobs/queue.hpp"

namespace cairn::instruments {
namespace {

// False where people were reminded so many days before this end already.
bool note_reminded(db::Write& write, const Asking& asking, int days) {
  return write.run(R"sql(
    insert into asking_reminded (collection_id, closes_at, days, at) values ($1, $2, $3, $4)
    on conflict (collection_id, closes_at, days) do nothing
  )sql",
                   {asking.collection.text, iso(asking.period.closes_at), std::int64_t{days}, iso(write.now())}) > 0;
}

}  // namespace

std::vector<int> reminders(db::Read& read, const Id<Collection>& collection) {
  const auto text = read.find(R"sql(
    select days from asking_reminding where collection_id = $1 order by number desc limit 1
  )sql",
                              {collection.text}, [](const db::Row& row) { return row.string(0); });
  return reminders_from_text(text.value_or(""));
}

void set_reminders(db::Write& write, const Id<Collection>& collection, const std::vector<int>& days) {
  const auto number = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from asking_reminding where collection_id = $1
  )sql",
                                       {collection.text});
  write.run(R"sql(
    insert into asking_reminding (collection_id, number, days, set_at, set_by) values ($1, $2, $3, $4, $5)
  )sql",
            {collection.text, number, reminders_as_text(days), iso(write.now()), given_by(write.actor())});
}

void plan_reminders(db::Write& write, const Asking& asking, std::string_view zone) {
  for (const auto days : reminders(write, asking.collection)) {
    const auto due = reminder_due(asking.period, days, zone);
    if (due > write.now()) jobs::put_in_queue(write, reminder_job, reminder_payload({asking.collection, days}), due);
  }
}

void remind_if_due(db::Write& write, const Id<Collection>& collection, int days, std::string_view zone) {
  const auto asking = asking_of(write, collection);
  const auto planned = reminders(write, collection);
  if (std::find(planned.begin(), planned.end(), days) == planned.end()) return;
  if (asking.state(write.now()) != AskingState::open) return;
  // The end was moved to a later day: that plan has queued work of its own.
  if (reminder_due(asking.period, days, zone) > write.now()) return;
  if (note_reminded(write, asking, days)) remind(write, collection, write.now());
}

bool remind_by_hand(db::Write& write, const Id<Collection>& collection, Date today) {
  const auto noted = write.run(R"sql(
    insert into asking_reminded_by_hand (collection_id, on_day, at, given_by) values ($1, $2, $3, $4)
    on conflict (collection_id, on_day) do nothing
  )sql",
                               {collection.text, iso(today), iso(write.now()), given_by(write.actor())});
  if (noted > 0) remind(write, collection, write.now());
  return noted > 0;
}

bool was_reminded_by_hand(db::Read& read, const Id<Collection>& collection, Date today) {
  return read.number(R"sql(
    select count(*) from asking_reminded_by_hand where collection_id = $1 and on_day = $2
  )sql",
                     {collection.text, iso(today)}) > 0;
}

}  // namespace cairn::instruments
