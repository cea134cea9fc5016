// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions.hpp"

#include <algorithm>

#include "evaluation/actions_stage.hpp"

namespace cairn::evaluation {

bool Stage::may(const web::Request& request, std::string_view record, policy::Action action,
                const Id<Study>& study) const {
  return policy.decide(request.actor, record, action, {.lies_in = lies_in(study)}).allowed;
}

bool Stage::may(const web::Request& request, std::string_view record, policy::Action action) const {
  return policy.decide(request.actor, record, action, {.lies_in = {Reach{}}}).allowed;
}

void Stage::must(const web::Request& request, std::string_view record, policy::Action action,
                 const Id<Study>& study) const {
  if (!may(request, record, action, study))
    throw NotFound("the policy has no row for the actor: " + std::string(record) + " of study " + study.text);
}

web::Request Stage::in_language_of(const instruments::Asking& asking, web::Request request) const {
  if (spoken == nullptr) return request;
  request.speak(spoken->for_request(request, asking.languages));
  std::erase_if(request.frame.languages, [&](const web::LanguageChoice& one) {
    return std::ranges::find(asking.languages, one.code) == asking.languages.end();
  });
  return request;
}

void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                const content::Library& library, std::function<std::string()> address,
                const web::Languages* languages) {
  const Stage stage{database,
                    policy,
                    library,
                    std::make_shared<const Evidence>(read_evidence(library)),
                    std::move(address),
                    languages ? languages->choices() : std::vector<web::LanguageChoice>{},
                    languages};
  add_study_routes(routes, stage);
  add_compare_routes(routes, stage);
  add_report_routes(routes, stage);
  add_threshold_routes(routes, stage);
  add_asking_routes(routes, stage);
  add_asked_routes(routes, stage);
  add_invitation_routes(routes, stage);
  add_link_routes(routes, stage);
  add_participant_routes(routes, stage);
  add_paper_routes(routes, stage);
  add_reason_routes(routes, stage);
  add_results_routes(routes, stage);
}

}  // namespace cairn::evaluation
