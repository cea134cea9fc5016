// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "instruments/asking.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// Makes a collection one that people are asked for, in the actor's programme. `words_of_programme` are the terms in
// use, kept so that an answer knows the words it was shown. Also queues the work that counts the answers once the time
// is over. Throws Conflict where it is one already.
void add_asking(db::Write& write, const Id<Collection>& collection, const NewAsking& asking);

// Nothing for a collection nobody is asked for (its answers came in a file). Throws NotFound outside the actor's
// programme.
std::optional<Asking> find_asking(db::Read& read, const Actor& actor, const Id<Collection>& collection);
// By the code of its page of results, whoever asks.
std::optional<Asking> find_asking_by_results(db::Read& read, std::string_view results_code);
// Without an actor, for links: the caller has found the collection through one.
Asking asking_of(db::Read& read, const Id<Collection>& collection);

// The period's end, or a new period where the last one was settled: `closes_at` now closes early, later extends, and
// after settling opens again. Throws Conflict where `closes_at` lies before the write's now, unless it is that now.
void set_period(db::Write& write, const Id<Collection>& collection, Moment closes_at);

// The kinds of work these put into the queue: settle(), and forget_what_waited().
inline constexpr std::string_view settle_job = "asking.settle";
inline constexpr std::string_view forget_job = "asking.forget";

// Whether answers were begun that may still be sent, or a sheet of paper waits for its second check: counting waits for
// them until the grace is over.
bool somebody_is_answering(db::Read& read, const Id<Collection>& collection);

// Counts what was sent, if the asking is over by now or (with `even_if_begun`) closed: opens every answer with the
// period's private key, shuffles them into responses under one entry of the journal by "respondents" dated by week,
// keeps reasons apart from the answers they came with, and deletes sent answers, drafts and the key. Then makes sure
// that no log still holds what was deleted. Returns how many people were counted; nothing where it is not time yet or
// was done. A sent answer that does not open throws Corrupt and nothing is counted.
enum class Begun { wait, leave_out };
std::optional<std::int64_t> settle(db::Database& database, const content::Library& library, const Actor& actor,
                                   const Id<Collection>& collection, Begun begun);

// Makes sure that no log and no dead row still holds what was deleted. Throws Unavailable where somebody reads for so
// long that it cannot be done now.
void forget_what_waited(db::Database& database);

// The number of the wording that was in use when this was answered, keeping it where it is new. `words` is JSON.
std::int64_t wording_number(db::Write& write, const Id<Collection>& collection, std::string_view words);

}  // namespace cairn::instruments
