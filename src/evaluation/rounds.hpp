// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/model.hpp"
// Pages of this stage draw these of instruments, too.
#include "instruments/asking.hpp"
#include "instruments/participants.hpp"
#include "instruments/reminders.hpp"

namespace cairn::evaluation {

// The services of a programme as sites of a round, by name, numbered from 1. A service in more than one setting belongs
// to no group of settings, as in the published study.
std::vector<instruments::AskedSite> possible_sites(const accounts::Structure& structure);

// The same round with its sites numbered 1, 2, 3 ... in their order, and its groups with them.
instruments::NewAsking numbered(instruments::NewAsking asking);

// What may be told of a group while people are asked. Of a group smaller than the smallest that is ever shown, "enough"
// would tell on single people.
enum class Told { too_few, not_yet, enough };
std::string_view code(Told told);  // "too_few", "not_yet", "enough"
// Nothing where nobody of the group is asked for.
std::optional<Told> told(const instruments::AskedGroup& group, std::int64_t smallest_group);
// True where some group, of which it may be told, has not got as many as were hoped for.
bool some_not_yet(const instruments::Asking& asking);

// What the lead does next with a round.
enum class NextAct {
  invite,  // nobody has been asked yet
  wait,    // planned, or enough have answered
  remind,  // open, and some groups have not got enough yet
  finish,  // the time is up: what was sent can be counted
  look     // counted
};
std::string_view code(NextAct act);
NextAct next_act(const instruments::Asking& asking, instruments::AskingState state, bool anybody_asked);

}  // namespace cairn::evaluation
