// SPDX-License-Identifier: Apache-2.0
#include "evaluation/paper.hpp"

namespace cairn::evaluation {

std::string choice_name(const instruments::Difference& difference) {
  return "choose." + difference.field;
}

}  // namespace cairn::evaluation
