// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions.hpp"

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

void add_routes(web::Routes& routes, db::Database& database, const policy::Policy& policy,
                const content::Library& library, std::function<std::string()> address,
                std::vector<web::LanguageChoice> languages) {
  const Stage stage{database,
                    policy,
                    library,
                    std::make_shared<const Evidence>(read_evidence(library)),
                    std::move(address),
                    std::move(languages)};
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
