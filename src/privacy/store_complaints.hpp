// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/database.hpp"
#include "privacy/store_reading_log.hpp"

namespace cairn::privacy {

// "This was not right", said about one look, and what the privacy guardian answered. Both are sealed under the owner's
// key.
struct Complaint {
  Id<Complaint> id;
  Id<KeptLook> look;
  std::string owner;
  std::string words;
  Moment at;
  Date due_on;  // the last day on which an answer is in time
  struct Answer {
    std::string words;
    Moment at;
    std::string by;  // account
  };
  std::optional<Answer> answer = {};  // it is open until there is one
};

// By the owner of the record that was looked at, once for each look; due five working days on. NotFound for a look that
// is not about the actor or is held back; Conflict for a second one. Makes the journal entry speak of it.
Id<Complaint> complain(db::Write& write, const Id<KeptLook>& look, const std::string& words);
// The actor's own, the latest first.
std::vector<Complaint> own_complaints(db::Read& read, const Actor& actor);

// Those nobody has answered yet, what is due first coming first, for whoever the policy lets read them; each is a look
// that is logged.
std::vector<Complaint> open_complaints(db::Database& database, const Looking& looking);

// One of them, logged alone. NotFound where it is not among them.
Complaint open_complaint(db::Database& database, const Looking& looking, const Id<Complaint>& id);
// That they wait and until when, without whose they are or what they say: for whoever the policy lets list them.
struct WaitingComplaint {
  Id<Complaint> id;
  Moment at;
  Date due_on;
};
std::vector<WaitingComplaint> complaints_waiting(db::Read& read, const policy::Policy& policy, const Actor& actor,
                                                 const Asked& asked);

// For whoever the policy lets amend it, but neither the one who looked nor the owner. Else NotFound; Conflict where it
// was answered before.
void answer(db::Write& write, const policy::Policy& policy, const Id<Complaint>& id, const std::string& words,
            const Asked& asked);

}  // namespace cairn::privacy
