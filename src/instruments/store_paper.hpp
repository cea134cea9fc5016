// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "db/database.hpp"
#include "instruments/paper.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// All of the actor's programme; what lies outside is NotFound.

// A filled-in paper form, typed in once. Its content is sealed until the second check, and then gone.
struct PaperSheet {
  Id<PaperSheet> id;
  std::string number;      // as written on the sheet; of one that was taken away nothing is left of it
  std::string entered_by;  // account
  Moment entered_at;
  std::string outcome = {};      // "counted", "removed"; "" while it waits for its second check
  std::int64_t differences = 0;  // answers that were typed in otherwise the first time
  bool waits() const { return outcome.empty(); }
  bool operator==(const PaperSheet&) const = default;
};

std::vector<PaperSheet> paper_sheets(db::Read& read, const Actor& actor, const Id<Collection>& id);  // by number
std::int64_t sheets_waiting(db::Read& read, const Actor& actor, const Id<Collection>& id);
// The sheet of a number, whatever became of it; nothing where the round has none.
std::optional<Id<PaperSheet>> sheet_numbered(db::Read& read, const Actor& actor, const Id<Collection>& id,
                                             std::string_view number);
PaperSheet paper_sheet(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<PaperSheet>& sheet);
// What was typed in first. NotFound for a sheet that does not wait any more: nothing is left of it.
Answers first_typing(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<PaperSheet>& sheet,
                     const Instrument& instrument);

// Keeps a first typing, sealed. Makes the journal entry speak of it. Throws Conflict "instruments.paper.number_taken"
// where the round has a sheet of that number, "answer.over" where the time is over; with `once`, the id the form
// brought, Repeated where the same number was kept under it.
Id<PaperSheet> add_sheet(db::Write& write, const Asking& asking, const Instrument& instrument, const TypedSheet& sheet,
                         const Id<PaperSheet>& once = {});
// The second check is done: sends the answers (send_paper) and deletes what was typed in, in the one write. Throws
// Conflict where the sheet was checked or removed meanwhile, "answer.over" where the time is over.
void count_sheet(db::Write& write, const Asking& asking, const Instrument& instrument, const Id<PaperSheet>& sheet,
                 const Answers& answers, std::int64_t differences);
// Takes a sheet away; `why` is one of sheet_removals. What was typed in is deleted and its number is free again.
// Allowed after the time is over, too. Conflict where it was checked or removed meanwhile.
void remove_sheet(db::Write& write, const Asking& asking, const Id<PaperSheet>& sheet, std::string_view why);

}  // namespace cairn::instruments
