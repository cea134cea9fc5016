// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// What somebody who looks after the machine may know: counts and times, no names, no content.
struct Health {
  std::int64_t journal_entries = 0;
  std::int64_t journal_waiting = 0;   // not yet chained
  std::optional<Moment> last_backup;  // the last one made by this program
  std::int64_t accounts = 0;
};
Health health(db::Read& read);

}  // namespace cairn::accounts
