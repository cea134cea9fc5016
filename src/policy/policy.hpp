// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"

namespace cairn::policy {

// The nine acts a role may be allowed on a record (docs/glossary.md).
enum class Action { list, read, create, amend, share, export_, erase, restore, break_glass };
std::string_view name(Action action);  // export_ is "export"
std::optional<Action> action_from_name(std::string_view name);

// What must also hold for a row to allow: nothing; the record lies within the role's reach; the actor owns it; the actor is assigned to it.
enum class Condition { none, reach, own, assigned };

// One row of content/policy.toml.
struct Rule {
  std::string record;
  Action action;
  Role role;
  Condition condition = Condition::none;
};

// What is known about this request and this record. Facts not known are false: no answer is never yes.
struct Facts {
  bool within_reach = false;
  bool owner = false;
  bool assigned = false;
};

struct Decision {
  bool allowed = false;
  Role role = Role::anyone;  // the role that allowed it
  std::string reason;        // for the log: "lead within reach", "no row"
};

// The table. Denied unless a row allows.
class Policy {
 public:
  // Reads and checks the text of policy.toml: unknown record, role, action or condition, a row twice, a missing plain description. Throws
  // std::runtime_error listing every fault.
  static Policy from_toml(std::string_view toml);

  // The one decision function. Asked by pages, JSON, commands, lists, export, mail and jobs alike.
  Decision decide(const Actor& actor, std::string_view record, Action action, const Facts& facts) const;

  bool has_row(std::string_view record, Action action) const;
  std::vector<Role> roles(std::string_view record, Action action) const;  // in the order of Role, each once
  const std::vector<Rule>& rules() const { return rules_; }
  const std::vector<std::string>& records() const { return records_; }

 private:
  std::vector<Rule> rules_;
  std::vector<std::string> records_;
};

}  // namespace cairn::policy
