// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <utility>

#include "content/toml.hpp"

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
constexpr std::array<std::pair<Condition, std::string_view>, 4> condition_names{{{Condition::none, "none"},
                                                                                 {Condition::reach, "reach"},
                                                                                 {Condition::own, "own"},
                                                                                 {Condition::assigned, "assigned"}}};
constexpr std::array<std::string_view, 5> needs_words{"grant", "state", "step_up", "protocol", "two_people"};

std::optional<Condition> condition_from_name(std::string_view text) {
  for (const auto& [condition, known] : condition_names)
    if (known == text) return condition;
  return {};
}

std::string_view words_for(Condition condition) {
  switch (condition) {
    case Condition::none:
      return "";
    case Condition::reach:
      return " within reach";
    case Condition::own:
      return " on their own";
    case Condition::assigned:
      return " assigned";
  }
  return "";
}

bool is_record_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// "lead:reach" as its two words; the second is empty where there is none.
std::pair<std::string_view, std::string_view> halves(std::string_view entry) {
  const auto colon = entry.find(':');
  if (colon == std::string_view::npos) return {entry, {}};
  return {entry.substr(0, colon), entry.substr(colon + 1)};
}

// The roles a word stands for; none where it is unknown.
std::vector<Role> roles_from_word(std::string_view word) {
  if (word == "signed_in") return signed_in;
  if (const auto role = role_from_name(word)) return {*role};
  return {};
}

// One role among an actor's, or none held, against one row.
bool holds(const Rule& rule, const HeldRole& held, const Facts& facts) {
  if (rule.role != held.role && rule.role != Role::anyone) return false;
  switch (rule.condition) {
    case Condition::none:
      return true;
    case Condition::reach:
      return facts.within_reach ||
             std::find(facts.lies_in.begin(), facts.lies_in.end(), held.reach) != facts.lies_in.end();
    case Condition::own:
      return facts.owner;
    case Condition::assigned:
      return facts.assigned;
  }
  return false;
}

// What one [[record]] of the file says, each entry with where it stands.
struct Reading {
  std::vector<Rule> rules;
  std::vector<Waiting> waiting;
};

// Calls `entry(action, roles, word after the colon)` for each entry of a table of actions; faults go to the file.
template <class Entry>
void read_entries(content::Toml::Table table, Entry entry) {
  for (const auto& key : table.keys()) {
    const auto action = action_from_name(key);
    if (!action) {
      table.fault(key, "\"" + key + "\" is no action");
      continue;
    }
    for (const auto& text : table.list(key)) {
      const auto [word, rest] = halves(text);
      const auto roles = roles_from_word(word);
      if (roles.empty()) {
        table.fault(key, "\"" + std::string(word) + "\" is no role");
      } else if (!entry(*action, roles, rest)) {
        table.fault(key, "\"" + text + "\" is not understood, or stands twice");
      }
    }
  }
}

Reading read_record(content::Toml::Table record, const std::string& name) {
  Reading reading;
  if (auto allow = record.optional_table("allow")) {
    read_entries(*allow, [&](Action action, const std::vector<Role>& roles, std::string_view word) {
      const auto condition = condition_from_name(word.empty() ? "none" : word);
      if (!condition) return false;
      for (const Role role : roles) {
        const Rule rule{name, action, role, *condition};
        if (std::find(reading.rules.begin(), reading.rules.end(), rule) != reading.rules.end()) return false;
        reading.rules.push_back(rule);
      }
      return true;
    });
  }
  if (auto needs = record.optional_table("needs")) {
    read_entries(*needs, [&](Action action, const std::vector<Role>& roles, std::string_view word) {
      if (std::find(needs_words.begin(), needs_words.end(), word) == needs_words.end()) return false;
      for (const Role role : roles) reading.waiting.push_back({name, action, role, std::string(word)});
      return true;
    });
  }
  return reading;
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

Policy Policy::from_toml(std::string_view toml) {
  std::vector<content::Fault> faults;
  content::Toml file("policy.toml", toml, faults);
  Policy policy;
  for (auto record : file.top().tables("record")) {
    const std::string name = record.text("name");
    std::string says = record.text("says");
    Reading reading = read_record(record, name);
    if (!is_record_name(name)) {
      record.fault("name", "a record's name is small letters and underscores");
    } else if (policy.knows(name)) {
      record.fault("name", "\"" + name + "\" has two tables: join them");
    } else if (reading.rules.empty() && reading.waiting.empty()) {
      record.fault("name", "\"" + name + "\" says nothing about anybody: give it [record.allow] or [record.needs]");
    } else {
      policy.places_[name] = {std::move(says), policy.rules_.size(), reading.rules.size()};
      policy.records_.push_back(name);
      std::move(reading.rules.begin(), reading.rules.end(), std::back_inserter(policy.rules_));
      std::move(reading.waiting.begin(), reading.waiting.end(), std::back_inserter(policy.waiting_));
    }
  }
  file.finish();
  if (faults.empty() && policy.records_.empty()) faults.push_back({"policy.toml", 0, "names no record"});
  throw_if_any(faults);
  return policy;
}

std::span<const Rule> Policy::rows(std::string_view record) const {
  const auto found = places_.find(record);
  if (found == places_.end()) return {};
  return std::span(rules_).subspan(found->second.first, found->second.count);
}

Decision Policy::decide(const Actor& actor, std::string_view record, Action action, const Facts& facts) const {
  static const HeldRole nobody{Role::anyone, {}, {}, {}};
  bool any_row = false;
  for (const Rule& rule : rows(record)) {
    if (rule.action != action) continue;
    any_row = true;
    const auto allowed = [&](const HeldRole& held) { return holds(rule, held, facts); };
    if (std::any_of(actor.roles.begin(), actor.roles.end(), allowed) ||
        (rule.role == Role::anyone && allowed(nobody))) {
      return {true, rule.role, std::string(cairn::name(rule.role)) + std::string(words_for(rule.condition))};
    }
  }
  return {false, Role::anyone, any_row ? "no row for these roles" : "no row"};
}

bool Policy::knows(std::string_view record) const {
  return places_.contains(record);
}

std::string_view Policy::says(std::string_view record) const {
  const auto found = places_.find(record);
  return found == places_.end() ? std::string_view{} : std::string_view(found->second.says);
}

bool Policy::has_row(std::string_view record, Action action) const {
  const auto all = rows(record);
  return std::any_of(all.begin(), all.end(), [&](const Rule& rule) { return rule.action == action; });
}

std::vector<Role> Policy::roles(std::string_view record, Action action) const {
  std::set<Role> found;
  for (const Rule& rule : rows(record))
    if (rule.action == action) found.insert(rule.role);
  return {found.begin(), found.end()};
}

}  // namespace cairn::policy
