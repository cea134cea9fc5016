// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_letters.hpp"

#include "accounts/store.hpp"
#include "accounts/store_words.hpp"
#include "instruments/store_asking.hpp"

namespace cairn::evaluation {
namespace {

// What fills the places of a letter.
struct Filled {
  std::string name;
  std::string email;
  std::string who;  // asked
  std::string results_link;
  std::string own_link;
};

jobs::Letter composed(const web::Language& say, const Filled& to) {
  std::string body;
  const auto add = [&](const std::string& paragraph) { body += (body.empty() ? "" : "\n\n") + paragraph; };
  add(say("asking.letter.greeting", {{"name", to.name}}));
  add(say("evaluation.letter.results"));
  add(say("evaluation.letter.results_link", {{"link", to.results_link}}));
  add(say("evaluation.letter.results_safe"));
  add(say("asking.letter.who", {{"who", to.who}}));
  add(say("asking.letter.quiet", {{"link", to.own_link + "/letters"}}));
  return {to.email, say("evaluation.letter.results_subject"), body + "\n"};
}

// The standard wording: a made-up reader, and links that open nothing.
std::function<jobs::Letter(db::Read&)> example(const Desk& desk) {
  return [desk](db::Read& read) {
    const auto programme = accounts::find_programme(read);
    const auto say = desk.language(read, programme ? programme->id.text : "", "", "");
    const auto address = desk.address();
    return composed(say, {say("letter.example.name"), "sam@example.org", say("letter.example.who"),
                          address + "/results/...", address + "/answer/..."});
  };
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
    const auto& reader = invitation->participant;
    const auto say = desk.language(read, asking.programme_id, site == nullptr ? "" : site->service_id,
                                   asking.language_for(accounts::language_of_email(read, reader.email)));
    const auto address = desk.address();
    return composed(say, {reader.name, reader.email, asking.words.who, address + "/results/" + asking.results_code,
                          address + "/answer/" + instruments::link_of(read, *invitation)});
  };
  return {{std::string(results_letter), {.compose = compose, .example = example(desk), .shown = jobs::Shown::totals}}};
}

}  // namespace cairn::evaluation
