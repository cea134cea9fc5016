// SPDX-License-Identifier: Apache-2.0
#include "privacy/conflict.hpp"

#include <algorithm>

namespace cairn::privacy {

Checked<Treatment> check_treatment(const TreatmentForm& form, const std::vector<std::string>& teams, Date today) {
  std::vector<Problem> problems;
  if (std::find(teams.begin(), teams.end(), form.team) == teams.end())
    problems.push_back({"team", "privacy.problem.no_team"});
  const auto from = date_from_iso(form.from);
  if (!from) {
    problems.push_back({"from", "privacy.problem.no_day"});
  } else if (*from > today) {
    problems.push_back({"from", "privacy.problem.day_to_come"});
  }
  const auto until = date_from_iso(form.until);
  if (!form.until.empty() && !until) {
    problems.push_back({"until", "privacy.problem.no_day"});
  } else if (from && until && *until < *from) {
    problems.push_back({"until", "privacy.problem.ends_before"});
  }
  if (!problems.empty()) return problems;
  return Treatment{form.team, *from, until};
}

bool is_member(const Membership& membership, Date on) {
  return membership.from <= on && (!membership.until || *membership.until >= on);
}

bool bars(const Treatment& treatment, const Membership& membership, Date today) {
  if (treatment.team != membership.team) return false;
  const bool began_in_time = !treatment.until || membership.from <= *treatment.until;
  const bool ended_in_time = !membership.until || *membership.until >= treatment.from;
  return is_member(membership, today) || (began_in_time && ended_in_time);
}

}  // namespace cairn::privacy
