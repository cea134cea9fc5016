// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "db/verify.hpp"

namespace cairn::app {

// Every column that holds sealed values, of every stage.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::app
