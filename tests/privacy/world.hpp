// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_roles.hpp"
#include "privacy/store_grants.hpp"
#include "privacy/store_reading_log.hpp"
#include "shipped_policy.hpp"
#include "stores.hpp"

namespace cairn::privacy {

// A programme with two teams of one service, and people with roles. Ash is a worker who has written a statement; what
// they own is read through these functions as a later stage would.
class World : public tests::EachEngine {
 protected:
  World() {
    programme = write_as(Actor::operator_(), [](db::Write& w) {
                  return accounts::add_programme(w, "Riverside", "Europe/London");
                }).text;
    const auto trust = write_as(Actor::operator_(), [&](db::Write& w) {
      return accounts::add(w, Id<accounts::Programme>{programme},
                           accounts::NewOrganisation{"Trust", accounts::OrganisationKind::nhs});
    });
    organisation = trust.text;
    const auto bridge = write_as(Actor::operator_(), [&](db::Write& w) {
      return accounts::add(
          w, Id<accounts::Programme>{programme},
          accounts::NewService{
              "Bridge", trust, {}, false, false, accounts::Context::nhs, {accounts::Setting::community}});
    });
    service = bridge.text;
    north = add_team("North");
    south = add_team("South");
    ash = add_person("ash", {{Role::worker, {"team", north}, {}, {}}});
    sam = add_person("sam", {{Role::line_manager, {"team", south}, {}, {}}});
    kit = add_person("kit", {{Role::team_member, {"team", north}, {}, {}}});
    guardian = add_person("guardian", {{Role::privacy_guardian, {}, {}, {}}});
    safety = add_person("safety", {{Role::safeguarding_lead, {}, {}, {}}});
  }

  std::string add_team(const std::string& team) {
    return write_as(Actor::operator_(),
                    [&](db::Write& w) {
                      return accounts::add(w, Id<accounts::Programme>{programme}, accounts::NewTeam{team, {service}});
                    })
        .text;
  }
  Actor add_person(const std::string& word, std::vector<HeldRole> roles) {
    const auto id = write_as(Actor::operator_(), [&](db::Write& w) {
      return accounts::add(w, Id<accounts::Programme>{programme},
                           accounts::NewAccount{word + "@example.org", word, {"unused"}, roles}, "kept");
    });
    return {id.text, programme, roles};
  }
  // Gives somebody a further role and answers them as they would be at their next request.
  Actor with_role(const Actor& whom, HeldRole role) {
    write_as(Actor::operator_(), [&](db::Write& w) { accounts::give_role(w, {programme}, {whom.account_id}, role); });
    return at_next_request(whom);
  }
  Actor without_roles_in(const Actor& whom, const std::string& team) {
    write_as(Actor::operator_(), [&](db::Write& w) {
      for (const auto& one : accounts::holdings(w, {whom.account_id}))
        if (one.held.reach.id == team) accounts::end_role(w, {programme}, {whom.account_id}, one.id);
    });
    return at_next_request(whom);
  }
  Actor at_next_request(const Actor& whom) {
    return read([&](db::Read& r) {
      return Actor{whom.account_id, programme,
                   accounts::roles_in_force(r, {whom.account_id}, date_in_zone(clock().now(), "Europe/London"))};
    });
  }

  template <class F>
  std::invoke_result_t<F, db::Write&> write_as(const Actor& actor, F&& act) {
    return database().write(actor, {"test.act", "test", ""}, act);
  }
  template <class F>
  std::invoke_result_t<F, db::Read&> read(F&& act) {
    return database().read(act);
  }

  const policy::Policy& policy() const { return tests::shipped_policy(); }
  Asked asked(bool step_up = false) { return {clock().now(), step_up}; }

  Subject statement(const Actor& owner, const std::string& id = "s1") {
    Subject subject;
    subject.type = "lived_experience_statement";
    subject.id = id;
    subject.owner = owner.account_id;
    subject.lies_in = {{"team", north}, {"service", service}, {"organisation", organisation}, {"programme", ""}};
    return subject;
  }
  Subject of_type(const Actor& owner, const std::string& type, const std::string& id) {
    auto subject = statement(owner, id);
    subject.type = type;
    return subject;
  }

  Id<KeptGrant> give_to(const Actor& owner, const Subject& subject, const Grantee& to, Date until = {2026, 4, 2},
                        const std::string& purpose = "so that we can plan together") {
    return write_as(
        owner, [&](db::Write& w) { return give(w, policy(), subject, {{subject.part}, to, purpose, until}, asked()); });
  }
  void take_back_as(const Actor& owner, const Id<KeptGrant>& id) {
    write_as(owner, [&](db::Write& w) { take_back(w, id); });
  }

  policy::Decision decide(const Actor& actor, const Subject& subject, policy::Action action = policy::Action::read,
                          bool step_up = false) {
    return read([&](db::Read& r) { return decision(r, policy(), actor, action, subject, asked(step_up)); });
  }
  bool may_read(const Actor& actor, const Subject& subject) { return decide(actor, subject).allowed; }

  // As a page of a later stage does.
  std::string look_as(const Actor& actor, const Subject& subject, Surface surface = Surface::page,
                      bool step_up = false) {
    const Looking looking{policy(), actor, asked(step_up), surface};
    return look(
        database(), looking, [&](db::Read&) { return subject; }, [&](db::Read&) { return "what is in " + subject.id; });
  }
  std::vector<KeptLook> looks(const Actor& owner, std::int64_t most = 100, const Id<KeptLook>& before = {}) {
    return read([&](db::Read& r) { return looks_at_mine(r, owner, clock().now(), most, before); });
  }

  std::string programme, organisation, service, north, south;
  Actor ash, sam, kit, guardian, safety;
};

}  // namespace cairn::privacy
