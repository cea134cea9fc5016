// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_letters.hpp"

#include "instruments/store_asking.hpp"

namespace cairn::evaluation {
namespace {

jobs::Letter composed(const web::Language& say, const instruments::Invitation& to, const instruments::Asking& asking,
                      const std::string& address, const std::string& own_link) {
  std::string body;
  const auto add = [&](const std::string& paragraph) { body += (body.empty() ? "" : "\n\n") + paragraph; };
  add(say("asking.letter.greeting", {{"name", to.participant.name}}));
  add(say("evaluation.letter.results"));
  add(say("evaluation.letter.results_link", {{"link", address + "/results/" + asking.results_code}}));
  add(say("evaluation.letter.results_safe"));
  add(say("asking.letter.who", {{"who", asking.words.who}}));
  add(say("asking.letter.quiet", {{"link", own_link + "/letters"}}));
  return {to.participant.email, say("evaluation.letter.results_subject"), body + "\n"};
}

}  // namespace

bool wants_results_letter(const instruments::Invitation& invitation) {
  return !invitation.quiet && invitation.ended.empty() && invitation.participant.ended.empty() &&
         !invitation.participant.email.empty();
}

jobs::LetterKinds letter_kinds(const Desk& desk) {
  const auto compose = [desk](db::Read& read, const std::string& about) -> std::optional<jobs::Letter> {
    const auto invitation = instruments::find_invitation(read, about);
    if (!invitation || !wants_results_letter(*invitation)) return {};
    const auto asking = instruments::asking_of(read, invitation->collection);
    if (!asking.period.settled) return {};
    const auto* site = asking.site(invitation->site);
    const auto say = desk.language(read, asking.programme_id, site == nullptr ? "" : site->service_id);
    const auto address = desk.address();
    return composed(say, *invitation, asking, address, address + "/answer/" + instruments::link_of(read, *invitation));
  };
  return {{std::string(results_letter), {.compose = compose, .example = {}, .shown = jobs::Shown::totals}}};
}

}  // namespace cairn::evaluation
