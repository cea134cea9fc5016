// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evaluation/pages_report.hpp"

namespace cairn::evaluation {

inline constexpr const char* spreadsheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The shown numbers of a round: a sheet about it, and one with a row for each statement and group, the same as the CSV.
// Every text is written as text, so that nothing in it is a formula. Throws Unavailable where memory or a temporary
// file cannot be had.
std::string comparison_spreadsheet(const web::Language& say, const RoundView& view);

// A report: sheets about it, its priorities, its numbers and its next steps.
std::string report_spreadsheet(const web::Language& say, const ReportView& view);

}  // namespace cairn::evaluation
