// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cairn::policy {
namespace {

constexpr std::array<std::pair<Action, std::string_view>, 9> action_names{{{Action::list, "list"},
                                                                           {Action::read, "read"},
                                                                           {Action::create, "create"},
                                                                           {Action::amend, "amend"},
                                                                           {Action::share, "share"},
                                                                           {Action::export_, "export"},
                                                                           {Action::erase, "erase"},
                                                                           {Action::restore, "restore"},
                                                                           {Action::break_glass, "break_glass"}}};
constexpr std::array<Action, 9> actions{Action::list,  Action::read,    Action::create,
                                        Action::amend, Action::share,   Action::export_,
                                        Action::erase, Action::restore, Action::break_glass};
constexpr std::array<std::string_view, 6> condition_names{"none", "reach", "own", "assigned", "granted", "team"};
constexpr std::array<std::string_view, 16> reason_names{
    "always",  "own",     "granted",  "reach",  "assigned", "team",    "break_glass", "erased",
    "resting", "blocked", "conflict", "shield", "step_up",  "not_met", "not_role",    "no_row"};

template <class Things, class Thing>
bool contains(const Things& things, const Thing& thing) {
  return std::find(things.begin(), things.end(), thing) != things.end();
}

bool is_for(const Rule& rule, const HeldRole& held) {
  return rule.role == held.role || rule.role == Role::anyone;
}

Reason reason_of(Condition condition) {
  constexpr std::array reasons{Reason::always,   Reason::reach,   Reason::own,
                               Reason::assigned, Reason::granted, Reason::team};
  return reasons[static_cast<std::size_t>(condition)];
}

bool is_near(Condition condition, const HeldRole& held, const Facts& facts) {
  switch (condition) {
    case Condition::none:
      return true;
    case Condition::own:
      return facts.owner;
    case Condition::reach:
      return facts.within_reach || contains(facts.lies_in, held.reach);
    case Condition::assigned:
      return facts.assigned || contains(facts.assigned_as, held.role);
    case Condition::team:
      return facts.team;
    case Condition::granted:
      return false;  // decided before the roles are
  }
  return false;
}

// One question to the table, answered step by step in the order that Policy::decide promises.
class Question {
 public:
  Question(const Actor& actor, const Kind& kind, std::span<const Rule> rules, std::span<const Rule> glass,
           const Facts& facts)
      : actor_(actor), kind_(kind), rules_(rules), glass_(glass), facts_(facts) {}

  Decision answer() {
    if (facts_.keeping == Keeping::erased) return denied(Reason::erased);
    if (by_rules([](const Rule& rule) { return is_open_door(rule); })) return *found_;
    if (by_rules([](const Rule& rule) { return rule.condition == Condition::own; })) return *found_;
    if (stands(Barrier::block, facts_.blocked)) return denied(Reason::blocked);
    if (by_grant(GrantTo::person)) return *found_;
    if (stands(Barrier::conflict, facts_.conflicted)) return denied(Reason::conflict);
    if (by_grant(GrantTo::role)) return *found_;
    const bool shielded = stands(Barrier::shield, facts_.shielded);
    const auto is_let = [&](const Rule& rule) {
      return rule.condition != Condition::own && (!shielded || is_spared(kind_, rule));
    };
    if (by_rules(is_let) || by_broken_glass(is_let)) return *found_;
    return denied(shielded ? Reason::shield : why_not());
  }

 private:
  static bool is_open_door(const Rule& rule) {
    return rule.action == Action::create && rule.condition == Condition::none;
  }

  // Nobody stands before what is their own.
  bool stands(Barrier barrier, bool fact) const { return fact && !facts_.owner && kind_.barriers.contains(barrier); }

  bool is_at_hand(const Rule& rule) const { return facts_.keeping == Keeping::live || rule.resting; }

  // A rule whose needs are met allows; one that lacks no more than signing in anew is remembered.
  bool allows(const Rule& rule, Reason reason, const std::string& grant = {}) {
    Needs needs = rule.needs;
    needs.step_up = false;
    if (!is_at_hand(rule) || !are_met(needs, facts_)) return false;
    if (rule.needs.step_up && !facts_.step_up) {
      lacks_step_up_ = true;
      return false;
    }
    found_ = {true, rule.role, reason, grant};
    return true;
  }

  template <class Wanted>
  bool by_rules(Wanted wanted) {
    static const HeldRole nobody{Role::anyone, {}, {}, {}};
    for (const Rule& rule : rules_) {
      if (!wanted(rule)) continue;
      const auto fits = [&](const HeldRole& held) {
        return is_for(rule, held) && is_near(rule.condition, held, facts_);
      };
      if (!fits(nobody) && std::none_of(actor_.roles.begin(), actor_.roles.end(), fits)) continue;
      if (allows(rule, reason_of(rule.condition))) return true;
    }
    return false;
  }

