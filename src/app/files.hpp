// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "jobs/command.hpp"
#include "web/language.hpp"

namespace cairn::app {

// All of a file. Throws Unavailable ("command.cannot_read").
std::string whole_file(const std::string& path);
// The first line of a file, without its end; nothing else is taken off, since a password may hold spaces. Throws as
// above.
std::string first_line(const std::string& path);

// Each problem on a line of its own. Always refused.
jobs::Ended tell_problems(const std::vector<Problem>& problems, const web::Language& say, std::ostream& err);

}  // namespace cairn::app
