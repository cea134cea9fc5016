// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.hpp"

namespace cairn::policy {

// How much somebody with a role sees of a kind of record, in the order in which a page tells it.
enum class Sight {
  all,         // every one of them
  their_part,  // those within their part of the programme
  their_team,  // those of the team they work in
  assigned,    // those they have been given a task with
  own,         // their own
  granted,     // only what its owner gives to them
  emergency,   // in an emergency, and the owner is told
  exists,      // only that it is there
  adds         // nothing, but they may put one in
};
// The last word of the text's key: "who_sees.their_part" for their_part.
std::string_view name(Sight sight);

struct Seen {
  Sight sight;
  bool at_times = false;  // only while the record is in a certain state, or a protocol is in force
  auto operator<=>(const Seen&) const = default;
};

// What the policy says about one kind of record, or about one part of it, in the words of a page.
struct WhoSees {
  std::string record;
  std::string part;  // "" for the record without its named parts
  std::string says;
  bool logged = false;
  bool shielded = false;               // a shield keeps colleagues out
  bool closed_to_those_named = false;  // "not with these people", and teams that treated the owner, see nothing
  // Each role that sees anything, with every way in the order of Sight, none twice. Who is not there sees nothing.
  std::map<Role, std::vector<Seen>> seen;
};

// Every record of the policy in its order, each followed by its parts.
std::vector<WhoSees> who_sees(const Policy& policy);

}  // namespace cairn::policy
