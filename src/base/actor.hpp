// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace cairn {

// Every role of the programme (docs/glossary.md). `anyone` is somebody who has not signed in; `operator_` a command.
enum class Role {
  anyone,
  operator_,
  respondents,
  lead,
  worker,
  line_manager,
  supervisor,
  mentor,
  trainer,
  hr,
  checks_officer,
  occupational_health,
  adviser,
  panel_member,
  applicant,
  team_member,
  person_supported,
  sponsor,
  commissioner,
  researcher,
  partner_lead,
  safeguarding_lead,
  privacy_guardian,
  administrator
};

std::string_view name(Role role);  // "line_manager"; operator_ is "operator"
std::optional<Role> role_from_name(std::string_view name);

// How far a role reaches: the whole programme, or one thing of a kind ("organisation", "service", "team", "study").
struct Reach {
  std::string kind = "programme";
  std::string id;  // empty with "programme"
  bool operator==(const Reach&) const = default;
};

struct HeldRole {
  Role role;
  Reach reach;
  std::optional<Date> from;
  std::optional<Date> until;  // the last day it holds
  bool operator==(const HeldRole&) const = default;
};

// How long somebody may do nothing before they are signed out, in seconds: half an hour, and half of that for whoever
// holds a role that opens the most delicate things: administrator, checks_officer, occupational_health,
// safeguarding_lead or privacy_guardian, beside whatever else.
std::int64_t idle_seconds_of(const std::vector<HeldRole>& roles);

// Who acts. `account_id` is empty for `operator`, `respondents` and somebody who has not signed in.
struct Actor {
  std::string account_id;
  std::string programme_id;
  std::vector<HeldRole> roles;  // those in force at the time of the request

  bool has(Role role) const {
    return std::any_of(roles.begin(), roles.end(), [&](const HeldRole& held) { return held.role == role; });
  }
  bool signed_in() const { return !account_id.empty(); }

  static Actor anyone() { return {{}, {}, {{Role::anyone, {}, {}, {}}}}; }
  static Actor operator_() { return {{}, {}, {{Role::operator_, {}, {}, {}}}}; }
};

}  // namespace cairn
