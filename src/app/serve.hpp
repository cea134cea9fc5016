// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "app/config.hpp"
#include "jobs/command.hpp"
#include "web/language.hpp"

namespace cairn::app {

enum class ServeAs { in_earnest, demonstration };

// Opens the store (an empty one is made; one behind or newer is refused), serves until SIGTERM or SIGINT, lets running
// requests and commands end, and returns. Writes the address to `out` once it answers; one line for each request to
// standard error, without content.
jobs::Ended serve(const Config& config, ServeAs as, const web::Language& say, std::ostream& out, std::ostream& err);

}  // namespace cairn::app
