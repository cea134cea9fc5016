// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agenda/model.hpp"
#include "web/components.hpp"

namespace cairn::agenda {

// A step ticked off lately, and the page of the thing it belongs to.
struct DoneStep {
  NextStep step;
  Date done_on;
};

struct TodayView {
  std::string person;       // the name to greet; may be empty
  std::string part_of_day;  // "morning"
  Date today;
  Waiting waiting;
  std::vector<DoneStep> done;
  bool may_reopen = false;
  std::optional<web::Link> first_step = {};  // label in words; where nothing waits
};
// The page brings its own heading, which greets.
web::Html today_page(const web::Form& form, const TodayView& view);

// "by Tuesday 3 March", or "was due Tuesday 3 March"; with the year where it is not that of `today`.
std::string due(const web::Language& say, Date due_on, Date today);

}  // namespace cairn::agenda
