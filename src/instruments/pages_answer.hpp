// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "instruments/answers.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::instruments {

// What all pages of answering are drawn from. Everything must outlive the page.
struct AnswerPage {
  const web::Form& form;
  const Asking& asking;
  const Instrument& instrument;
  const Answers& answers;
  std::string path;      // of this person's link: "/answer/..."
  Date last_day;         // on which answers are taken
  bool personal = true;  // came by a link of their own
  bool begun = false;
};

// The steps after the first page: the sections, then choosing, why, and looking over.
enum class Step { section, choose, why, check };
std::string step_path(const AnswerPage& page, Step step, std::size_t section = 0);

// Before the first question: who asks, why, what happens with the answers, who sees what, the smallest group, how to
// take it back, where there is help.
web::Html before_page(const AnswerPage& page);
// The same for whoever comes by a group link: they say which group (and, of several, which site) they belong to.
struct JoinView {
  std::string path;
  std::string stamp;  // when the page was drawn, for forms sent back too soon
  bool asks_site = false;
  bool asks_stakeholder = false;
};
web::Html join_page(const AnswerPage& page, const JoinView& view);

web::Html section_page(const AnswerPage& page, std::size_t section);
web::Html choose_page(const AnswerPage& page);
web::Html why_page(const AnswerPage& page);
web::Html check_page(const AnswerPage& page);
web::Html left_out_page(const AnswerPage& page);
web::Html withdraw_page(const AnswerPage& page);
// A question with one button: no more letters about this.
web::Html quiet_page(const web::Form& form, const std::string& path);

// After sending, and for a link that was used: thanks, and what comes next.
struct ThanksView {
  const Asking& asking;
  Date last_day;
  std::string results;      // the address of the page of what came of it, as people can copy it
  std::string change_path;  // of a named round, while it may be changed; else ""
};
web::Html thanks_page(const web::Language& say, const ThanksView& view);
// For a link that opens no questions now: not open yet, closed, taken back.
enum class Shut { not_yet, closed, ended, full };
web::Html shut_page(const web::Language& say, const Asking& asking, Shut why, Date first_day);

// What a stakeholder group is called in the programme's words.
std::string stakeholder_label(const web::Language& say, std::string_view code);

}  // namespace cairn::instruments
