// SPDX-License-Identifier: Apache-2.0
#include "app/concern_loops.hpp"

#include "privacy/store_concerns.hpp"

namespace cairn::app {
namespace {

std::vector<agenda::OpenLoop> open(const agenda::LoopQuestion& question) {
  const policy::Facts facts{.lies_in = {Reach{}}};
  if (!question.policy.decide(question.actor, "safeguarding_concern", policy::Action::list, facts).allowed) return {};
  std::vector<agenda::OpenLoop> loops;
  for (const auto& one : privacy::open_concerns(question.read, question.actor)) {
    agenda::OpenLoop loop;
    loop.kind = "concern";
    loop.id = one.id.text;
    loop.what = {"concern.loop.what", {{"reference", privacy::reference_of(one.id)}}};
    loop.why = {one.opened_at ? "concern.loop.opened" : "concern.loop." + std::string(code(one.urgency))};
    loop.whose_turn = {Role::safeguarding_lead};
    loop.since = date_in_zone(one.raised_at, "UTC");
    loop.path = "/concerns/" + one.id.text;
    loop.act_label = "concern.loop.open";
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<agenda::LoopKind> concern_loops() {
  return {{"concern", "POST /concerns/{concern}/closings", open}};
}

}  // namespace cairn::app
