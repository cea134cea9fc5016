// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"

namespace cairn::evaluation {

// What can stay open between paper and giving back: a sheet that waits for its second check, words nobody has read yet,
// and people who were not told what came of their answers.
std::vector<agenda::LoopKind> giving_back_loop_kinds();

}  // namespace cairn::evaluation
