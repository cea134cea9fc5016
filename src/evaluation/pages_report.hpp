// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/said.hpp"
#include "evaluation/steps.hpp"

namespace cairn::evaluation {

// Everything a report is drawn from. Everything referred to must outlive the view.
struct ReportView {
  const RoundView& round;
  const SiteReport& report;
  const SiteDescription& site;
  const PurposeWords& purpose;
  const ReportContent& content;
  const std::vector<Known>& known;
  web::Html guide;          // for talking instead, where nothing may be shown
  std::string programme;    // its name; may be empty
  std::string before_name;  // of the round before; "" where there is none
  Date made_on;
  Date today;
  std::vector<NextStep> steps;  // removed ones left out unless they can be put back
  std::vector<ShownWords> said = {};
  std::optional<instruments::LeftOutFinding> left_out = {};  // of the same people
};

// What somebody may do on the page.
struct ReportActs {
  bool may_add_steps = false;
  bool may_change_steps = false;
  bool may_give_feedback = false;
  bool may_export = false;
  std::optional<Feedback> mine;  // what the reader said before
  std::vector<Feedback> others;  // shown to those who may read feedback
  Moment now;
};

// The report's words and pictures without any act: what is printed, mailed and kept as a file. Headings from level 1.
web::Html report_words(const web::Language& say, const ReportView& view);
// The same on screen, with the acts.
web::Html report_page(const web::Form& form, const ReportView& view, const ReportActs& acts);

std::string report_title(const web::Language& say, const Subject& about);

// One row of the list of reports.
struct ReportLine {
  SiteReport report;
  std::string study_name;
  Date made_on;
};
web::Html reports_page(const web::Language& say, const std::vector<ReportLine>& lines,
                       const std::vector<PurposeWords>& purposes);

// Choosing purpose and site. `sites` are those of the round; `groups_hidden` names those of which nothing can be shown.
struct NewReportView {
  const Study& study;
  std::vector<Round> rounds;
  int round = 1;
  std::vector<std::string> sites;
  std::vector<std::string> hidden_sites;
  const std::vector<PurposeWords>& purposes;
};
web::Html new_report_page(const web::Form& form, const NewReportView& view);

web::Html new_step_page(const web::Form& form, const SiteReport& report, const instruments::Item* item);

}  // namespace cairn::evaluation
