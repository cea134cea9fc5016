// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "instruments/redaction.hpp"

namespace cairn::instruments {

// What has a form of its own, wherever it stands: e-mail addresses, postcodes, telephone and NHS numbers, days with
// their year. In order of kinds, perhaps overlapping.
std::vector<TellingPart> structured_parts(std::string_view text);

}  // namespace cairn::instruments
