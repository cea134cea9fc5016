// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "content/library.hpp"
#include "instruments/redaction.hpp"

namespace cairn::instruments {

// The lists of content/rules/redaction.v1.toml. Throws std::runtime_error with every fault where the file is missing or
// cannot be used.
RedactionWords redaction_words(const content::Library& library);

}  // namespace cairn::instruments
