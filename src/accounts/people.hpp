// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/account.hpp"
#include "accounts/model.hpp"

namespace cairn::accounts {

// Every reach that holds `reach`, itself and the whole programme among them: a team lies in its service, a service in
// the organisation that employs its peer workers. What is not of the structure lies in itself and the programme alone.
std::vector<Reach> lies_in(const Reach& reach, const Structure& structure);
// Whether somebody who holds `role` reaches all of `reach`.
bool covers(const std::vector<HeldRole>& roles, Role role, const Reach& reach, const Structure& structure);

// A role with its reach and days, as typed.
struct RoleForm {
  std::string role;
  std::string reach;  // "programme", or a kind and an id: "service:0198..."
  std::optional<Date> from;
  std::optional<Date> until;
  bool odd_from = false;  // something was typed that is no day
  bool odd_until = false;
};
// How a reach is written in such a form.
std::string reach_code(const Reach& reach);
// Refuses: a role nobody signs in with; a reach that is not of the structure; a partner lead who does not reach one
// organisation, an administrator who does not reach everything; days that are none, or end before they begin. Fields of
// the problems are role, reach, from and until, with `ending` behind.
Checked<HeldRole> check(const RoleForm& form, const Structure& structure, const std::string& ending = "");

struct InvitationForm {
  std::string email;
  std::string display_name;
  std::vector<RoleForm> roles;
};
struct NewInvitation {
  std::string email;
  std::string display_name;
  std::vector<HeldRole> roles;
};
// Problems of the roles have fields that end in "-1", "-2" ...
Checked<NewInvitation> check(const InvitationForm& form, const Structure& structure);

// How a role somebody gives counts. A lead gives every role within reach but administrator. An administrator gives
// administrator, and lead where the programme has none; any other role an administrator gives opens nothing until a
// lead has confirmed it.
enum class Giving { now, once_confirmed, not_theirs };
Giving giving(const HeldRole& role, const std::vector<HeldRole>& giver, bool programme_has_a_lead,
              const Structure& structure);
// A lead confirms what lies within their reach, administrators included only by administrators.
bool may_confirm(const HeldRole& role, const std::vector<HeldRole>& actor, const Structure& structure);
// A lead ends what they could give; an administrator ends any.
bool may_end(const HeldRole& role, const std::vector<HeldRole>& actor, const Structure& structure);

// Whether an account that holds `theirs` is among those the actor looks after: all of them for an administrator and for
// a lead of the whole programme, else those with a role within the lead's reach.
bool looks_after(const std::vector<HeldRole>& actor, const std::vector<HeldRole>& theirs, const Structure& structure);
// Closing takes everything, so everything has to lie within reach; nobody closes their own.
bool may_close(const Actor& actor, const Id<Account>& account, const std::vector<HeldRole>& theirs,
               const Structure& structure);

// A second step that was lost is given up when two people say so: one who leads and one who administers, neither of
// them the owner. A command on the machine stands in for the one who administers, and, where the programme has no other
// lead, an administrator and a command together are enough.
struct Teller {
  std::string id;  // an account, or "operator"
  bool leads = false;
  bool administers = false;
};
bool may_confirm_lost(const Teller& first, const Teller& second, const std::string& owner, bool another_lead_is_there);
// After the second person, this long passes before the step is given up, in which the owner can stop it.
constexpr std::int64_t lost_seconds = 24 * 60 * 60;

}  // namespace cairn::accounts
