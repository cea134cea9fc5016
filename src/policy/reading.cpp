// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "content/toml.hpp"
#include "policy/policy.hpp"

namespace cairn::policy {
namespace {

using content::Toml;

constexpr std::array conditions{Condition::none,     Condition::reach,   Condition::own,
                                Condition::assigned, Condition::granted, Condition::team};
constexpr std::array<std::pair<Barrier, std::string_view>, 3> barrier_names{
    {{Barrier::block, "block"}, {Barrier::conflict, "conflict"}, {Barrier::shield, "shield"}}};
constexpr std::string_view state_is = "state=";

bool is_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// What stands before the first `mark`, and what stands behind it; the second is empty where there is none.
std::pair<std::string_view, std::string_view> halves(std::string_view text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

// The roles a word stands for; none where it is unknown.
std::vector<Role> roles_from_word(std::string_view word) {
  if (word == "signed_in") return signed_in;
  if (const auto role = role_from_name(word)) return {*role};
  return {};
}

// One word behind the colon into the rule; false where it is unknown or says something a second time.
bool take_word(std::string_view word, Rule& rule, bool& has_condition) {
  for (const Condition condition : conditions) {
    if (name(condition) != word) continue;
    rule.condition = condition;
    return !std::exchange(has_condition, true);
  }
  if (word.starts_with(state_is)) {
    word.remove_prefix(state_is.size());
    if (!is_name(word) || !rule.needs.state.empty()) return false;
    rule.needs.state = word;
    return true;
  }
  if (word == "step_up") return !std::exchange(rule.needs.step_up, true);
  if (word == "protocol") return !std::exchange(rule.needs.protocol, true);
  if (word == "two_people") return !std::exchange(rule.needs.two_people, true);
  return false;
}

// "own+step_up" into the rule; false where it is not understood.
bool take_words(std::string_view words, Rule& rule) {
  bool has_condition = false;
  while (!words.empty()) {
    const auto [word, rest] = halves(words, '+');
    if (!take_word(word, rule, has_condition)) return false;
    words = rest;
  }
  return true;
}

// Adds the rules of one entry such as "lead:reach"; what is wrong with it, or "".
std::string add_entry(const Rule& beginning, const std::string& entry, std::vector<Rule>& rules) {
  const auto [word, rest] = halves(entry, ':');
  const auto roles = roles_from_word(word);
  if (roles.empty()) return "\"" + std::string(word) + "\" is no role";
  Rule rule = beginning;
  bool is_good = take_words(rest, rule);
  for (const Role role : roles) {
    rule.role = role;
    is_good = is_good && std::find(rules.begin(), rules.end(), rule) == rules.end();
    rules.push_back(rule);
  }
  return is_good ? "" : "\"" + entry + "\" is not understood, or stands twice";
}

void read_allow(Toml::Table table, const std::string& record, const std::string& part, std::vector<Rule>& rules) {
  for (const auto& key : table.keys()) {
    const auto action = action_from_name(key);
    if (!action) {
      table.fault(key, "\"" + key + "\" is no action");
      continue;
    }
    const Rule beginning{record, part, *action, Role::anyone};
    for (const auto& entry : table.list(key)) {
      const auto wrong = add_entry(beginning, entry, rules);
      if (!wrong.empty()) table.fault(key, wrong);
    }
  }
}

Kind read_kind(Toml::Table& record) {
  Kind kind;
  kind.name = record.text("name");
  kind.says = record.text("says");
  kind.logged = record.truth("logged", false);
  for (const auto& word : record.optional_list("barriers")) {
    const auto known = std::find_if(barrier_names.begin(), barrier_names.end(),
                                    [&](const auto& named) { return named.second == word; });
    if (known == barrier_names.end()) {
      record.fault("barriers", "\"" + word + "\" is no barrier");
    } else {
      kind.barriers.insert(known->first);
    }
  }
  for (const auto& word : record.optional_list("shield_spares")) {
    const auto role = role_from_name(word);
    if (!role) {
      record.fault("shield_spares", "\"" + word + "\" is no role");
    } else {
      kind.shield_spares.insert(*role);
    }
  }
  if (!kind.shield_spares.empty() && !kind.barriers.contains(Barrier::shield))
    record.fault("shield_spares", "there is no shield before \"" + kind.name + "\"");
  return kind;
}

std::vector<Rule> read_rules(Toml::Table& record, Kind& kind) {
  std::vector<Rule> rules;
  if (auto allow = record.optional_table("allow")) read_allow(*allow, kind.name, "", rules);
  for (auto part : record.tables("part")) {
    const auto name = part.text("name");
    const auto is_same = [&](const auto& known) { return known.first == name; };
    if (!is_name(name) || std::any_of(kind.parts.begin(), kind.parts.end(), is_same))
      part.fault("name", "a part's name is small letters and underscores, and stands once");
    kind.parts.emplace_back(name, part.text("says"));
    read_allow(part.table("allow"), kind.name, name, rules);
  }
  return rules;
}

// What no single entry shows. Calls `fault` with each thing that cannot be meant.
template <class Fault>
void look_for_contradictions(const Kind& kind, const std::vector<Rule>& rules, Fault fault) {
  for (const Rule& rule : rules) {
    const auto shares = [&](const Rule& other) {
      return other.part == rule.part && other.action == Action::share && other.condition == Condition::own;
    };
    if (rule.condition == Condition::granted) {
      if (rule.action != Action::list && rule.action != Action::read)
        fault("a grant lets nobody do more than list and read");
      if (std::none_of(rules.begin(), rules.end(), shares))
        fault("rows with \"granted\" need a row by which an owner may share");
      if (!kind.logged) fault("what can be granted must be logged");
    }
    if (rule.action == Action::break_glass) {
      if (rule.condition == Condition::own || rule.condition == Condition::granted)
        fault("nobody breaks the glass of what they may see");
      if (!rule.needs.step_up) fault("the glass breaks only with \"step_up\"");
      if (!kind.logged) fault("where glass can be broken, looks must be logged");
    }
  }
}

// Whether a shield would stop somebody who comes by this rule, were their role not among the spared.
bool is_stopped_by_shield(const Kind& kind, const Rule& rule) {
  Kind without_spares = kind;
  without_spares.shield_spares.clear();
  const bool is_by_role = rule.condition != Condition::own && rule.condition != Condition::granted;
  const bool shows_nothing = rule.action == Action::create && rule.condition == Condition::none;
  return is_by_role && !shows_nothing && !is_spared(without_spares, rule);
}

template <class Fault>
void look_for_idle_spares(const Kind& kind, const std::vector<Rule>& rules, Fault fault) {
  for (const Role role : kind.shield_spares) {
    const auto needs_it = [&](const Rule& rule) { return rule.role == role && is_stopped_by_shield(kind, rule); };
    if (std::none_of(rules.begin(), rules.end(), needs_it))
      fault("the shield stops no " + std::string(cairn::name(role)) + " here: leave it out of shield_spares");
  }
}

void mark_resting(std::vector<Rule>& rules) {
  for (Rule& rule : rules) {
    const auto puts_back = [&](const Rule& other) {
      return other.action == Action::restore && other.part == rule.part && other.role == rule.role &&
             other.condition == rule.condition;
    };
    const bool is_of_rest =
        rule.action == Action::list || rule.action == Action::erase || rule.action == Action::restore;
    rule.resting = is_of_rest && std::any_of(rules.begin(), rules.end(), puts_back);
  }
}

void throw_if_any(const std::vector<content::Fault>& faults) {
  if (faults.empty()) return;
  std::string all;
  for (const auto& fault : faults) {
    all += (all.empty() ? "" : "\n") + fault.path + ":" + std::to_string(fault.line) + ": " + fault.what;
  }
  throw std::runtime_error(all);
}

}  // namespace

void Policy::take(Kind kind, std::vector<Rule> rules) {
  mark_resting(rules);
  const auto place_in_order = [&](const Rule& rule) {
    std::size_t at = 0;
    while (at < kind.parts.size() && kind.parts[at].first != rule.part) ++at;
    return std::pair(rule.part.empty() ? 0 : at + 1, rule.action);
  };
  std::stable_sort(rules.begin(), rules.end(),
                   [&](const Rule& a, const Rule& b) { return place_in_order(a) < place_in_order(b); });
  Place place{kind, rules_.size(), rules.size(), {}};
  std::vector<std::string> parts{""};
  for (const auto& part : kind.parts) parts.push_back(part.first);
  std::size_t at = 0;
  for (const auto& part : parts) {
    auto& begins = place.spans[part];
    for (const Action action : all_actions()) {
      begins.push_back(place.first + at);
      while (at < rules.size() && rules[at].part == part && rules[at].action == action) ++at;
    }
    begins.push_back(place.first + at);
  }
  records_.push_back(kind.name);
  places_[kind.name] = std::move(place);
  std::move(rules.begin(), rules.end(), std::back_inserter(rules_));
}

Policy Policy::from_toml(std::string_view toml) {
  std::vector<content::Fault> faults;
  Toml file("policy.toml", toml, faults);
  Policy policy;
  for (auto record : file.top().tables("record")) {
    Kind kind = read_kind(record);
    auto rules = read_rules(record, kind);
    const auto fault = [&](const std::string& what) { record.fault("name", "\"" + kind.name + "\": " + what); };
    look_for_contradictions(kind, rules, fault);
    look_for_idle_spares(kind, rules, fault);
    if (!is_name(kind.name)) {
      record.fault("name", "a record's name is small letters and underscores");
    } else if (policy.knows(kind.name)) {
      record.fault("name", "\"" + kind.name + "\" has two tables: join them");
    } else if (rules.empty()) {
      record.fault("name", "\"" + kind.name + "\" says nothing about anybody: give it [record.allow]");
    } else {
      policy.take(std::move(kind), std::move(rules));
    }
  }
  file.finish();
  if (faults.empty() && policy.records_.empty()) faults.push_back({"policy.toml", 0, "names no record"});
  throw_if_any(faults);
  return policy;
}

}  // namespace cairn::policy
