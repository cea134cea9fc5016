// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "agenda/model.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"

namespace cairn::agenda {

// What finding open loops needs to know.
struct LoopQuestion {
  db::Read& read;
  const policy::Policy& policy;
  const Actor& actor;
  Date today;
  Moment now = {};
};

// One way in which something can stay open, declared by the stage that knows it. app gathers them all and hands them to
// add_routes.
struct LoopKind {
  std::string_view id;           // "next_step"
  std::string_view closing_act;  // the route by which it closes: "POST /next-steps/{step}/done"
  // Everything of this kind that is open within the actor's reach, whoever's turn it is.
  std::function<std::vector<OpenLoop>(const LoopQuestion&)> open;
};

// All open loops of all kinds, in no order.
std::vector<OpenLoop> open_loops(const std::vector<LoopKind>& kinds, const LoopQuestion& question);

// The kinds of this stage: a next step that nobody has ticked off.
std::vector<LoopKind> loop_kinds();

// Whether the policy lets the actor do this with a step of the actor's programme.
bool may(const policy::Policy& policy, const Actor& actor, policy::Action action, const NextStep& step);

}  // namespace cairn::agenda
