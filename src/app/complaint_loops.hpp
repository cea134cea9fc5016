// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"

namespace cairn::app {

// Looks that their owners doubt: it is the privacy guardian's turn until there is an answer. Neither the owner nor the
// look is told of.
std::vector<agenda::LoopKind> complaint_loops();

}  // namespace cairn::app
