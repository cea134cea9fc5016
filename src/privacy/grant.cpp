// SPDX-License-Identifier: Apache-2.0
#include "privacy/grant.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace cairn::privacy {
namespace {

constexpr std::size_t longest_purpose = 500;
constexpr std::array<std::string_view, 4> reach_kinds{"programme", "organisation", "service", "team"};

const Grantable::Opening* opening(const Grantable& grantable, const std::string& part) {
  const auto found = std::find_if(grantable.openings.begin(), grantable.openings.end(),
                                  [&](const Grantable::Opening& one) { return one.part == part; });
  return found == grantable.openings.end() ? nullptr : &*found;
}

void check_parts(const GrantForm& form, const Grantable& grantable, NewGrant& grant, std::vector<Problem>& problems) {
  grant.parts = form.parts;
  std::sort(grant.parts.begin(), grant.parts.end());
  grant.parts.erase(std::unique(grant.parts.begin(), grant.parts.end()), grant.parts.end());
  if (grant.parts.empty()) problems.push_back({"parts", "privacy.problem.no_part"});
  if (std::any_of(grant.parts.begin(), grant.parts.end(),
                  [&](const std::string& part) { return opening(grantable, part) == nullptr; }))
    problems.push_back({"parts", "privacy.problem.part_not_shared"});
}

bool may_be_granted(const Grantable& grantable, const std::vector<std::string>& parts, Role role) {
  return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
    const auto* found = opening(grantable, part);
    return found == nullptr || std::find(found->roles.begin(), found->roles.end(), role) != found->roles.end();
  });
}

void check_role(const GrantForm& form, const Grantable& grantable, NewGrant& grant, std::vector<Problem>& problems) {
  const auto role = role_from_name(form.to_role);
  if (!role || !may_be_granted(grantable, grant.parts, *role)) {
    problems.push_back({"to_role", "privacy.problem.role_not_shared"});
  } else {
    grant.to.role = *role;
  }
  const bool is_known = std::find(reach_kinds.begin(), reach_kinds.end(), form.reach_kind) != reach_kinds.end();
  if (!is_known || (form.reach_kind == "programme") != form.reach_id.empty())
    problems.push_back({"reach", "privacy.problem.no_place"});
  grant.to.reach = {form.reach_kind, form.reach_id};
}

void check_reader(const GrantForm& form, const std::string& owner, const Grantable& grantable, NewGrant& grant,
                  std::vector<Problem>& problems) {
  if (form.to_account.empty() == form.to_role.empty()) {
    problems.push_back({"to", "privacy.problem.one_reader"});
  } else if (form.to_account == owner) {
    problems.push_back({"to_account", "privacy.problem.is_owner"});
  } else if (!form.to_account.empty()) {
    grant.to.account = form.to_account;
  } else {
    check_role(form, grantable, grant, problems);
  }
}

std::optional<Problem> problem_of_day(const std::optional<Date>& until, Date today) {
  if (!until) return Problem{"until", "privacy.problem.no_day"};
  if (*until < today) return Problem{"until", "privacy.problem.day_past"};
  if (*until > days_after(today, most_days))
    return Problem{"until", "privacy.problem.too_long", {{"days", std::to_string(most_days)}}};
  return {};
}

}  // namespace

Checked<NewGrant> check_grant(const GrantForm& form, const std::string& owner, const Grantable& grantable, Date today) {
  NewGrant grant;
  std::vector<Problem> problems;
  check_parts(form, grantable, grant, problems);
  check_reader(form, owner, grantable, grant, problems);
  grant.purpose = std::string(trimmed(form.purpose));
  if (grant.purpose.empty()) {
    problems.push_back({"purpose", "privacy.problem.no_purpose"});
  } else if (!is_utf8(grant.purpose) || characters(grant.purpose) > longest_purpose) {
    problems.push_back({"purpose", "privacy.problem.purpose_length", {{"most", std::to_string(longest_purpose)}}});
  }
  const auto until = form.until.empty() ? std::optional(days_after(today, usual_days)) : date_from_iso(form.until);
  if (const auto problem = problem_of_day(until, today)) problems.push_back(*problem);
  if (!problems.empty()) return problems;
  grant.until = *until;
  return grant;
}

Checked<Date> check_extension(std::string_view text, Date today) {
  const auto until = date_from_iso(text);
  if (const auto problem = problem_of_day(until, today)) return std::vector<Problem>{*problem};
  return *until;
}

}  // namespace cairn::privacy
