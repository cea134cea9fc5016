// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/pages_report.hpp"
#include "evaluation/paper.hpp"

namespace cairn::evaluation {

// What came of a round, for everybody who was asked and whoever reads the sheet on the wall: never more than the
// comparison shows, and no names.

// One site, or everyone together.
struct ResultsPart {
  const ReportView* view = nullptr;  // what may be shown; hidden where its content is
  bool reported = false;             // a report was made: its priorities and next steps hold
};
struct ResultsView {
  const instruments::Asking& asking;
  std::string path;     // "/results/..."
  std::string address;  // the same, as somebody types it
  Date last_day;        // on which somebody can begin to answer
  std::vector<ResultsPart> parts;
};
web::Html results_page(const web::Language& say, const ResultsView& view);
// Before anything was counted: when to come back.
enum class NotYet { planned, asking, counting };
web::Html results_not_yet_page(const web::Language& say, NotYet why, Date last_day);
// A sheet to pin up: what to talk about first, what will be done, and the way to the page.
web::Html results_poster(const web::Language& say, const ResultsView& view);

// Telling people what came of it.
struct TellView {
  std::string path;  // of the round
  std::string results_path;
  bool reported = false;
  std::int64_t reachable = 0;  // people a letter would go to
  std::optional<Date> told_on = {};
  std::int64_t letters = 0;  // of that time
};
web::Html tell_page(const web::Form& form, const TellView& view);

}  // namespace cairn::evaluation
