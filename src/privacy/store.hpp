// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "db/verify.hpp"

namespace cairn::privacy {

// The columns of this stage that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::privacy
