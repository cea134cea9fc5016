// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/report.hpp"
#include "web/components.hpp"

namespace cairn::evaluation {

using instruments::Axis;

// Words that every page of this stage says the same way.
std::string group_name(const web::Language& say, Axis axis, std::string_view group);  // "Peer workers"; a site its name
std::string axis_name(const web::Language& say, Axis axis);                           // "Stakeholder group"
std::string subject_name(const web::Language& say, const Subject& subject);           // "Everyone", a site its name
std::string hidden_why(const web::Language& say, instruments::Hidden reason);         // "Fewer than five people"
std::string item_name(const instruments::Item& item);                                 // "4.4 Training for other staff"
std::string round_name(const web::Language& say, const Round& round);                 // "Round 2, 3 March 2026"

// "9 of 58 say this happens here, at least partly."; "No one yet" where nobody answered.
std::string presence_sentence(const web::Language& say, const Finding& finding);
// "It matters: 3.7 out of 4."
std::string importance_sentence(const web::Language& say, const Finding& finding);
std::string top3_sentence(const web::Language& say, const Finding& finding);
// "Line managers give it 3.2, peer workers 3.9."
std::string gap_sentence(const web::Language& say, const Gap& gap);
// Why a statement came up: one sentence for each rule met, figures in them.
std::vector<std::string> why(const web::Language& say, const Finding& finding);

// What every comparison says about itself, in plain words. Always the same.
web::Html warnings(const web::Language& say);
std::vector<std::string> warning_sentences(const web::Language& say);

// Addresses.
std::string study_path(const Study& study);
std::string round_path(const Study& study, const Round& round);
std::string compare_path(const RoundView& view, std::string_view page, Axis by);  // page: "matters", "statements" ...
std::string item_path(const RoundView& view, std::string_view item, Axis by);
std::string report_path(const SiteReport& report);

// "3.7", or "no one yet" where nobody scored it.
std::string mean_words(const web::Language& say, const std::optional<std::int64_t>& tenths);
// "45 %", or "no one yet".
std::string percent_words(const web::Language& say, const std::optional<std::int64_t>& percent);

}  // namespace cairn::evaluation
