// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "db/database.hpp"

namespace cairn::db {

std::unique_ptr<Database> open_sqlite(Settings settings);

}  // namespace cairn::db
