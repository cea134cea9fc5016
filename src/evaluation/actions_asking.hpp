// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "evaluation/actions_stage.hpp"
#include "evaluation/pages_rounds.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::evaluation {

// The round an address names, which asks people. For actions*.cpp of this stage only.
struct AskedRound {
  Study study;
  Round round;
  instruments::Asking asking;
  instruments::Instrument instrument;
  std::string zone;

  std::string path() const { return round_path(study, round); }
};
// Throws NotFound for what is not the actor's to do, and for a round whose answers came in a file.
AskedRound asked_round(const Stage& stage, const web::Request& request, std::string_view record, policy::Action action);
// What its pages show of it at the moment of the request. `asked` must outlive the view.
AskedView view_of(const AskedRound& asked, const web::Request& request, bool anybody);
// Studies, the study, the round.
std::vector<web::Link> trail_of(const web::Request& request, const AskedRound& asked);
// "Asked by letter"
std::string way_words(const web::Language& say, db::Read& read, const std::string& zone,
                      const instruments::Invitation& invitation);

namespace allowed {
inline constexpr web::Allow amend_study{"study", Action::amend, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_invitation{"invitation", Action::read, {Role::lead, Role::researcher}};
inline constexpr web::Allow list_invitations{"invitation", Action::list, {Role::lead, Role::researcher}};
inline constexpr web::Allow invite{"invitation", Action::create, {Role::lead, Role::researcher}};
inline constexpr web::Allow amend_invitation{"invitation", Action::amend, {Role::lead, Role::researcher}};
inline constexpr web::Allow end_invitation{"invitation", Action::erase, {Role::lead, Role::researcher}};
inline constexpr web::Allow list_links{"group_link", Action::list, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_link{"group_link", Action::read, {Role::lead, Role::researcher}};
inline constexpr web::Allow make_link{"group_link", Action::create, {Role::lead, Role::researcher}};
inline constexpr web::Allow end_link{"group_link", Action::erase, {Role::lead, Role::researcher}};
inline constexpr web::Allow list_participants{"participant", Action::list, {Role::lead, Role::researcher}};
inline constexpr web::Allow read_participant{"participant", Action::read, {Role::lead, Role::researcher}};
inline constexpr web::Allow add_participant{"participant", Action::create, {Role::lead, Role::researcher}};
inline constexpr web::Allow amend_participant{"participant", Action::amend, {Role::lead, Role::researcher}};
inline constexpr web::Allow end_participant{"participant", Action::erase, {Role::lead, Role::researcher}};
inline constexpr web::Allow answer_own{"answering", Action::read, {Role::anyone}};
}  // namespace allowed

}  // namespace cairn::evaluation
