// SPDX-License-Identifier: Apache-2.0
#include "accounts/people.hpp"

#include <algorithm>

#include "accounts/password.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

std::optional<Reach> reach_in(std::string_view code, const Structure& structure) {
  if (code == "programme") return Reach{};
  const auto colon = code.find(':');
  if (colon == std::string_view::npos) return {};
  const Reach reach{std::string(code.substr(0, colon)), std::string(code.substr(colon + 1))};
  const bool there = (reach.kind == "organisation" && structure.find(Id<Organisation>{reach.id})) ||
                     (reach.kind == "service" && structure.find(Id<Service>{reach.id})) ||
                     (reach.kind == "team" && structure.find(Id<Team>{reach.id}));
  return there ? std::optional(reach) : std::nullopt;
}

bool holds(const std::vector<HeldRole>& roles, Role role) {
  return std::any_of(roles.begin(), roles.end(), [&](const HeldRole& held) { return held.role == role; });
}

void add_all(std::vector<Problem>& problems, const std::vector<Problem>& more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Reach> lies_in(const Reach& reach, const Structure& structure) {
  std::vector<Reach> all{Reach{}};
  if (reach == Reach{}) return all;
  all.push_back(reach);
  auto service = reach.kind == "service" ? reach.id : std::string();
  if (reach.kind == "team")
    if (const auto* team = structure.find(Id<Team>{reach.id})) {
      service = team->service.text;
      all.push_back({"service", service});
    }
  if (const auto* found = structure.find(Id<Service>{service})) all.push_back({"organisation", found->employer.text});
  return all;
}

bool covers(const std::vector<HeldRole>& roles, Role role, const Reach& reach, const Structure& structure) {
  const auto all = lies_in(reach, structure);
  return std::any_of(roles.begin(), roles.end(), [&](const HeldRole& held) {
    return held.role == role && std::find(all.begin(), all.end(), held.reach) != all.end();
  });
}

std::string reach_code(const Reach& reach) {
  return reach.id.empty() ? reach.kind : reach.kind + ":" + reach.id;
}

Checked<HeldRole> check(const RoleForm& form, const Structure& structure, const std::string& ending) {
  std::vector<Problem> problems;
  const auto role = role_from_name(form.role);
  if (!role || !signs_in(*role)) problems.push_back({"role" + ending, "people.problem.no_role"});
  const auto reach = reach_in(form.reach, structure);
  if (!reach)
    problems.push_back({"reach" + ending, "people.problem.no_reach"});
  else if (role == Role::partner_lead && reach->kind != "organisation")
    problems.push_back({"reach" + ending, "people.problem.one_organisation"});
  else if (role == Role::administrator && reach->kind != "programme")
    problems.push_back({"reach" + ending, "people.problem.everything"});
  if (form.odd_from) problems.push_back({"from" + ending, "people.problem.odd_day"});
  if (form.odd_until) problems.push_back({"until" + ending, "people.problem.odd_day"});
  if (form.from && form.until && *form.until < *form.from)
    problems.push_back({"until" + ending, "people.problem.ends_first"});
  if (!problems.empty()) return problems;
  return HeldRole{*role, *reach, form.from, form.until};
}

Checked<NewInvitation> check(const InvitationForm& form, const Structure& structure) {
  std::vector<Problem> problems;
  const auto email = check_email(form.email);
  if (!email) add_all(problems, email.problems());
  const auto name = check_display_name(form.display_name);
  if (!name) add_all(problems, name.problems());
  NewInvitation made;
  for (std::size_t i = 0; i < form.roles.size(); ++i) {
    auto role = check(form.roles[i], structure, "-" + std::to_string(i + 1));
    if (role)
      made.roles.push_back(*role);
    else
      add_all(problems, role.problems());
  }
  if (form.roles.empty()) problems.push_back({"role-1", "people.problem.no_role"});
  if (!problems.empty()) return problems;
  made.email = *email;
  made.display_name = *name;
  return made;
}

Giving giving(const HeldRole& role, const std::vector<HeldRole>& giver, bool programme_has_a_lead,
              const Structure& structure) {
  const bool administers = holds(giver, Role::administrator);
  if (role.role == Role::administrator) return administers ? Giving::now : Giving::not_theirs;
  if (covers(giver, Role::lead, role.reach, structure)) return Giving::now;
  if (!administers) return Giving::not_theirs;
  return role.role == Role::lead && !programme_has_a_lead ? Giving::now : Giving::once_confirmed;
}

bool may_confirm(const HeldRole& role, const std::vector<HeldRole>& actor, const Structure& structure) {
  return role.role != Role::administrator && covers(actor, Role::lead, role.reach, structure);
}

bool may_end(const HeldRole& role, const std::vector<HeldRole>& actor, const Structure& structure) {
  if (holds(actor, Role::administrator)) return true;
  return role.role != Role::administrator && covers(actor, Role::lead, role.reach, structure);
}

bool looks_after(const std::vector<HeldRole>& actor, const std::vector<HeldRole>& theirs, const Structure& structure) {
  if (holds(actor, Role::administrator) || covers(actor, Role::lead, Reach{}, structure)) return true;
  return std::any_of(theirs.begin(), theirs.end(),
                     [&](const HeldRole& held) { return covers(actor, Role::lead, held.reach, structure); });
}

bool may_close(const Actor& actor, const Id<Account>& account, const std::vector<HeldRole>& theirs,
               const Structure& structure) {
  if (actor.account_id == account.text) return false;
  if (actor.has(Role::administrator)) return true;
  const bool all_within = std::all_of(theirs.begin(), theirs.end(),
                                      [&](const HeldRole& held) { return may_end(held, actor.roles, structure); });
  return all_within && looks_after(actor.roles, theirs, structure);
}

bool may_confirm_lost(const Teller& first, const Teller& second, const std::string& owner, bool another_lead_is_there) {
  if (first.id == second.id || first.id == owner || second.id == owner) return false;
  const bool one_of_each = (first.leads && second.administers) || (first.administers && second.leads);
  return one_of_each || (!another_lead_is_there && first.administers && second.administers);
}

}  // namespace cairn::accounts
