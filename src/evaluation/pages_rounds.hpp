// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/rounds.hpp"

namespace cairn::evaluation {

// Setting up a round that asks people. `words` are the standard ones, shown until the form has been sent.
struct NewRoundView {
  const Study& study;
  int number = 1;
  std::string form_title;  // of the instrument
  int statements = 0;
  std::int64_t minutes = 0;
  std::int64_t smallest_group = 5;
  std::vector<instruments::AskedSite> sites;
  instruments::AskingWords words;
  std::vector<web::LanguageChoice> languages;  // the choice is drawn where there are two or more
  Date opens_on;
  Date closes_on;
};
web::Html new_round_page(const web::Form& form, const NewRoundView& view);

// A round that asks people, as it is at one moment.
struct AskedView {
  const Study& study;
  const Round& round;
  const instruments::Asking& asking;
  instruments::AskingState state = instruments::AskingState::planned;
  Date opens_on = {};
  Date last_day = {};    // of the period: the last on which somebody can begin
  Date sent_until = {};  // the day on which the grace ends
  bool anybody = false;  // somebody is asked, by a link of their own or one for many
  std::string form_title = {};
  std::int64_t minutes = 0;
};

// Somebody who is asked. Who has answered is told of a round with names alone, and of that once it was counted.
struct InvitedLine {
  std::string id;
  std::string name;
  std::string stakeholder;
  std::string site;
  std::string how;    // "Asked by letter"
  std::string ended;  // why their link opens no more, "" while it does
  std::optional<bool> answered = {};
};
struct LinkLine {
  std::string id;
  std::string site;         // "" where people choose
  std::string stakeholder;  // "" where people choose
  std::int64_t most = 0;
  std::string ended;
};
struct RoundPageView {
  const AskedView& asked;
  std::vector<InvitedLine> invited;
  std::vector<LinkLine> links;
  std::vector<int> reminders;
  std::vector<std::string> languages = {};  // names of those people are asked in; empty where the site has only one
  std::string left_out = {};  // the sentence about those who left the statements out; "" where nothing may be said
};
web::Html round_page(const web::Language& say, const RoundPageView& view);

// When it closes: now, on another day, or open again.
web::Html period_page(const web::Form& form, const AskedView& view);
// Counting now, and leaving out who has only begun.
web::Html counting_page(const web::Form& form, const AskedView& view, bool somebody_answering);
web::Html reminders_page(const web::Form& form, const AskedView& view, const std::vector<int>& days, bool reminded);

// "Open until Friday 20 March."
std::string state_sentence(const web::Language& say, const AskedView& view);
// What stands before the first question, in the words of whoever asks.
web::Html asking_words(const web::Language& say, const instruments::AskingWords& words);
// "Peer worker", as people are asked: the words of instruments.
std::string person_of(const web::Language& say, std::string_view stakeholder);

}  // namespace cairn::evaluation
