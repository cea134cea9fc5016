// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_records.hpp"

#include <algorithm>

namespace cairn::privacy {

const RecordKind& record_kind(const RecordKinds& kinds, std::string_view type) {
  const auto found = std::ranges::find(kinds, type, &RecordKind::type);
  if (found == kinds.end()) not_there(type);
  return *found;
}

}  // namespace cairn::privacy
