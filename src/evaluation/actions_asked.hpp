// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "evaluation/actions_stage.hpp"
#include "instruments/asking.hpp"

// For actions*.cpp of this stage only.
namespace cairn::evaluation {

// A round people are asked in, as its address names it.
struct AskedRound {
  Study study;
  Round round;
  instruments::Instrument instrument;
  instruments::Asking asking;
  std::string programme;  // its name
  Date last_day;          // on which answers are taken, in the programme's zone

  std::string path() const;  // "/studies/.../rounds/2"
};

// Throws NotFound for what the actor does not reach, for a round the study does not have or that nobody is asked in
// (its answers came in a file), and where the policy does not let the actor do this with the record.
AskedRound asked_round(const Stage& stage, const web::Request& request, std::string_view record, policy::Action action);
// The same for a round that is known already, without asking the policy.
AskedRound asked_round(db::Read& read, const content::Library& library, const Actor& actor, const Study& study,
                       const Round& round, instruments::Asking asking);

// The way to the round, and to one of its pages where `label` says what that is called.
std::vector<web::Link> trail_of(const web::Request& request, const AskedRound& asked);
std::vector<web::Link> trail_of(const web::Request& request, const AskedRound& asked, std::string_view label,
                                std::string_view page);

}  // namespace cairn::evaluation
