// SPDX-License-Identifier: Apache-2.0
#include "policy/who_sees.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace cairn::policy {
namespace {

constexpr std::array<std::string_view, 9> sight_names{"all",     "their_part", "their_team", "assigned", "own",
                                                      "granted", "emergency",  "exists",     "adds"};

Sight sight_of(Condition condition) {
  switch (condition) {
    case Condition::none:
      return Sight::all;
    case Condition::reach:
      return Sight::their_part;
    case Condition::own:
      return Sight::own;
    case Condition::assigned:
      return Sight::assigned;
    case Condition::granted:
      return Sight::granted;
    case Condition::team:
      return Sight::their_team;
  }
  return Sight::exists;
}

// What one rule shows; nothing where it lets nobody see or add.
std::optional<Seen> seen_by(const Rule& rule) {
  const bool at_times = !rule.needs.state.empty() || rule.needs.protocol;
  switch (rule.action) {
    case Action::read:
      return Seen{sight_of(rule.condition), at_times};
    case Action::list:
      return Seen{Sight::exists, at_times};
    case Action::create:
      return Seen{Sight::adds, at_times};
    case Action::break_glass:
      return Seen{Sight::emergency, false};
    default:
      return {};
  }
}

// Without what goes without saying: who reads knows that it is there, and of adding only those are told who see
// nothing.
std::vector<Seen> in_order(const std::set<Seen>& seen) {
  const bool reads =
      std::any_of(seen.begin(), seen.end(), [](const Seen& one) { return one.sight < Sight::emergency; });
  const bool is_told_of =
      std::any_of(seen.begin(), seen.end(), [](const Seen& one) { return one.sight == Sight::exists; });
  std::vector<Seen> kept;
  for (const Seen& one : seen) {
    if (one.at_times && seen.contains({one.sight, false})) continue;
    if (one.sight == Sight::exists && reads) continue;
    if (one.sight == Sight::adds && (reads || is_told_of)) continue;
    kept.push_back(one);
  }
  return kept;
}

WhoSees who_sees_part(const Policy& policy, const Kind& kind, const std::string& part, const std::string& says) {
  WhoSees line{kind.name,
               part,
               says,
               kind.logged,
               kind.barriers.contains(Barrier::shield),
               kind.barriers.contains(Barrier::block) && kind.barriers.contains(Barrier::conflict),
               {}};
  std::map<Role, std::set<Seen>> found;
  for (const Action action : all_actions())
    for (const Rule& rule : policy.rules(kind.name, part, action))
      if (const auto seen = seen_by(rule)) found[rule.role].insert(*seen);
  for (const auto& [role, seen] : found) line.seen[role] = in_order(seen);
  return line;
}

}  // namespace

std::string_view name(Sight sight) {
  return sight_names[static_cast<std::size_t>(sight)];
}

std::vector<WhoSees> who_sees(const Policy& policy) {
  std::vector<WhoSees> lines;
  for (const auto& record : policy.records()) {
    const Kind& kind = *policy.kind(record);
    lines.push_back(who_sees_part(policy, kind, "", kind.says));
    for (const auto& [part, says] : kind.parts) lines.push_back(who_sees_part(policy, kind, part, says));
  }
  return lines;
}

}  // namespace cairn::policy
