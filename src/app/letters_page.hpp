// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "jobs/mail.hpp"
#include "jobs/store_letters.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::app {

// One letter as the page shows it.
struct LetterLine {
  std::string id;
  std::string kind;
  std::string to;  // masked where the reader is to know no more; empty where nobody knows
  jobs::LetterState state = jobs::LetterState::waiting;
  Date made_on;
  Date due_on;
  std::optional<Date> ended_on;
  std::int64_t tries = 0;
  std::string reason;  // why it was given up: address, refused, too_long
};

struct LettersView {
  std::vector<LetterLine> each;           // the newest first
  std::vector<jobs::LetterCount> totals;  // of the other kinds
  std::vector<std::string> kinds;         // every kind there is
  std::int64_t given_up = 0;
  bool has_mail_server = true;
  bool may_open = false;  // a demonstration: letters that wait can be read
  bool shortened = false;
};

web::Html letters_page(const web::Form& form, const LettersView& view);
// A letter as its reader would see it; links of this site can be followed.
web::Html letter_page(const web::Language& say, const jobs::Letter& letter, const std::string& site_address);

}  // namespace cairn::app
