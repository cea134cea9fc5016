// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_loops_giving.hpp"

#include <algorithm>

#include "accounts/store.hpp"
#include "evaluation/pages_words.hpp"
#include "evaluation/store.hpp"
#include "evaluation/store_results.hpp"
#include "instruments/store_asking.hpp"
#include "instruments/store_paper.hpp"
#include "instruments/store_reasons.hpp"

namespace cairn::evaluation {
namespace {

using agenda::LoopQuestion;
using agenda::OpenLoop;
using policy::Action;

// A round people are or were asked in, of a study the actor may do this in.
struct Asked {
  Study study;
  Round round;
  instruments::Asking asking;
  std::string zone;
};

std::vector<Asked> asked_rounds(const LoopQuestion& question, std::string_view record, Action action) {
  std::vector<Asked> all;
  const auto all_studies = studies(question.read, question.actor);
  if (all_studies.empty()) return all;
  const auto zone = accounts::programme(question.read, question.actor).zone;
  for (const auto& study : all_studies) {
    if (!question.policy.decide(question.actor, record, action, {.lies_in = lies_in(study.id)}).allowed) continue;
    for (const auto& round : rounds(question.read, question.actor, study.id))
      if (auto asking = instruments::find_asking(question.read, question.actor, {round.collection_id}))
        all.push_back({study, round, *std::move(asking), zone});
  }
  return all;
}

OpenLoop loop_of(const Asked& asked, std::string kind, std::string id, Date since) {
  OpenLoop loop;
  loop.what = {"evaluation.loop." + kind, {{"study", asked.study.name}, {"round", std::to_string(asked.round.number)}}};
  loop.why = {"evaluation.loop." + kind + "_why"};
  loop.act_label = kind == "sheet"     ? "evaluation.loop.sheet_act"
                   : kind == "reasons" ? "evaluation.loop.reasons_act"
                                       : "evaluation.loop.results_act";
  loop.kind = std::move(kind);
  loop.id = std::move(id);
  loop.whose_turn = {Role::lead, Role::researcher};
  loop.since = since;
  return loop;
}

std::vector<OpenLoop> sheets_to_check(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& asked : asked_rounds(question, "paper_sheet", Action::amend))
    for (const auto& sheet : instruments::paper_sheets(question.read, question.actor, asked.asking.collection)) {
      if (!sheet.waits()) continue;
      auto loop = loop_of(asked, "sheet", sheet.id.text, date_in_zone(sheet.entered_at, asked.zone));
      loop.what.values.emplace_back("number", sheet.number);
      loop.due_on = date_in_zone(later(asked.asking.period.closes_at, -1), asked.zone);
      loop.path = round_path(asked.study, asked.round) + "/sheets/" + sheet.id.text;
      loops.push_back(std::move(loop));
    }
  return loops;
}

Date closed_on(const Asked& asked) {
  return date_in_zone(asked.asking.period.closes_at, asked.zone);
}

std::vector<OpenLoop> reasons_to_read(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& asked : asked_rounds(question, "reason", Action::amend)) {
    if (!instruments::waits_for_review(question.read, question.actor, asked.asking.collection)) continue;
    auto loop = loop_of(asked, "reasons", asked.asking.collection.text, closed_on(asked));
    loop.path = round_path(asked.study, asked.round) + "/reasons";
    loops.push_back(std::move(loop));
  }
  return loops;
}

std::vector<OpenLoop> people_to_tell(const LoopQuestion& question) {
  std::vector<OpenLoop> loops;
  for (const auto& asked : asked_rounds(question, "round_results", Action::share)) {
    if (!asked.asking.period.settled) continue;
    if (last_told(question.read, question.actor, asked.study.id, asked.round.number)) continue;
    const auto made = reports(question.read, question.actor, asked.study.id);
    const auto about_it = [&](const SiteReport& report) { return report.round == asked.round.number; };
    if (std::none_of(made.begin(), made.end(), about_it)) continue;
    auto loop = loop_of(asked, "results", asked.asking.collection.text, closed_on(asked));
    loop.path = round_path(asked.study, asked.round) + "/results";
    loops.push_back(std::move(loop));
  }
  return loops;
}

}  // namespace

std::vector<agenda::LoopKind> giving_back_loop_kinds() {
  return {{"sheet", "POST /studies/{study}/rounds/{round}/sheets/{sheet}", sheets_to_check},
          {"reasons", "POST /studies/{study}/rounds/{round}/reasons/{reason}", reasons_to_read},
          {"results", "POST /studies/{study}/rounds/{round}/results", people_to_tell}};
}

}  // namespace cairn::evaluation
