// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"

namespace cairn::policy {

// The nine acts a role may be allowed on a record (docs/glossary.md).
enum class Action { list, read, create, amend, share, export_, erase, restore, break_glass };
std::string_view name(Action action);  // export_ is "export"
std::optional<Action> action_from_name(std::string_view name);

std::span<const Action> all_actions();

// What must also hold for a row to allow: nothing; the record lies within the role's reach; the actor owns it; the
// actor is assigned to it.
enum class Condition { none, reach, own, assigned };

// One row of content/policy.toml. A row for `anyone` is for everybody, signed in or not.
struct Rule {
  std::string record;
  Action action;
  Role role;
  Condition condition = Condition::none;
  bool operator==(const Rule&) const = default;
};

// A row that allows nothing yet: the role will be let in once something more is there (a grant, a state of the record).
struct Waiting {
  std::string record;
  Action action;
  Role role;
  std::string needs;  // "grant", "state", "step_up", "protocol", "two_people"
};

// The roles that "signed_in" stands for: all but anyone, operator and respondents. For routes of every signed-in
// person.
inline constexpr std::initializer_list<Role> signed_in{
    Role::lead,         Role::worker,     Role::line_manager,   Role::supervisor,          Role::mentor,
    Role::trainer,      Role::hr,         Role::checks_officer, Role::occupational_health, Role::adviser,
    Role::panel_member, Role::applicant,  Role::team_member,    Role::person_supported,    Role::sponsor,
    Role::commissioner, Role::researcher, Role::partner_lead,   Role::safeguarding_lead,   Role::privacy_guardian,
    Role::administrator};

// What is known about this request and this record. Facts not known are false: no answer is never yes.
struct Facts {
  // Within the reach of every role the actor holds that could matter here.
  bool within_reach = false;
  // Or, where an actor's roles may reach differently, where the record lies: its team, service, organisation, and
  // {"programme", ""}. Each held role's own reach is compared with these, so that no role lends its reach to another.
  std::vector<Reach> lies_in = {};
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
  // Reads and checks the text of policy.toml: unknown record, role, action or condition, a row twice, a missing plain
  // description. Throws std::runtime_error listing every fault.
  static Policy from_toml(std::string_view toml);

  // The one decision function. Asked by pages, JSON, commands, lists, export, mail and jobs alike.
  Decision decide(const Actor& actor, std::string_view record, Action action, const Facts& facts) const;

  // Whether the record is one the table names, and what it says about it in plain words ("" where it does not).
  bool knows(std::string_view record) const;
  std::string_view says(std::string_view record) const;

  bool has_row(std::string_view record, Action action) const;
  std::vector<Role> roles(std::string_view record, Action action) const;  // in the order of Role, each once
  const std::vector<Rule>& rules() const { return rules_; }
  const std::vector<Waiting>& waiting() const { return waiting_; }
  const std::vector<std::string>& records() const { return records_; }  // in the order of the file

 private:
  // Rows of one record are neighbours in rules_.
  struct Place {
    std::string says;
    std::size_t first = 0;
    std::size_t count = 0;
  };

  std::span<const Rule> rows(std::string_view record) const;

  std::vector<Rule> rules_;
  std::vector<Waiting> waiting_;
  std::vector<std::string> records_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace cairn::policy
