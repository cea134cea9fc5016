// SPDX-License-Identifier: Apache-2.0
#include "policy/ways.hpp"

#include <algorithm>

namespace cairn::policy {
namespace {

template <class Things, class Thing>
bool contains(const Things& things, const Thing& thing) {
  return std::find(things.begin(), things.end(), thing) != things.end();
}

bool has_role(const Actor& actor, Role role) {
  return role == Role::anyone || actor.has(role);
}

std::vector<Reach> reaches_of(const Actor& actor, Role role) {
  std::vector<Reach> reaches;
  for (const HeldRole& held : actor.roles)
    if (role == held.role || role == Role::anyone) reaches.push_back(held.reach);
  return reaches;
}

Way beginning(const Rule& rule, const Actor& actor) {
  Way way;
  way.role = rule.role;
  way.condition = rule.condition;
  way.part = rule.part;
  way.needs = rule.needs;
  way.resting = rule.resting;
  if (rule.condition == Condition::reach) way.reaches = reaches_of(actor, rule.role);
  return way;
}

// A way that every barrier of the kind stands before, but a shield that spares the rule.
Way with_barriers(Way way, const Kind& kind, const Rule& rule) {
  way.unless_blocked = kind.barriers.contains(Barrier::block);
  way.unless_conflict = kind.barriers.contains(Barrier::conflict);
  way.unless_shielded = kind.barriers.contains(Barrier::shield) && !is_spared(kind, rule);
  return way;
}

void add_ways(const Rule& rule, const Kind& kind, const Actor& actor, std::vector<Way>& ways) {
  const Way way = beginning(rule, actor);
  const bool shows_nothing = rule.action == Action::create && rule.condition == Condition::none;
  if (rule.condition == Condition::own || shows_nothing) {
    ways.push_back(way);
  } else if (rule.condition == Condition::granted) {
    Way by_name = with_barriers(way, kind, rule);
    by_name.unless_conflict = by_name.unless_shielded = false;
    Way by_role = with_barriers(way, kind, rule);
    by_role.unless_shielded = false;
    by_role.grant_to = GrantTo::role;
    ways.push_back(std::move(by_name));
    ways.push_back(std::move(by_role));
  } else {
    ways.push_back(with_barriers(way, kind, rule));
  }
}

bool is_granted(const Way& way, const Facts& facts) {
  return std::any_of(facts.grants.begin(), facts.grants.end(), [&](const Grant& grant) {
    return grant.to == way.grant_to && (grant.to == GrantTo::person || grant.role == way.role) &&
           grant.standing == Standing::live && contains(grant.parts, way.part);
  });
}

bool is_near(const Way& way, const Facts& facts) {
  switch (way.condition) {
    case Condition::none:
      return true;
    case Condition::own:
      return facts.owner;
    case Condition::granted:
      return is_granted(way, facts);
    case Condition::team:
      return facts.team;
    case Condition::assigned:
      return facts.assigned || contains(facts.assigned_as, way.role);
    case Condition::reach:
      return facts.within_reach || std::any_of(way.reaches.begin(), way.reaches.end(),
                                               [&](const Reach& reach) { return contains(facts.lies_in, reach); });
  }
  return false;
}

bool is_kept_out(const Way& way, const Facts& facts) {
  if (facts.owner) return false;
  return (way.unless_blocked && facts.blocked) || (way.unless_conflict && facts.conflicted) ||
         (way.unless_shielded && facts.shielded);
}

}  // namespace

std::vector<Way> ways(const Policy& policy, const Actor& actor, std::string_view record, Action action,
                      std::string_view part) {
  std::vector<Way> ways;
  const Kind* kind = policy.kind(record);
  if (kind == nullptr) return ways;
  for (const Rule& rule : policy.rules(record, part, action))
    if (has_role(actor, rule.role)) add_ways(rule, *kind, actor, ways);
  if (action != Action::read) return ways;
  for (const Rule& rule : policy.rules(record, part, Action::break_glass)) {
    if (!has_role(actor, rule.role)) continue;
    Way way = with_barriers(beginning(rule, actor), *kind, rule);
    way.needs = {};
    way.resting = false;
    way.under_broken_glass = true;
    ways.push_back(std::move(way));
  }
  return ways;
}

bool holds(const Way& way, const Facts& facts) {
  if (facts.part != way.part || facts.keeping == Keeping::erased) return false;
  if (facts.keeping == Keeping::resting && !way.resting) return false;
  return is_near(way, facts) && are_met(way.needs, facts) && (!way.under_broken_glass || facts.break_glass_open) &&
         !is_kept_out(way, facts);
}

}  // namespace cairn::policy
