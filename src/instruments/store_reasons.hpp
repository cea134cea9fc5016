// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "db/database.hpp"
#include "instruments/reasons.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// What people wrote, kept when a round is counted; before that there is nothing here. All of the actor's programme;
// what lies outside is NotFound. The order is that of random ids and says nothing.
std::vector<KeptReason> reasons(db::Read& read, const Actor& actor, const Id<Collection>& id);
KeptReason reason(db::Read& read, const Actor& actor, const Id<Collection>& id, const Id<KeptReason>& reason);

// Whether somebody wrote words that no reviewer has decided about.
bool waits_for_review(db::Read& read, const Actor& actor, const Id<Collection>& id);

// A reviewer's decision; the latest holds. Throws Conflict where another one was made meanwhile (`seen` is the number
// of the review the reviewer had before them, 0 for none).
void review(db::Write& write, const Id<Collection>& id, const Id<KeptReason>& reason, const NewReview& review,
            std::int64_t seen);

// Why people left the statements out.
std::vector<SaidLeftOut> left_out(db::Read& read, const Actor& actor, const Id<Collection>& id);

}  // namespace cairn::instruments
