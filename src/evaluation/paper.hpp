// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "instruments/asking.hpp"
#include "instruments/paper.hpp"

namespace cairn::evaluation {

// A round as its pages of paper need it.
struct PaperRound {
  const instruments::Instrument& instrument;
  const instruments::Asking& asking;
  std::string path;  // of the round
  Date last_day;     // on which somebody can begin to answer
};

// The field of the choice for a difference between two typings: "choose.4.1.a", with "first" or "second".
std::string choice_name(const instruments::Difference& difference);

}  // namespace cairn::evaluation
