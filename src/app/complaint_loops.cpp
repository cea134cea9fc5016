// SPDX-License-Identifier: Apache-2.0
#include "app/complaint_loops.hpp"

#include "privacy/store_complaints.hpp"

namespace cairn::app {
namespace {

std::vector<agenda::OpenLoop> open(const agenda::LoopQuestion& question) {
  std::vector<agenda::OpenLoop> loops;
  for (const auto& one :
       privacy::complaints_waiting(question.read, question.policy, question.actor, {.now = question.now})) {
    agenda::OpenLoop loop;
    loop.kind = "access_complaint";
    loop.id = one.id.text;
    loop.what = {"looks.loop.what"};
    loop.why = {"looks.loop.why"};
    loop.whose_turn = {Role::privacy_guardian};
    loop.since = date_in_zone(one.at, "UTC");
    loop.due_on = one.due_on;
    loop.path = "/guardian/complaints/" + one.id.text;
    loop.act_label = "looks.loop.open";
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<agenda::LoopKind> complaint_loops() {
  return {{"access_complaint", "POST /guardian/complaints/{complaint}/answers", open}};
}

}  // namespace cairn::app
