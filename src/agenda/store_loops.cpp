// SPDX-License-Identifier: Apache-2.0
#include "agenda/store_loops.hpp"

#include <iterator>
#include <utility>

#include "agenda/store.hpp"

namespace cairn::agenda {
namespace {

using policy::Action;

std::vector<OpenLoop> open_next_steps(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& step : open_steps(question.read, question.actor)) {
    if (!may(question.policy, question.actor, Action::read, step)) continue;
    OpenLoop loop;
    loop.kind = "next_step";
    loop.id = step.id.text;
    loop.what = {"agenda.step.words", {{"words", step.words}}};
    loop.why = {"agenda.step.who_when"};
    loop.whose_turn = {Role::lead, Role::partner_lead};
    loop.owner = step.owner;
    loop.since = date_in_zone(step.made_at, "UTC");
    loop.due_on = step.due_on;
    loop.path = "/" + step.about.kind + "s/" + step.about.id;
    loop.act_label = "agenda.step.tick_off";
    loop.act_path = "/next-steps/" + step.id.text + "/done";
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<OpenLoop> open_loops(const std::vector<LoopKind>& kinds, const LoopQuestion& question) {
  std::vector<OpenLoop> all;
  for (const auto& kind : kinds) {
    auto open = kind.open(question);
    std::move(open.begin(), open.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<LoopKind> loop_kinds() {
  return {{"next_step", "POST /next-steps/{step}/done", open_next_steps}};
}

bool may(const policy::Policy& policy, const Actor& actor, Action action, const NextStep& step) {
  const policy::Facts facts{.lies_in = {Reach{}}, .owner = !step.made_by.empty() && step.made_by == actor.account_id};
  return policy.decide(actor, "next_step", action, facts).allowed;
}

}  // namespace cairn::agenda
