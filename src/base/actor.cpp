// SPDX-License-Identifier: Apache-2.0
#include "base/actor.hpp"

#include <array>
#include <utility>

namespace cairn {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 24> names{{
    {Role::anyone, "anyone"},
    {Role::operator_, "operator"},
    {Role::respondents, "respondents"},
    {Role::lead, "lead"},
    {Role::worker, "worker"},
    {Role::line_manager, "line_manager"},
    {Role::supervisor, "supervisor"},
    {Role::mentor, "mentor"},
    {Role::trainer, "trainer"},
    {Role::hr, "hr"},
    {Role::checks_officer, "checks_officer"},
    {Role::occupational_health, "occupational_health"},
    {Role::adviser, "adviser"},
    {Role::panel_member, "panel_member"},
    {Role::applicant, "applicant"},
    {Role::team_member, "team_member"},
    {Role::person_supported, "person_supported"},
    {Role::sponsor, "sponsor"},
    {Role::commissioner, "commissioner"},
    {Role::researcher, "researcher"},
    {Role::partner_lead, "partner_lead"},
    {Role::safeguarding_lead, "safeguarding_lead"},
    {Role::privacy_guardian, "privacy_guardian"},
    {Role::administrator, "administrator"},
}};

}  // namespace

std::string_view name(Role role) {
  for (const auto& [known, text] : names)
    if (known == role) return text;
  return "";
}

std::optional<Role> role_from_name(std::string_view text) {
  for (const auto& [role, known] : names)
    if (known == text) return role;
  return {};
}

}  // namespace cairn
