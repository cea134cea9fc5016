// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cairn::content {

// CommonMark as HTML, safe to put in a page: raw HTML is left out, links and pictures with dangerous addresses lose
// them. Quotes and dashes are set as in print. `first_heading` is the level (1 to 6) that a "#" becomes; deeper ones
// follow, 6 at most.
std::string html_from_markdown(std::string_view markdown, int first_heading = 1);

}  // namespace cairn::content
