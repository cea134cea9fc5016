// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agenda/store_loops.hpp"

namespace cairn::evaluation {

// What rounds that ask people can leave open: nobody is asked yet; it closes soon and groups have not got enough; it is
// over and was not counted; and, for whoever is asked, that they have not answered.
std::vector<agenda::LoopKind> asking_loop_kinds();

}  // namespace cairn::evaluation