  bool by_grant(GrantTo to) {
    for (const Rule& rule : rules_) {
      if (rule.condition != Condition::granted || !actor_.has(rule.role)) continue;
      for (const Grant& grant : facts_.grants) {
        const bool is_meant = grant.to == to && (to == GrantTo::person || grant.role == rule.role);
        if (is_meant && grant.standing == Standing::live && contains(grant.parts, facts_.part) &&
            allows(rule, Reason::granted, grant.id))
          return true;
      }
    }
    return false;
  }

  // What broken glass opens is read and nothing else, by those whom the table lets break it.
  template <class Wanted>
  bool by_broken_glass(Wanted wanted) {
    if (!facts_.break_glass_open || facts_.keeping != Keeping::live) return false;
    for (const Rule& rule : glass_) {
      for (const HeldRole& held : actor_.roles) {
        if (!wanted(rule) || !is_for(rule, held) || !is_near(rule.condition, held, facts_)) continue;
        found_ = {true, rule.role, Reason::break_glass, {}};
        return true;
      }
    }
    return false;
  }

  Reason why_not() const {
    if (rules_.empty()) return Reason::no_row;
    if (facts_.keeping == Keeping::resting) return Reason::resting;
    if (lacks_step_up_) return Reason::step_up;
    const bool has_role =
        std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) { return actor_.has(rule.role); });
    return has_role ? Reason::not_met : Reason::not_role;
  }

  static Decision denied(Reason reason) { return {false, Role::anyone, reason, {}}; }

  const Actor& actor_;
  const Kind& kind_;
  std::span<const Rule> rules_;
  std::span<const Rule> glass_;
  const Facts& facts_;
  std::optional<Decision> found_ = {};
  bool lacks_step_up_ = false;
};

}  // namespace

std::string_view name(Action action) {
  for (const auto& [known, text] : action_names)
    if (known == action) return text;
  return "";
}

std::optional<Action> action_from_name(std::string_view text) {
  for (const auto& [action, known] : action_names)
    if (known == text) return action;
  return {};
}

std::span<const Action> all_actions() {
  return actions;
}

std::string_view name(Condition condition) {
  return condition_names[static_cast<std::size_t>(condition)];
}

std::string_view name(Reason reason) {
  return reason_names[static_cast<std::size_t>(reason)];
}

bool is_spared(const Kind& kind, const Rule& rule) {
  const bool stands_behind = rule.role == Role::line_manager || rule.role == Role::supervisor;
  return (stands_behind && rule.condition == Condition::assigned) || kind.shield_spares.contains(rule.role);
}

bool are_met(const Needs& needs, const Facts& facts) {
  return (needs.state.empty() || contains(facts.states, needs.state)) && (!needs.protocol || facts.protocol) &&
         (!needs.two_people || facts.two_people) && (!needs.step_up || facts.step_up);
}

std::span<const Rule> Policy::rules_of(const Place& place, std::string_view part, Action action) const {
  const auto found = place.spans.find(part);
  if (found == place.spans.end()) return {};
  const auto at = static_cast<std::size_t>(action);
  return std::span(rules_).subspan(found->second[at], found->second[at + 1] - found->second[at]);
}

std::span<const Rule> Policy::rules(std::string_view record, std::string_view part, Action action) const {
  const auto found = places_.find(record);
  return found == places_.end() ? std::span<const Rule>() : rules_of(found->second, part, action);
}

std::span<const Rule> Policy::rows(std::string_view record) const {
  const auto found = places_.find(record);
  if (found == places_.end()) return {};
  return std::span(rules_).subspan(found->second.first, found->second.count);
}

Decision Policy::decide(const Actor& actor, std::string_view record, Action action, const Facts& facts) const {
  const auto found = places_.find(record);
  if (found == places_.end()) return {};
  const Place& place = found->second;
  const auto glass =
      action == Action::read ? rules_of(place, facts.part, Action::break_glass) : std::span<const Rule>();
  return Question(actor, place.kind, rules_of(place, facts.part, action), glass, facts).answer();
}

bool Policy::could(const Actor& actor, std::string_view record, Action action) const {
  const auto all = roles(record, action);
  return std::any_of(all.begin(), all.end(), [&](Role role) { return role == Role::anyone || actor.has(role); });
}

const Kind* Policy::kind(std::string_view record) const {
  const auto found = places_.find(record);
  return found == places_.end() ? nullptr : &found->second.kind;
}

std::string_view Policy::says(std::string_view record) const {
  const Kind* found = kind(record);
  return found == nullptr ? std::string_view{} : std::string_view(found->says);
}

bool Policy::has_row(std::string_view record, Action action) const {
  const auto all = rows(record);
  return std::any_of(all.begin(), all.end(), [&](const Rule& rule) { return rule.action == action; });
}

std::vector<Role> Policy::roles(std::string_view record, Action action) const {
  std::set<Role> found;
  for (const Rule& rule : rows(record))
    if (rule.action == action || (action == Action::read && rule.action == Action::break_glass))
      found.insert(rule.role);
  return {found.begin(), found.end()};
}

}  // namespace cairn::policy
