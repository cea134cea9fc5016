// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/database.hpp"
#include "privacy/glass.hpp"
#include "privacy/store_reading_log.hpp"

namespace cairn::privacy {

// That somebody broke the glass of a record. The reason and what was found are sealed under the key of the record's
// owner.
struct BrokenGlass {
  Id<BrokenGlass> id;
  std::string account;  // who broke it
  Role role = Role::anyone;
  std::string owner;
  std::string record_type;
  std::string record_id;
  Emergency emergency = Emergency::life;
  std::string reason;
  Moment at;
  Moment closes_at;
  Date review_due_on;
  struct Review {
    Finding finding = Finding::right;
    std::string words;
    Moment at;
    std::string by;
  };
  std::optional<Review> review = {};
};

// Opens that one record to the actor, to read and for an hour. The notice to the owner and the one to the privacy
// guardian stand in the same transaction; the guardian looks into it within five working days. Throws as must_allow()
// does where the policy does not let the actor break this glass; Conflict ("privacy.stop.glass_cap") for the fourth
// within seven days. Makes the journal entry speak of it.
Id<BrokenGlass> break_glass(db::Write& write, const policy::Policy& policy, const Subject& subject,
                            const NewBreak& wanted, const Asked& asked);

// Notices to the actor about their own records, the latest first, with the reason and what was found. Leaves out those
// that are held back at that moment.
std::vector<BrokenGlass> glass_about_me(db::Read& read, const Actor& actor, Moment now);

// Those nobody has looked into yet, what is due first coming first, for whoever the policy lets read them; each is a
// look that is logged.
std::vector<BrokenGlass> glass_to_review(db::Database& database, const Looking& looking);

// What was found, once. For whoever the policy lets amend it, but neither the one who broke it nor the owner. Else
// NotFound; Conflict where it was looked into before.
void review(db::Write& write, const policy::Policy& policy, const Id<BrokenGlass>& id, Finding finding,
            const std::string& words, const Asked& asked);

// Holds the owner's notice back, with the looks made under this glass, by the same people as review(). Only where it
// was broken for safeguarding, once, and to fourteen days after it was broken at most: else Conflict.
void hold_back(db::Write& write, const policy::Policy& policy, const Id<BrokenGlass>& id, const NewDeferral& deferral,
               const Asked& asked);

}  // namespace cairn::privacy
