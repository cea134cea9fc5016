// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.hpp"

namespace cairn::policy {

// One way by which an actor comes to the rows of a record: every condition it names must hold of a row. A store turns
// the ways into one predicate, joined by "or", so that a list, its count and its pages never know of a row the actor
// may not see.
struct Way {
  Role role = Role::anyone;  // by which role, for the reading log
  Condition condition = Condition::none;
  std::vector<Reach> reaches = {};     // with `reach`: the row lies in one of these
  GrantTo grant_to = GrantTo::person;  // with `granted`: live grants of this kind that open the part that is asked for
  std::string part = {};
  Needs needs = {};
  bool under_broken_glass = false;  // only a row whose glass the actor broke within the last hour
  bool resting = false;             // resting rows too. Erased ones never
  // Which barriers keep a row out, unless the actor owns it: every way has its own.
  bool unless_blocked = false;
  bool unless_conflict = false;
  bool unless_shielded = false;

  bool operator==(const Way&) const = default;
};

// Every way by which the actor may do this to rows of the record; none where there is no way at all. One of them holds
// of the facts about a row exactly where Policy::decide allows it (tests/policy/ways_test.cpp).
std::vector<Way> ways(const Policy& policy, const Actor& actor, std::string_view record, Action action,
                      std::string_view part = {});

// Whether a row of which these facts are known is reached by this way.
bool holds(const Way& way, const Facts& facts);

}  // namespace cairn::policy
