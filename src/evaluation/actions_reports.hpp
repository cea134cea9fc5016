// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "evaluation/actions_content.hpp"
#include "evaluation/actions_rounds.hpp"
#include "evaluation/pages_report.hpp"
#include "web/language.hpp"

namespace cairn::evaluation {

// A report with all it needs to be drawn, held together so that the view's references stay good.
struct LoadedReport {
  OpenedRound opened;
  SiteReport report;
  SiteDescription site;
  Thresholds thresholds;
  ReportContent content;
  std::string programme;
  std::string before_name;
  Date made_on;
  std::vector<NextStep> steps;
  std::vector<ShownWords> said;
  std::optional<instruments::LeftOutFinding> left_out;
  const Evidence* evidence = nullptr;
  std::unique_ptr<RoundView> round;  // of the members above

  ReportView view(Date today) const;
};

// The numbers as they may be shown now. Throws what open_round throws. A report that is not kept (a command's) has an
// empty id and no steps.
std::unique_ptr<LoadedReport> load_report(db::Database& database, const content::Library& library,
                                          const Evidence& evidence, const Actor& actor, const SiteReport& report,
                                          const web::Language& say);

// The report as one file that needs nothing else: the program's style inside, no script.
std::string standalone_html(const web::Language& say, const ReportView& view);
// Made by weasyprint. Throws Unavailable "evaluation.stop.no_pdf" where that program is not there or fails.
std::string pdf_from_html(const std::string& html);

}  // namespace cairn::evaluation
