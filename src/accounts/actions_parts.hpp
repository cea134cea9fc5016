// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/actions.hpp"

// The parts of add_routes(), one for each subject. For actions*.cpp of this stage only.
namespace cairn::accounts {

void add_sign_in_routes(web::Routes& routes, const Doors& doors);
void add_structure_routes(web::Routes& routes, const Doors& doors);

}  // namespace cairn::accounts
