// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/database.hpp"
#include "readiness/policies.hpp"

namespace cairn::readiness {

// Those of the actor's programme with their latest version, by topic and title; those removed too.
std::vector<PolicyDocument> policy_documents(db::Read& read, const Actor& actor);
// NotFound where there is none in the actor's programme.
PolicyDocument policy_document(db::Read& read, const Actor& actor, const Id<PolicyDocument>& id);
// The latest first.
std::vector<PolicyVersion> policy_versions(db::Read& read, const Actor& actor, const Id<PolicyDocument>& id);

// Throws Repeated where it was added under `id` before.
void add_policy(db::Write& write, const Id<PolicyDocument>& id, const NewPolicy& policy);
// The next version. Conflict where `number` is not the latest any more: somebody else was quicker.
void add_version(db::Write& write, const Id<PolicyDocument>& id, const PolicyVersion& version, std::int64_t number);
// Off the list, or back on it. Again changes nothing. Who must read it is not asked meanwhile.
void remove_policy(db::Write& write, const Id<PolicyDocument>& id);
void restore_policy(db::Write& write, const Id<PolicyDocument>& id);

// The documents of which the actor has read the latest version and talked it through. Nobody reads anybody else's.
std::set<std::string> own_acknowledgements(db::Read& read, const Actor& actor);
// Again changes nothing. Conflict where a newer version came meanwhile.
void acknowledge(db::Write& write, const Id<PolicyDocument>& id, std::int64_t number);

}  // namespace cairn::readiness
