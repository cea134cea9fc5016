// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluation/actions.hpp"
#include "evaluation/actions_loops_asking.hpp"
#include "evaluation/actions_loops_giving.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/pages_words.hpp"
#include "evaluation/store.hpp"
#include "instruments/store.hpp"

namespace cairn::evaluation {
namespace {

using agenda::LoopQuestion;
using agenda::OpenLoop;
using policy::Action;

bool may(const LoopQuestion& question, std::string_view record, Action action, const Id<Study>& study) {
  return question.policy.decide(question.actor, record, action, {.lies_in = lies_in(study)}).allowed;
}

// Nobody has yet said whether the report was useful.
std::vector<OpenLoop> feedback_to_give(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& report : reports_without_feedback(question.read, question.actor)) {
    if (!may(question, "report_feedback", Action::create, report.study)) continue;
    OpenLoop loop;
    loop.kind = "report_feedback";
    loop.id = report.id.text;
    loop.what = report.about.is_everyone() ? agenda::Said{"evaluation.loop.feedback_everyone"}
                                           : agenda::Said{"evaluation.loop.feedback", {{"site", report.about.group}}};
    loop.why = {"evaluation.loop.feedback_why"};
    loop.whose_turn = {Role::lead, Role::partner_lead};
    loop.since = date_in_zone(report.made_at, "UTC");
    loop.path = report_path(report) + "#feedback";
    loop.act_label = "evaluation.loop.feedback_act";
    loops.push_back(std::move(loop));
  }
  return loops;
}

bool has_answers(const LoopQuestion& question, const Round& round) {
  return instruments::responses(question.read, question.actor, {round.collection_id}) > 0;
}

// The latest round of a study that has answers, where no report of it has been made.
std::vector<OpenLoop> answers_without_report(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& study : studies(question.read, question.actor)) {
    if (!may(question, "site_report", Action::create, study.id)) continue;
    auto of_it = rounds(question.read, question.actor, study.id);
    std::erase_if(of_it, [&](const Round& round) { return !has_answers(question, round); });
    if (of_it.empty()) continue;
    const auto& latest = of_it.back();
    const auto made = reports(question.read, question.actor, study.id);
    const auto about_latest = [&](const SiteReport& report) { return report.round == latest.number; };
    if (std::any_of(made.begin(), made.end(), about_latest)) continue;
    OpenLoop loop;
    loop.kind = "answers_without_report";
    loop.id = study.id.text;
    loop.what = {"evaluation.loop.report", {{"study", study.name}, {"round", std::to_string(latest.number)}}};
    loop.why = {"evaluation.loop.report_why"};
    loop.whose_turn = {Role::lead, Role::researcher, Role::partner_lead};
    loop.since = latest.dated_on.value_or(question.today);
    loop.path = study_path(study) + "/report/new";
    loop.act_label = "evaluation.loop.report_act";
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<agenda::LoopKind> loop_kinds(const content::Library&) {
  std::vector<agenda::LoopKind> kinds{
      {"report_feedback", "POST /reports/{report}/feedback", feedback_to_give},
      {"answers_without_report", "POST /studies/{study}/report", answers_without_report}};
  for (auto& kind : asking_loop_kinds()) kinds.push_back(std::move(kind));
  for (auto& kind : giving_back_loop_kinds()) kinds.push_back(std::move(kind));
  return kinds;
}

}  // namespace cairn::evaluation
