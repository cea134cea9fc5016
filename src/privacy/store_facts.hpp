// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stop.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"

namespace cairn::privacy {

// A record as the stage that keeps it knows it. What this stage knows beside it (grants, blocks, conflicts, shields,
// broken glass) is looked up here; no other stage does.
struct Subject {
  std::string type;  // the record's name in content/policy.toml
  std::string id;
  std::string owner;  // account; "" where it is nobody's own
  // Others whom it tells of, or who wrote what is theirs in it: their blocks and conflicts stand before it too.
  std::vector<std::string> also_about = {};
  std::string part = {};  // which part is asked for, "" for what is in no named part
  std::vector<Reach> lies_in = {};
  std::vector<Role> assigned_as = {};  // the roles in which the actor has been given the task it belongs to
  std::string team = {};               // the team it belongs to, "" where to none
  std::vector<std::string> states = {};
  policy::Keeping keeping = policy::Keeping::live;
  bool protocol = false;  // a research protocol in force covers it and the actor
  bool two_people = false;
};

// The moment of the request, and whether whoever asks has signed in anew within the last five minutes.
struct Asked {
  Moment now;
  bool step_up = false;
};

// The facts about each subject, in their order, as they are in this transaction: what was taken back is taken back. A
// handful of statements, however many the subjects. Nothing is remembered between two calls.
std::vector<policy::Facts> facts_about_all(db::Read& read, const Actor& actor, std::span<const Subject> subjects,
                                           const Asked& asked);
policy::Facts facts_about(db::Read& read, const Actor& actor, const Subject& subject, const Asked& asked);

// Policy::decide by these facts.
std::vector<policy::Decision> decisions(db::Read& read, const policy::Policy& policy, const Actor& actor,
                                        policy::Action action, std::span<const Subject> subjects, const Asked& asked);
policy::Decision decision(db::Read& read, const policy::Policy& policy, const Actor& actor, policy::Action action,
                          const Subject& subject, const Asked& asked);

// Those of the subjects the actor may do this to, in their order. A list, its count and its pages are all made of this
// answer, so that they agree with what each row would say by itself.
std::vector<Subject> visible(db::Read& read, const policy::Policy& policy, const Actor& actor, policy::Action action,
                             std::span<const Subject> subjects, const Asked& asked);

// Answers the decision where it allows. Else throws SignInAnew where that alone is missing, and NotFound for every
// other reason, in the same words as for a record that is not there.
policy::Decision must_allow(const policy::Decision& decision, const Subject& subject);
[[noreturn]] void not_there(std::string_view type);

}  // namespace cairn::privacy
