// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/time.hpp"
#include "db/database.hpp"
#include "privacy/store_concerns.hpp"

namespace cairn::privacy {

// Whose role of safeguarding lead, or of lead, reaches the whole programme on a day, and whose account is open.
Listeners listeners_of(db::Read& read, const std::string& programme_id, Date on);

}  // namespace cairn::privacy
