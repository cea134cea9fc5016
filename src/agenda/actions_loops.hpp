// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "agenda/model.hpp"
#include "db/database.hpp"
#include "web/language.hpp"

namespace cairn::agenda {

// What finding open loops needs to know.
struct LoopQuestion {
  db::Read& read;
  const Actor& actor;
  Date today;
  const web::Language& say;
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

}  // namespace cairn::agenda
