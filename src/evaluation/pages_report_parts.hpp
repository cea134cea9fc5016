// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/pages_report.hpp"

namespace cairn::evaluation {

// What stays on the screen when a report is printed, and what only paper shows; static/_report.scss.
web::Html on_screen(const web::Html& content);
web::Html printed_only(const web::Html& content);

// The sections of a report; each is nothing where there is nothing to say.

web::Html title_block(const web::Language& say, const ReportView& view);
web::Html opening(const web::Language& say, const ReportView& view);
web::Html site_paragraph(const web::Language& say, const ReportView& view);
web::Html strong_points(const web::Language& say, const ReportView& view);
// `with_acts`: each priority with a link to add a step for it.
enum class Acts { none, add_step };
web::Html priority_list(const web::Language& say, const ReportView& view, Acts acts);
web::Html for_the_purpose(const web::Language& say, const ReportView& view);
web::Html to_ask_about(const web::Language& say, const ReportView& view);
web::Html pictures(const web::Language& say, const ReportView& view);
// The picture of what matters and is missing; `id` must be its own on the page.
web::Html matters_picture(const web::Language& say, const ReportView& view, const std::string& id);
// What people wrote, and who left the statements out.
web::Html what_people_said(const web::Language& say, const ReportView& view);
web::Html what_changed(const web::Language& say, const ReportView& view);
web::Html all_numbers(const web::Language& say, const ReportView& view);
web::Html limits(const web::Language& say, const ReportView& view);
// The words of the report between its title and its next steps, in the order of its purpose.
web::Html body(const web::Language& say, const ReportView& view, Acts acts);

// The steps as a table, for paper.
web::Html steps_table(const web::Language& say, const std::vector<NextStep>& steps);
// The steps as a list with their acts.
enum class MayChange { no, yes };
web::Html steps_list(const web::Form& form, const ReportView& view, MayChange may, Moment now);

}  // namespace cairn::evaluation
