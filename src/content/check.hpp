// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "content/library.hpp"

namespace cairn::content {

// Every fault of every data file, those the library met while opening first. Empty means good. What is checked is
// listed in content/README.md; the meaning of an instrument is checked by the stage that uses it.
std::vector<Fault> check(const Library& library);

}  // namespace cairn::content
