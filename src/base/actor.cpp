// SPDX-License-Identifier: Apache-2.0
#include "base/actor.hpp"

#include <algorithm>
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

std::int64_t idle_seconds_of(const std::vector<HeldRole>& roles) {
  constexpr std::int64_t usual = 30 * 60;
  constexpr std::int64_t sooner = 15 * 60;
  const auto is_delicate = [](const HeldRole& held) {
    return held.role == Role::administrator || held.role == Role::checks_officer ||
           held.role == Role::occupational_health || held.role == Role::safeguarding_lead ||
           held.role == Role::privacy_guardian;
  };
  return std::any_of(roles.begin(), roles.end(), is_delicate) ? sooner : usual;
}

}  // namespace cairn
