// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "evaluation/actions_stage.hpp"
#include "evaluation/pages_studies.hpp"
#include "evaluation/store_thresholds.hpp"

namespace cairn::evaluation {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

std::vector<ThresholdLine> lines(const Stage& stage, const Request& request) {
  return stage.database.read([&](db::Read& read) {
    const auto now = thresholds(read, request.actor, stage.evidence->settings);
    const auto zone = accounts::programme(read, request.actor).zone;
    const auto history = threshold_history(read, request.actor);
    std::vector<ThresholdLine> all;
    for (const auto& setting : stage.evidence->settings) {
      ThresholdLine line{setting, value_of(now, setting.id), {}};
      for (const auto& change : history)
        if (change.threshold == setting.id)
          line.history.push_back(
              {change.value, change.reason, request.say().short_date(date_in_zone(change.set_at, zone))});
      all.push_back(std::move(line));
    }
    return all;
  });
}

web::PageContent drawn(const Stage& stage, const Request& request, const std::vector<ThresholdLine>& all,
                       std::vector<Problem> problems) {
  const auto changing = problems.empty() ? request.query.value("change") : request.form.value("threshold");
  return {request.say()("evaluation.thresholds.title"),
          thresholds_page(web::Form::of(request, std::move(problems)), all, changing,
                          stage.may(request, "rule_threshold", Action::amend)),
          {{request.say()("evaluation.studies.title"), "/studies"}}};
}

Reply show(const Stage& stage, const Request& request) {
  const auto all = lines(stage, request);
  json data{{"thresholds", json::array()}};
  for (const auto& line : all)
    data["thresholds"].push_back({{"id", line.setting.id}, {"value", line.value}, {"unit", line.setting.unit}});
  return web::answer(request, drawn(stage, request, all, {}), data);
}

Reply change(const Stage& stage, const Request& request) {
  if (!stage.may(request, "rule_threshold", Action::amend)) throw NotFound("not the actor's to change");
  const auto changed = check_threshold(stage.evidence->settings, request.form.value("threshold"),
                                       request.form.value("value"), request.form.value("reason"));
  if (!changed)
    return web::ask_again(request, drawn(stage, request, lines(stage, request), changed.problems()),
                          changed.problems());
  stage.database.write(request.actor, {"rule_threshold.change", "rule_threshold", changed->id},
                       [&](db::Write& write) { change_threshold(write, *changed); });
  return web::go_to(request, "/thresholds");
}

}  // namespace

void add_threshold_routes(web::Routes& routes, const Stage& stage) {
  routes.get("/thresholds", allowed::read_thresholds, [stage](const Request& request) { return show(stage, request); });
  routes.post("/thresholds", allowed::amend_thresholds,
              [stage](const Request& request) { return change(stage, request); });
}

}  // namespace cairn::evaluation
