// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "accounts/actions.hpp"
#include "accounts/pages_people.hpp"
#include "accounts/people.hpp"
#include "accounts/store_links.hpp"
#include "accounts/store_roles.hpp"

// What inviting somebody and giving a role have in common. For actions*.cpp of this stage only.
namespace cairn::accounts {

// The fields of one role; `ending` as in the form.
RoleForm role_form_in(const web::Request& request, const std::string& ending);
// How a role the actor gives counts.
Giving giving_by(const web::Request& request, const Doors& doors, const HeldRole& role, const Structure& structure);
// The roles the actor can choose from, and whether some of them wait for a lead.
InviteView offer_view(const web::Request& request, const Structure& structure, int blocks);
// An invitation as the list shows it; nothing where none of its roles lies within the actor's reach.
std::optional<InvitedRow> invited_row(const web::Request& request, const Invitation& invitation,
                                      const Structure& structure, const std::string& zone);

}  // namespace cairn::accounts
