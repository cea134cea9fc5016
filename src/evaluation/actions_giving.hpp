// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "evaluation/actions_asking.hpp"

// For actions*.cpp of this stage only.
namespace cairn::evaluation {

// The last day on which somebody can begin to answer.
Date last_day_of(const AskedRound& asked);
// The way to one of the round's pages: `page` is "/sheets".
std::vector<web::Link> trail_to(const web::Request& request, const AskedRound& asked, std::string_view label,
                                std::string_view page);

}  // namespace cairn::evaluation
