// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "policy/policy.hpp"
#include "privacy/grant.hpp"
#include "privacy/store_facts.hpp"

namespace cairn::privacy {

// A grant as it is kept. Nothing of it is ever changed: a term, an extension, taking it back are rows of their own.
struct KeptGrant {
  Id<KeptGrant> id;
  std::string owner;
  std::string record_type;
  std::string record_id;
  Grantee to;
  std::vector<std::string> parts;
  std::string purpose;
  Moment made_at;
  Date until;  // the last day it opens anything, in the programme's zone
  policy::Standing standing = policy::Standing::revoked;
  std::optional<Moment> taken_back_at = {};
};

// What the policy lets an owner grant of a kind of record: each part with the roles that may be granted it.
Grantable grantable(const policy::Policy& policy, std::string_view record_type);

// Opens the record from the commit on until the end of the last day. The purpose is sealed under the owner's key.
// Throws as must_allow() does where the actor may not share the record, and NotFound for an account or a place that is
// not of the programme. Makes the journal entry speak of the grant.
Id<KeptGrant> give(db::Write& write, const policy::Policy& policy, const Subject& subject, const NewGrant& grant,
                   const Asked& asked);

// A new last day, for a grant of the actor that is live. NotFound for any other that is not theirs or was taken back;
// Conflict for one that is over: it is given anew.
void extend(db::Write& write, const Id<KeptGrant>& id, Date until);
// At once: no look that begins after this is committed goes by this grant. Again changes nothing. NotFound where it is
// not the actor's own.
void take_back(db::Write& write, const Id<KeptGrant>& id);

// All the actor has ever given, the latest first.
std::vector<KeptGrant> own_grants(db::Read& read, const Actor& actor, Moment now);
// Those about one record.
std::vector<KeptGrant> own_grants_about(db::Read& read, const Actor& actor, std::string_view record_type,
                                        const std::string& record_id, Moment now);
// Live grants to the actor, by name or by role, with their purpose; the latest first. By the rules of consent_grant in
// the policy: one that a block or a conflict stands before is not there.
std::vector<KeptGrant> grants_to(db::Read& read, const policy::Policy& policy, const Actor& actor, const Asked& asked);

}  // namespace cairn::privacy
