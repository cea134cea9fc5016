// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/actions_stage.hpp"
#include "instruments/asking.hpp"

namespace cairn::evaluation {

// The round an address names, which asks people. For actions*.cpp of this stage only.
struct AskedRound {
  Study study;
  Round round;
  instruments::Asking asking;
  instruments::Instrument instrument;
  std::string zone;

  std::string path() const;
};
// Throws NotFound for what is not the actor's to do, and for a round whose answers came in a file.
AskedRound asked_round(const Stage& stage, const web::Request& request, std::string_view record, policy::Action action);
// Studies, the study, the round.
std::vector<web::Link> trail_of(const web::Request& request, const AskedRound& asked);

// The last day on which somebody can begin to answer.
Date last_day_of(const AskedRound& asked);
// The way to one of the round's pages: `page` is "/sheets".
std::vector<web::Link> trail_to(const web::Request& request, const AskedRound& asked, std::string_view label,
                                std::string_view page);

}  // namespace cairn::evaluation
