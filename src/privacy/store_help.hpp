// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace cairn::privacy {

// A programme's own contacts, as last set; none where nobody has set any.
std::vector<std::string> help_contacts(db::Read& read, const std::string& programme_id);
// Those from now on, in the actor's programme. What was set before stays on record.
void set_help_contacts(db::Write& write, const std::vector<std::string>& contacts);

}  // namespace cairn::privacy
