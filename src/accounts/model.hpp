// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::accounts {

struct Programme {
  Id<Programme> id;
  std::string name;  // empty until somebody gives it one
  std::string zone;  // "Europe/London"
  bool operator==(const Programme&) const = default;
};

// What an organisation is. A charity, social enterprise or user-led group is voluntary.
enum class OrganisationKind { nhs, council, voluntary };
std::string_view code(OrganisationKind kind);  // "nhs", "council", "voluntary"
std::optional<OrganisationKind> organisation_kind(std::string_view code);

// Which side of the employer comparison. It is not the context: partnerships stand on both sides.
enum class EmployerSide { statutory, voluntary };
std::string_view code(EmployerSide side);
EmployerSide employer_side(OrganisationKind employer);  // NHS and councils are statutory

struct Organisation {
  Id<Organisation> id;
  std::string name;
  OrganisationKind kind = OrganisationKind::voluntary;
  bool operator==(const Organisation&) const = default;
};

enum class Context { nhs, partnership, voluntary };
std::string_view code(Context context);  // "nhs", "partnership", "voluntary"
std::optional<Context> context_from_code(std::string_view code);

// What the context of a service follows from.
struct Ties {
  OrganisationKind employer = OrganisationKind::voluntary;  // of the peer workers
  std::optional<OrganisationKind> partner;  // with whom there is a formal agreement to serve people together
  bool nhs_premises = false;                // the service works on NHS premises
  bool nhs_referral = false;                // people come to it by NHS referral
};

// NHS: a trust employs the peer workers. Partnership: a charity or council does, under a formal agreement with the NHS,
// and the service works on NHS premises or takes NHS referrals. Voluntary: anything else; friendly contact, shared
// users and council money are no such tie. Source: the definitions of organisational context in the published study of
// peer-worker roles (10 cases, NHS 3, partnership 3, voluntary 4).
Context context_of(const Ties& ties);

// Where a service meets people. bme: for Black and minority ethnic communities.
enum class Setting { inpatient, community, bme };
std::string_view code(Setting setting);
std::optional<Setting> setting_from_code(std::string_view code);

struct Service {
  Id<Service> id;
  Id<Organisation> employer;
  std::string name;
  std::optional<Id<Organisation>> partner;
  bool nhs_premises = false;
  bool nhs_referral = false;
  Context context = Context::voluntary;
  std::vector<Setting> settings;  // at least one, in the order of Setting
  bool operator==(const Service&) const = default;
};

struct Team {
  Id<Team> id;
  Id<Service> service;
  std::string name;
  bool operator==(const Team&) const = default;
};

// What a programme is made of, each list by name.
struct Structure {
  std::vector<Organisation> organisations;
  std::vector<Service> services;
  std::vector<Team> teams;

  const Organisation* find(const Id<Organisation>& id) const;  // nullptr where there is none
  const Service* find(const Id<Service>& id) const;
  const Team* find(const Id<Team>& id) const;
};

// Forms as typed, and what they become once checked. Every problem is reported at once, in the order of the form.
// Names: 1 to 200 characters once trimmed, well-formed, not that of another of its kind (in any case of letters).
struct OrganisationForm {
  std::string name;
  std::string kind;
};
struct NewOrganisation {
  std::string name;
  OrganisationKind kind;
};
Checked<NewOrganisation> check(const OrganisationForm& form, const Structure& structure);

struct ServiceForm {
  std::string name;
  std::string employer;               // id of an organisation
  std::string partner;                // id of another organisation, or empty
  std::vector<std::string> ties;      // any of "nhs_premises", "nhs_referral"
  std::vector<std::string> settings;  // codes; one or more
};
struct NewService {
  std::string name;
  Id<Organisation> employer;
  std::optional<Id<Organisation>> partner;
  bool nhs_premises;
  bool nhs_referral;
  Context context;
  std::vector<Setting> settings;
};
Checked<NewService> check(const ServiceForm& form, const Structure& structure);

struct NewTeam {
  std::string name;
  Id<Service> service;
};
// Throws NotFound where the service is not of the structure.
Checked<NewTeam> check_team(std::string_view name, const Id<Service>& service, const Structure& structure);

// A new name for something that has one: `taken` are the names of the others of its kind.
Checked<std::string> check_name(std::string_view name, const std::vector<std::string>& taken);

// True where the actor holds the role and it reaches the whole programme.
bool holds_for_programme(const Actor& actor, Role role);
// A role whose days are known holds on its first and its last day.
bool in_force(const HeldRole& held, Date on);

}  // namespace cairn::accounts
