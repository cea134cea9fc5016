// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/stages.hpp"
#include "web/request.hpp"
#include "web/routes.hpp"

namespace cairn::app {

// Pages that belong to no one stage: the first page, whether the program is well, and what stands at the foot of every
// page.
void add_overviews(web::Routes& routes, const Site& site);

// What stands round every page for whoever asks: only what the policy lets them reach is in the navigation.
web::Frame frame_of(const web::Request& request, const Site& site);

}  // namespace cairn::app
