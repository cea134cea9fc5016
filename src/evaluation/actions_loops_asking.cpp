// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_loops_asking.hpp"

#include <functional>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "evaluation/pages_words.hpp"
#include "evaluation/rounds.hpp"
#include "evaluation/store.hpp"
#include "instruments/reminders.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::evaluation {
namespace {

using agenda::LoopQuestion;
using agenda::OpenLoop;
using instruments::AskingState;
using policy::Action;

constexpr int soon_days = 3;

// A round the actor may look after, with where people stand in it.
struct Looked {
  Study study;
  Round round;
  instruments::Asking asking;
  AskingState state;
  std::string zone;

  Date last_day() const { return instruments::last_day(asking.period, zone); }
};

bool may(const LoopQuestion& question, const Id<Study>& study) {
  return question.policy.decide(question.actor, "invitation", Action::list, {.lies_in = lies_in(study)}).allowed;
}

void each_asked_round(const LoopQuestion& question, const std::function<void(const Looked&)>& take) {
  std::string zone;
  for (const auto& study : studies(question.read, question.actor)) {
    if (!may(question, study.id)) continue;
    for (const auto& round : rounds(question.read, question.actor, study.id)) {
      auto asking = instruments::find_asking(question.read, question.actor, {round.collection_id});
      if (!asking) continue;
      if (zone.empty()) zone = accounts::programme(question.read, question.actor).zone;
      const auto state = asking->state(question.now);
      take({study, round, *std::move(asking), state, zone});
    }
  }
}

OpenLoop loop_of(std::string_view kind, const Looked& looked, std::string_view page) {
  OpenLoop loop;
  const std::string key = "evaluation.loop." + std::string(kind);
  loop.kind = kind;
  loop.id = looked.study.id.text + "." + std::to_string(looked.round.number);
  loop.what = {key, {{"study", looked.study.name}, {"round", std::to_string(looked.round.number)}}};
  loop.why = {key + "_why"};
  loop.whose_turn = {Role::lead, Role::researcher};
  loop.since = date_in_zone(looked.asking.period.opens_at, looked.zone);
  loop.path = round_path(looked.study, looked.round) + std::string(page);
  loop.act_label = key + "_act";
  return loop;
}

bool anybody_asked(const LoopQuestion& question, const Looked& looked) {
  const auto& collection = looked.asking.collection;
  return !instruments::invitations(question.read, question.actor, collection).empty() ||
         !instruments::group_links(question.read, question.actor, collection).empty();
}

std::vector<OpenLoop> nobody_asked(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  each_asked_round(question, [&](const Looked& looked) {
    if (looked.state != AskingState::planned && looked.state != AskingState::open) return;
    if (anybody_asked(question, looked)) return;
    loops.push_back(loop_of("nobody_asked", looked, "/invitations/new"));
    loops.back().due_on = date_in_zone(looked.asking.period.opens_at, looked.zone);
    loops.back().since = question.today;
  });
  return loops;
}

std::vector<OpenLoop> closing_soon(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  each_asked_round(question, [&](const Looked& looked) {
    if (looked.state != AskingState::open || !some_not_yet(looked.asking)) return;
    if (days_between(question.today, looked.last_day()) > soon_days) return;
    loops.push_back(loop_of("closing_soon", looked, ""));
    loops.back().due_on = looked.last_day();
  });
  return loops;
}

std::vector<OpenLoop> over_and_not_counted(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  each_asked_round(question, [&](const Looked& looked) {
    if (looked.state != AskingState::over) return;
    loops.push_back(loop_of("not_counted", looked, "/counting"));
    loops.back().since = looked.last_day();
  });
  return loops;
}

// Only ever told to the person themself.
std::vector<OpenLoop> asked_to_answer(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  if (!question.actor.signed_in()) return loops;
  const auto account = accounts::find_account(question.read, {question.actor.account_id});
  if (!account) return loops;
  for (const auto& invitation : instruments::invitations_to(question.read, question.actor, account->email)) {
    const auto where = find_round_of(question.read, question.actor, invitation.collection.text);
    const auto asking = instruments::asking_of(question.read, invitation.collection);
    if (!where || invitation.answered || asking.state(question.now) != AskingState::open) continue;
    const Looked looked{where->study, where->round, asking, AskingState::open,
                        accounts::programme(question.read, question.actor).zone};
    auto loop = loop_of("asked", looked, "/answer");
    loop.whose_turn.clear();
    for (const auto& held : question.actor.roles) loop.whose_turn.push_back(held.role);
    loop.due_on = looked.last_day();
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<agenda::LoopKind> asking_loop_kinds() {
  return {{"nobody_asked", "POST /studies/{study}/rounds/{round}/invitations", nobody_asked},
          {"closing_soon", "POST /studies/{study}/rounds/{round}/period", closing_soon},
          {"not_counted", "POST /studies/{study}/rounds/{round}/counting", over_and_not_counted},
          {"asked", "GET /studies/{study}/rounds/{round}/answer", asked_to_answer}};
}

}  // namespace cairn::evaluation
