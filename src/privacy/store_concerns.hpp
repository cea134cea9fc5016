// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "db/verify.hpp"
#include "privacy/concerns.hpp"

namespace cairn::privacy {

// All of these see and change the actor's programme alone; an id of another one is NotFound.

// Whom a concern is told to by letter: accounts. Where nobody looks after safeguarding, the leads learn that there is
// one, and that somebody is needed to open it.
struct Listeners {
  std::vector<std::string> safeguarding;
  std::vector<std::string> leads;
};

inline constexpr std::string_view concern_letter = "concern.raised";  // about concern_about()
inline constexpr std::string_view nobody_letter = "concern.nobody";   // the same
inline constexpr std::string_view tell_again_job = "concern.tell_again";

// What its composer is given: the programme, the concern and the account.
std::string concern_about(const std::string& programme, const Id<Concern>& concern, const std::string& account);

// Stores it, posts its letters and queues those that tell again: all of it or nothing. Makes the journal entry speak of
// it. Throws Repeated where the actor has raised the very same under `once`; one that differs gets an id of its own.
Id<Concern> raise(db::Write& write, const NewConcern& concern, const Listeners& listeners,
                  const Id<Concern>& once = {});

// Tells once more, once for each number of minutes, unless it was opened.
void tell_again(db::Write& write, const TellingAgain& telling, const Listeners& listeners);

// The newest first.
std::vector<Concern> concerns(db::Read& read, const Actor& actor);
// Those the actor raised, the newest first.
std::vector<Concern> own_concerns(db::Read& read, const Actor& actor);
// Those not closed, the oldest first.
std::vector<Concern> open_concerns(db::Read& read, const Actor& actor);
Concern concern(db::Read& read, const Actor& actor, const Id<Concern>& id);

// Reads what it says, and keeps that it was opened: what cannot be kept is not shown.
OpenedConcern open_concern(db::Write& write, const Id<Concern>& id);
// Throws Repeated for the same words by the same person under `once`.
void add_note(db::Write& write, const Id<Concern>& id, const std::string& words, const std::string& once = {});
// Nothing happens where it is closed already. Conflict where nobody has noted what was done.
void close_concern(db::Write& write, const Id<Concern>& id);

}  // namespace cairn::privacy
