// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"

namespace cairn::policy {

// Whether a record is there: as it should be; removed, and resting until it is put back or its days are over; gone.
enum class Keeping { live, resting, erased };

// Whom an owner's grant names: this very person, or whoever holds a role.
enum class GrantTo { person, role };

enum class Standing { live, expired, revoked };

// One grant by the record's owner, as far as it concerns the actor. One to a role is handed in only where the actor
// holds that role where the grant says (its team, service, organisation).
struct Grant {
  std::string id;
  GrantTo to = GrantTo::person;
  Role role = Role::anyone;  // with GrantTo::role: the role it names
  Standing standing = Standing::revoked;
  std::vector<std::string> parts = {};  // what it opens: names of parts of the record, "" for what is in no named part
};

// What is known about this request and this record. Facts not known are false: no answer is never yes.
struct Facts {
  // Within the reach of every role the actor holds that could matter here.
  bool within_reach = false;
  // Or, where an actor's roles may reach differently, where the record lies: its team, service, organisation, and
  // {"programme", ""}. Each held role's own reach is compared with these, so that no role lends its reach to another.
  std::vector<Reach> lies_in = {};
  bool owner = false;
  // The task the record belongs to is the actor's, in every role they hold; or in the roles named here.
  bool assigned = false;
  std::vector<Role> assigned_as = {};
  bool team = false;      // the actor works in the team the record belongs to
  std::string part = {};  // which part of the record is asked for; "" is what is in no named part

  Keeping keeping = Keeping::live;
  std::vector<std::string> states = {};  // what the record is at present, in the table's words: "decided"
  std::vector<Grant> grants = {};

  bool blocked = false;     // the owner said: not with this person
  bool conflicted = false;  // the actor is, or was in the time that counts, in a team that treats or treated the owner
  bool shielded = false;    // the owner's shield stands against the actor

  bool step_up = false;           // the actor signed in anew within the last five minutes
  bool protocol = false;          // a research protocol in force covers the record, the part and the actor
  bool two_people = false;        // a second person with the same right has agreed
  bool break_glass_open = false;  // the actor broke the glass of this record within the last hour
};

// Why a decision fell as it did: for the log, and for the words of a page to whoever was let in. Nobody who was refused
// is told which of these it was, but for `step_up`.
enum class Reason {
  always,
  own,
  granted,
  reach,
  assigned,
  team,
  break_glass,  // up to here: let in
  erased,
  resting,
  blocked,
  conflict,
  shield,
  step_up,   // all is well but that they must sign in anew
  not_met,   // a row for a role of theirs, whose conditions do not hold
  not_role,  // a row, but for none of their roles
  no_row
};
std::string_view name(Reason reason);  // "always", "not_met"

struct Decision {
  bool allowed = false;
  Role role = Role::anyone;  // the role that allowed it
  Reason reason = Reason::no_row;
  std::string grant = {};  // with Reason::granted: which
};

}  // namespace cairn::policy
