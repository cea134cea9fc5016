// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/actions_content.hpp"
#include "evaluation/actions_rounds.hpp"
#include "instruments/asking.hpp"
#include "policy/policy.hpp"
#include "web/languages.hpp"
#include "web/reply.hpp"
#include "web/routes.hpp"

namespace cairn::evaluation {

// What every act of this stage is handed.
struct Stage {
  db::Database& database;
  const policy::Policy& policy;
  const content::Library& library;
  std::shared_ptr<const Evidence> evidence;
  std::function<std::string()> address;        // where people reach the site, without a slash at its end
  std::vector<web::LanguageChoice> languages;  // people can be asked in, the usual one first; none is English
  const web::Languages* spoken = nullptr;      // the texts of each; null where there is English alone

  // Whether the policy lets the actor do this with a record of the study.
  bool may(const web::Request& request, std::string_view record, policy::Action action, const Id<Study>& study) const;
  // The same for something of the whole programme.
  bool may(const web::Request& request, std::string_view record, policy::Action action) const;
  // Throws NotFound where it does not.
  void must(const web::Request& request, std::string_view record, policy::Action action, const Id<Study>& study) const;
  // The request as it reads for the people of a round: in one of the languages they are asked in, with no other to
  // choose from.
  web::Request in_language_of(const instruments::Asking& asking, web::Request request) const;
};

// Roles beside the routes, as content/policy.toml has them.
namespace allowed {
using policy::Action;
inline constexpr web::Allow list_studies{
    "study",
    Action::list,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow read_study{
    "study",
    Action::read,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow create_study{"study", Action::create, {Role::lead, Role::researcher, Role::operator_}};
inline constexpr web::Allow import_file{
    "response_import", Action::create, {Role::lead, Role::researcher, Role::operator_}};
inline constexpr web::Allow compare{
    "inventory_comparison",
    Action::read,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow export_comparison{
    "inventory_comparison", Action::export_, {Role::lead, Role::researcher, Role::partner_lead, Role::operator_}};
inline constexpr web::Allow list_reports{
    "site_report",
    Action::list,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow read_report{
    "site_report",
    Action::read,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow create_report{
    "site_report", Action::create, {Role::lead, Role::researcher, Role::partner_lead, Role::operator_}};
inline constexpr web::Allow export_report{
    "site_report",
    Action::export_,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian, Role::operator_}};
inline constexpr web::Allow add_step{"next_step", Action::create, {Role::lead, Role::partner_lead}};
inline constexpr web::Allow give_feedback{
    "report_feedback",
    Action::create,
    {Role::lead, Role::worker, Role::line_manager, Role::supervisor, Role::hr, Role::team_member, Role::sponsor,
     Role::commissioner, Role::researcher, Role::partner_lead, Role::privacy_guardian}};
inline constexpr web::Allow read_thresholds{
    "rule_threshold", Action::read, {Role::lead, Role::researcher, Role::partner_lead}};
inline constexpr web::Allow amend_thresholds{"rule_threshold", Action::amend, {Role::lead}};
inline constexpr web::Allow list_sheets{"paper_sheet", Action::list, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_sheets{"paper_sheet", Action::read, {Role::lead, Role::researcher}};
inline constexpr web::Allow create_sheet{"paper_sheet", Action::create, {Role::lead, Role::researcher}};
inline constexpr web::Allow amend_sheet{"paper_sheet", Action::amend, {Role::lead, Role::researcher}};
inline constexpr web::Allow erase_sheet{"paper_sheet", Action::erase, {Role::lead, Role::researcher}};
inline constexpr web::Allow list_reasons{"reason", Action::list, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_reason{"reason", Action::read, {Role::lead, Role::researcher}};
inline constexpr web::Allow review_reason{"reason", Action::amend, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_results{"round_results", Action::read, {Role::anyone}};
inline constexpr web::Allow tell_results{"round_results", Action::share, {Role::lead, Role::researcher}};
}  // namespace allowed

// The routes, by subject.
void add_study_routes(web::Routes& routes, const Stage& stage);
void add_compare_routes(web::Routes& routes, const Stage& stage);
void add_report_routes(web::Routes& routes, const Stage& stage);
void add_threshold_routes(web::Routes& routes, const Stage& stage);
void add_asking_routes(web::Routes& routes, const Stage& stage);
void add_asked_routes(web::Routes& routes, const Stage& stage);
void add_invitation_routes(web::Routes& routes, const Stage& stage);
void add_link_routes(web::Routes& routes, const Stage& stage);
void add_participant_routes(web::Routes& routes, const Stage& stage);
void add_paper_routes(web::Routes& routes, const Stage& stage);
void add_reason_routes(web::Routes& routes, const Stage& stage);
void add_results_routes(web::Routes& routes, const Stage& stage);

}  // namespace cairn::evaluation
