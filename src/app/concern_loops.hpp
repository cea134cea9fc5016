// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"

namespace cairn::app {

// Worries that are not closed, for whoever may know that they are there: it is the safeguarding lead's turn.
std::vector<agenda::LoopKind> concern_loops();

}  // namespace cairn::app
