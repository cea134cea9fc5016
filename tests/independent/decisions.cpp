// SPDX-License-Identifier: Apache-2.0
// Answers decisions in bulk for policy_test.py, from the same function the program asks. Reads lines:
//   policy BYTES           and behind the line the text of a policy, used from here on: "1" where it is taken, "0"
//   where not context WORD...        one more context: what is known about the record and the request forget no context
//   any more ask ROLE RECORD ACTION PART STATE   one bit for each context, the first in the lowest, in whole bytes
// "-" stands for no part and no state. Until a policy is named, the one that the program carries answers.
#include <cstdint>
#include <iostream>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "policy/policy.hpp"
#include "shipped_policy.hpp"

namespace {

using namespace cairn;
using policy::Facts;
using policy::Policy;

using Words = std::set<std::string, std::less<>>;

struct Cell {
  Role role;
  std::string part;
  std::string state;
};

std::string unless_dash(const std::string& word) {
  return word == "-" ? "" : word;
}

void add_grants(const Words& context, const Cell& cell, Facts& facts) {
  using enum policy::Standing;
  using enum policy::GrantTo;
  const auto other_role = cell.role == Role::mentor ? Role::trainer : Role::mentor;
  if (context.contains("grant_live")) facts.grants = {{"live", person, {}, live, {cell.part}}};
  if (context.contains("grant_role")) facts.grants = {{"role", role, cell.role, live, {cell.part}}};
  if (context.contains("grant_expired")) facts.grants = {{"expired", person, {}, expired, {cell.part}}};
  if (context.contains("grant_revoked")) facts.grants = {{"revoked", role, cell.role, revoked, {cell.part}}};
  if (context.contains("grant_wrong")) {
    facts.grants = {{"part", person, {}, live, {"another", "part"}}, {"role", role, other_role, live, {cell.part}}};
  }
}

Facts facts_of(const Words& context, const Cell& cell) {
  Facts facts;
  const auto has = [&](std::string_view word) { return context.contains(word); };
  facts.lies_in = {has("reach") ? Reach{"team", "here"} : Reach{"team", "elsewhere"}, {"organisation", "both"}};
  facts.owner = has("owner");
  if (has("assigned")) facts.assigned_as = {cell.role};
  facts.team = has("team");
  facts.part = cell.part;
  if (has("resting")) facts.keeping = policy::Keeping::resting;
  if (has("erased")) facts.keeping = policy::Keeping::erased;
  facts.states = {has("in_state") ? cell.state : "another"};
  add_grants(context, cell, facts);
  facts.blocked = has("blocked");
  facts.conflicted = has("conflict_now") || has("conflict_past");
  facts.shielded = has("shielded");
  facts.step_up = has("step_up");
  facts.protocol = has("protocol");
  facts.two_people = has("two_people");
  facts.break_glass_open = has("glass");
  return facts;
}

class Answering {
 public:
  void context(std::istringstream& line) {
    Words words;
    for (std::string word; line >> word;) words.insert(word);
    contexts_.push_back(std::move(words));
    facts_for_.reset();
  }
  void forget() {
    contexts_.clear();
    facts_for_.reset();
  }
  bool take(const std::string& toml) {
    try {
      policy_ = Policy::from_toml(toml);
      return true;
    } catch (const std::runtime_error&) {
      policy_.reset();
      return false;
    }
  }
  std::string ask(std::istringstream& line) {
    std::string role_word, record, action_word, part, state;
    line >> role_word >> record >> action_word >> part >> state;
    const auto role = role_from_name(role_word);
    const auto action = policy::action_from_name(action_word);
    if (!role || !action) throw std::runtime_error("not understood: " + line.str());
    know({*role, unless_dash(part), unless_dash(state)});
    const Actor actor{"account", "programme", {{*role, {"team", "here"}, {}, {}}}};
    std::string bits((contexts_.size() + 7) / 8, '\0');
    for (std::size_t i = 0; i < facts_.size() && policy_; ++i) {
      if (policy_->decide(actor, record, *action, facts_[i]).allowed)
        bits[i / 8] = static_cast<char>(static_cast<unsigned char>(bits[i / 8]) | (1U << (i % 8)));
    }
    return bits;
  }

 private:
  // The facts of every context, kept until another cell needs others.
  void know(const Cell& cell) {
    if (facts_for_ && facts_for_->role == cell.role && facts_for_->part == cell.part && facts_for_->state == cell.state)
      return;
    facts_.clear();
    for (const Words& context : contexts_) facts_.push_back(facts_of(context, cell));
    facts_for_ = cell;
  }

  std::optional<Policy> policy_ = tests::shipped_policy();
  std::vector<Words> contexts_;
  std::vector<Facts> facts_;
  std::optional<Cell> facts_for_;
};

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  Answering answering;
  for (std::string text; std::getline(std::cin, text);) {
    std::istringstream line(text);
    std::string word;
    line >> word;
    if (word == "context") {
      answering.context(line);
    } else if (word == "forget") {
      answering.forget();
    } else if (word == "policy") {
      std::size_t bytes = 0;
      line >> bytes;
      std::string toml(bytes, '\0');
      std::cin.read(toml.data(), static_cast<std::streamsize>(bytes));
      std::cout << (answering.take(toml) ? '1' : '0');
    } else if (word == "ask") {
      std::cout << answering.ask(line);
    }
  }
}
