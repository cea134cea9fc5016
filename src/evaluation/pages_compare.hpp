// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/said.hpp"

namespace cairn::evaluation {

// The views of one round. Each begins with the figures in a sentence; each chart stands with its table; hidden numbers
// appear nowhere.

enum class View { matters, statements, differences, study, changes };
std::string_view code(View view);
std::optional<View> view_from_code(std::string_view code);

// What the pages of a round share: links to the views, and to the axes where a view has them.
struct CompareFrame {
  const RoundView& round;
  View view = View::matters;
  Axis by = Axis::stakeholder;
  bool may_export = false;
  bool may_report = false;
};

// What matters and is missing, for one subject: the picture, and three to talk about.
web::Html matters_page(const web::Language& say, const CompareFrame& frame, const Subject& subject,
                       const std::vector<Finding>& findings, const std::vector<Finding>& first);
// All statements by the groups of one axis, a table for each section.
web::Html statements_page(const web::Language& say, const CompareFrame& frame);
// Where the groups of one axis lie apart.
web::Html differences_page(const web::Language& say, const CompareFrame& frame, const std::vector<Gap>& gaps);
// Beside the published study, for the groups of one axis.
web::Html study_page(const web::Language& say, const CompareFrame& frame, const std::vector<Beside>& beside);
// Since the round before. `before_name` is empty where there is none.
web::Html changes_page(const web::Language& say, const CompareFrame& frame, const std::string& before_name,
                       const std::vector<Change>& changes, const std::vector<Change>& largest);
// When nothing at all can be shown: said kindly, with the guide for talking instead.
web::Html too_small_page(const web::Language& say, const web::Html& guide);

// One statement: bars, means beside the study, top three, what people said, guidance. `points` are general here; a
// report chooses those of a site. `said` is about everyone.
web::Html item_page(const web::Language& say, const CompareFrame& frame, std::size_t item, const Advice& advice,
                    const std::vector<ShownWords>& said);

}  // namespace cairn::evaluation
