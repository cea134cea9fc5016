// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agenda/model.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"

namespace cairn::agenda {

// All of these see and change the actor's programme alone; an id of another one is NotFound.

// Makes the journal entry speak of the new step. With `once`, the id the form brought: throws Repeated where the actor
// has added the very same step under it; a step that differs in anything, as after going back in the browser, gets an
// id of its own.
Id<NextStep> add(db::Write& write, const NewStep& step, const Id<NextStep>& once = {});
NextStep step(db::Read& read, const Actor& actor, const Id<NextStep>& id);

// The steps of one thing: open ones by day, then those done; removed ones last.
std::vector<NextStep> steps_about(db::Read& read, const Actor& actor, const About& about);
std::vector<NextStep> open_steps(db::Read& read, const Actor& actor);
// Ticked off at `from` or later, the latest first.
std::vector<NextStep> steps_done_since(db::Read& read, const Actor& actor, Moment from);

// Each is a row with who and when. Doing again what is so already changes nothing. A removed step can neither be ticked
// off nor reopened (NotFound); putting back later than days_to_put_back days after is a Conflict.
void tick_off(db::Write& write, const Id<NextStep>& id);
void reopen(db::Write& write, const Id<NextStep>& id);
void remove(db::Write& write, const Id<NextStep>& id);
void put_back(db::Write& write, const Id<NextStep>& id);

// The columns of this stage that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::agenda
