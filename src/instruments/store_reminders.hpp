// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "instruments/asking.hpp"
#include "instruments/reminders.hpp"

namespace cairn::instruments {

// On how many days before the end people are reminded by themselves; none where nobody has set any.
std::vector<int> reminders(db::Read& read, const Id<Collection>& collection);
void set_reminders(db::Write& write, const Id<Collection>& collection, const std::vector<int>& days);

// Queues the work of the reminders that are still to come. To be called again after each change of their days or of the
// round's end: what was queued before looks again when its time comes, and does nothing where it no longer fits.
void plan_reminders(db::Write& write, const Asking& asking, std::string_view zone);

// The kind of that work. Reminds, once for each of the days before one end, if the round is open and it is time.
inline constexpr std::string_view reminder_job = "asking.remind";
void remind_if_due(db::Write& write, const Id<Collection>& collection, int days, std::string_view zone);

// Reminds at once, because somebody asked for it. False, and nobody is reminded, where that was done on that day
// already: a form sent twice is no second letter.
bool remind_by_hand(db::Write& write, const Id<Collection>& collection, Date today);
bool was_reminded_by_hand(db::Read& read, const Id<Collection>& collection, Date today);

}  // namespace cairn::instruments
