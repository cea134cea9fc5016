// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"
#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::instruments {

// The responses to one version of an instrument that are compared with one another: one round of a study.
struct Collection {
  Id<Collection> id;
  std::string instrument_id;
  int instrument_version = 1;
  std::int64_t smallest_group = 5;
};

// Adds an empty collection to the actor's programme; `smallest_group` as the instrument allows. Makes no journal entry
// of its own: the caller's write is about the thing the collection is for.
Id<Collection> add_collection(db::Write& write, const Actor& actor, const Instrument& instrument,
                              std::int64_t smallest_group);
// Throws NotFound outside the actor's programme.
Collection collection(db::Read& read, const Actor& actor, const Id<Collection>& id);

// How many people have answered, as far as that has been published. Throws NotFound outside the actor's programme.
std::int64_t responses(db::Read& read, const Actor& actor, const Id<Collection>& id);

// The protected comparison of a collection, as it may be shown now, and keeps what state was shown (journaled as
// "inventory.compare" where it is one that was not shown before). The caller journals the use itself. `instrument` is
// the collection's own, and of sensitivity opinion: answers about health, identity or wellbeing need more protection
// than this gives, and are refused as a Conflict. Throws NotFound outside the actor's programme, Corrupt where a stored
// response does not open, Conflict (try again) where another state was shown meanwhile.
Counter::Result comparison_of(db::Database& database, const Actor& actor, const Id<Collection>& id,
                              const Instrument& instrument);

// The columns of this stage that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::instruments
