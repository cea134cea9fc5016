// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "policy/facts.hpp"

namespace cairn::policy {

// The nine acts a role may be allowed on a record (docs/glossary.md). To list is to learn that a record is there and
// how it stands, nothing of what is in it.
enum class Action { list, read, create, amend, share, export_, erase, restore, break_glass };
std::string_view name(Action action);  // export_ is "export"
std::optional<Action> action_from_name(std::string_view name);

std::span<const Action> all_actions();

// What the actor must be to the record: nothing; hold the role where the record lies; own it; have been given the task
// it belongs to; be named by a live grant of its owner; work in its team.
enum class Condition { none, reach, own, assigned, granted, team };
std::string_view name(Condition condition);

// What stops others than the owner, whatever their role: "not with these people", treatment conflict, shield.
enum class Barrier { block, conflict, shield };

// What a row asks for besides its condition.
struct Needs {
  std::string state = {};  // what the record must be at present, "" for nothing
  bool protocol = false;
  bool two_people = false;
  bool step_up = false;
  bool operator==(const Needs&) const = default;
};

// One row of content/policy.toml. A row for `anyone` is for everybody, signed in or not.
struct Rule {
  std::string record;
  std::string part;  // "" is what is in no named part
  Action action;
  Role role;
  Condition condition = Condition::none;
  Needs needs = {};
  // Holds for a resting record too: to list, restore or erase it, for whoever may restore it.
  bool resting = false;
  bool operator==(const Rule&) const = default;
};

// The roles that "signed_in" stands for: all but anyone, operator and respondents. For routes of every signed-in
// person.
inline constexpr std::initializer_list<Role> signed_in{
    Role::lead,         Role::worker,     Role::line_manager,   Role::supervisor,          Role::mentor,
    Role::trainer,      Role::hr,         Role::checks_officer, Role::occupational_health, Role::adviser,
    Role::panel_member, Role::applicant,  Role::team_member,    Role::person_supported,    Role::sponsor,
    Role::commissioner, Role::researcher, Role::partner_lead,   Role::safeguarding_lead,   Role::privacy_guardian,
    Role::administrator};

// What the table says about one kind of record besides its rows.
struct Kind {
  std::string name;
  std::string says;                   // what it is, in plain words
  bool logged = false;                // each look at it is written down before anything is sent
  std::set<Barrier> barriers = {};    // which barriers stand before it
  std::set<Role> shield_spares = {};  // roles a shield never stands against here; see is_spared()
  std::vector<std::pair<std::string, std::string>> parts = {};  // its named parts, each with what it is in plain words
};

// Whether the shield leaves this row alone: one for an assigned line manager or supervisor, or for a role the kind
// spares.
bool is_spared(const Kind& kind, const Rule& rule);

// The table. Denied unless a row allows.
class Policy {
 public:
  // Reads and checks the text of policy.toml: unknown record, role, action, condition or barrier, a row twice, a
  // missing plain description, a grant that could not be given, a glass that breaks without signing in anew. Throws
  // std::runtime_error listing every fault.
  static Policy from_toml(std::string_view toml);

  // The one decision function. Asked by pages, JSON, commands, lists, export, mail and jobs alike. In this order, the
  // first that fits: erased; owner; "not with these people"; treatment conflict, passed only by the owner's grant to
  // this very person; grant; shield; role; broken glass; denied. What stands before a record never keeps anybody from
  // putting something in where the row asks for nothing (raising a concern): that shows nothing.
  Decision decide(const Actor& actor, std::string_view record, Action action, const Facts& facts) const;

  // Whether any facts could let the actor in: for the door, which does not know the record yet.
  bool could(const Actor& actor, std::string_view record, Action action) const;

  // Whether the record is one the table names, and what it says about it in plain words ("" where it does not).
  bool knows(std::string_view record) const { return kind(record) != nullptr; }
  std::string_view says(std::string_view record) const;
  const Kind* kind(std::string_view record) const;  // nullptr where the table does not name it

  bool has_row(std::string_view record, Action action) const;
  // Who may ever do this, on whatever part: in the order of Role, each once. Who may break the glass may read.
  std::vector<Role> roles(std::string_view record, Action action) const;
  const std::vector<Rule>& rules() const { return rules_; }  // those of a record, a part and an action are neighbours
  // Of one record, part and action; none where the record has no such part.
  std::span<const Rule> rules(std::string_view record, std::string_view part, Action action) const;
  const std::vector<std::string>& records() const { return records_; }  // in the order of the file

 private:
  using Spans =
      std::map<std::string, std::vector<std::size_t>, std::less<>>;  // part: where the rules of each action begin
  struct Place {
    Kind kind;
    std::size_t first = 0;
    std::size_t count = 0;
    Spans spans = {};
  };

  void take(Kind kind, std::vector<Rule> rules);
  std::span<const Rule> rules_of(const Place& place, std::string_view part, Action action) const;
  std::span<const Rule> rows(std::string_view record) const;

  std::vector<Rule> rules_;
  std::vector<std::string> records_;
  std::map<std::string, Place, std::less<>> places_;
};

// Whether what a rule or a way asks for besides its condition holds; `step_up` aside where it is left out.
bool are_met(const Needs& needs, const Facts& facts);

}  // namespace cairn::policy
