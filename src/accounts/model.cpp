// SPDX-License-Identifier: Apache-2.0
#include "accounts/model.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/stop.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t longest_name = 200;

template <class Choice>
using Codes = std::array<std::pair<Choice, std::string_view>, 3>;

constexpr Codes<OrganisationKind> kinds{{{OrganisationKind::nhs, "nhs"},
                                         {OrganisationKind::council, "council"},
                                         {OrganisationKind::voluntary, "voluntary"}}};
constexpr Codes<Context> contexts{
    {{Context::nhs, "nhs"}, {Context::partnership, "partnership"}, {Context::voluntary, "voluntary"}}};
constexpr Codes<Setting> all_settings{
    {{Setting::inpatient, "inpatient"}, {Setting::community, "community"}, {Setting::bme, "bme"}}};

template <class Choice>
std::string_view code_in(const Codes<Choice>& codes, Choice choice) {
  for (const auto& [known, text] : codes)
    if (known == choice) return text;
  return {};
}

template <class Choice>
std::optional<Choice> choice_in(const Codes<Choice>& codes, std::string_view code) {
  for (const auto& [choice, text] : codes)
    if (text == code) return choice;
  return {};
}

template <class Thing>
const Thing* find_in(const std::vector<Thing>& things, const Id<Thing>& id) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.id == id; });
  return found == things.end() ? nullptr : &*found;
}

template <class Thing>
std::vector<std::string> names(const std::vector<Thing>& things) {
  std::vector<std::string> all;
  for (const auto& thing : things) all.push_back(thing.name);
  return all;
}

std::optional<Problem> fault_of_name(std::string_view name, const std::vector<std::string>& taken) {
  if (name.empty()) return Problem{"name", "structure.problem.no_name"};
  if (!is_utf8(name) || name.find_first_of("\r\n\t") != std::string_view::npos)
    return Problem{"name", "structure.problem.odd_name"};
  if (characters(name) > longest_name)
    return Problem{"name", "structure.problem.long_name", {{"most", std::to_string(longest_name)}}};
  for (const auto& other : taken)
    if (lower(other) == lower(name)) return Problem{"name", "structure.problem.name_taken", {{"name", other}}};
  return {};
}

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::vector<Setting> chosen_settings(const std::vector<std::string>& codes, std::vector<Problem>& problems) {
  std::vector<Setting> chosen;
  for (const auto& [setting, text] : all_settings)
    if (contains(codes, text)) chosen.push_back(setting);
  const bool unknown =
      std::any_of(codes.begin(), codes.end(), [](const std::string& code) { return !setting_from_code(code); });
  if (chosen.empty() || unknown) problems.push_back({"settings", "structure.problem.no_setting"});
  return chosen;
}

}  // namespace

std::string_view code(OrganisationKind kind) {
  return code_in(kinds, kind);
}
std::optional<OrganisationKind> organisation_kind(std::string_view code) {
  return choice_in(kinds, code);
}

std::string_view code(EmployerSide side) {
  return side == EmployerSide::statutory ? "statutory" : "voluntary";
}
EmployerSide employer_side(OrganisationKind employer) {
  return employer == OrganisationKind::voluntary ? EmployerSide::voluntary : EmployerSide::statutory;
}

std::string_view code(Context context) {
  return code_in(contexts, context);
}
std::optional<Context> context_from_code(std::string_view code) {
  return choice_in(contexts, code);
}

Context context_of(const Ties& ties) {
  if (ties.employer == OrganisationKind::nhs) return Context::nhs;
  const bool with_the_nhs = ties.partner == OrganisationKind::nhs;
  return with_the_nhs && (ties.nhs_premises || ties.nhs_referral) ? Context::partnership : Context::voluntary;
}

std::string_view code(Setting setting) {
  return code_in(all_settings, setting);
}
std::optional<Setting> setting_from_code(std::string_view code) {
  return choice_in(all_settings, code);
}

const Organisation* Structure::find(const Id<Organisation>& id) const {
  return find_in(organisations, id);
}
const Service* Structure::find(const Id<Service>& id) const {
  return find_in(services, id);
}
const Team* Structure::find(const Id<Team>& id) const {
  return find_in(teams, id);
}

Checked<NewOrganisation> check(const OrganisationForm& form, const Structure& structure) {
  std::vector<Problem> problems;
  const std::string name(trimmed(form.name));
  if (const auto fault = fault_of_name(name, names(structure.organisations))) problems.push_back(*fault);
  const auto kind = organisation_kind(form.kind);
  if (!kind) problems.push_back({"kind", "structure.problem.no_kind"});
  if (!problems.empty()) return problems;
  return NewOrganisation{name, *kind};
}

Checked<NewService> check(const ServiceForm& form, const Structure& structure) {
  std::vector<Problem> problems;
  NewService made{std::string(trimmed(form.name)),     {form.employer},    {}, contains(form.ties, "nhs_premises"),
                  contains(form.ties, "nhs_referral"), Context::voluntary, {}};
  if (const auto fault = fault_of_name(made.name, names(structure.services))) problems.push_back(*fault);
  const auto* employer = structure.find(made.employer);
  if (!employer) problems.push_back({"employer", "structure.problem.no_employer"});
  Ties ties{employer ? employer->kind : OrganisationKind::voluntary, {}, made.nhs_premises, made.nhs_referral};
  if (!form.partner.empty()) {
    made.partner = Id<Organisation>{form.partner};
    const auto* partner = structure.find(*made.partner);
    if (partner) ties.partner = partner->kind;
    if (!partner || form.partner == form.employer) problems.push_back({"partner", "structure.problem.odd_partner"});
  }
  made.settings = chosen_settings(form.settings, problems);
  made.context = context_of(ties);
  if (!problems.empty()) return problems;
  return made;
}

Checked<NewTeam> check_team(std::string_view name, const Id<Service>& service, const Structure& structure) {
  if (!structure.find(service)) throw NotFound("service " + service.text);
  std::vector<std::string> taken;
  for (const auto& team : structure.teams)
    if (team.service == service) taken.push_back(team.name);
  auto checked = check_name(name, taken);
  if (!checked) return checked.problems();
  return NewTeam{*checked, service};
}

Checked<std::string> check_name(std::string_view name, const std::vector<std::string>& taken) {
  const auto wanted = trimmed(name);
  if (const auto fault = fault_of_name(wanted, taken)) return std::vector{*fault};
  return std::string(wanted);
}

bool holds_for_programme(const Actor& actor, Role role) {
  return std::any_of(actor.roles.begin(), actor.roles.end(),
                     [&](const HeldRole& held) { return held.role == role && held.reach == Reach{}; });
}

bool in_force(const HeldRole& held, Date on) {
  return (!held.from || *held.from <= on) && (!held.until || on <= *held.until);
}

}  // namespace cairn::accounts
