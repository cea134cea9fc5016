// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/pages_compare.hpp"
#include "web/charts.hpp"

namespace cairn::evaluation {

// The parts that the pages of a round are put together from.

// Heading, views as tabs, and the axes where the view has them.
web::Html compare_top(const web::Language& say, const CompareFrame& frame, std::string_view title);
// Warnings, downloads, and the way to a report.
web::Html compare_foot(const web::Language& say, const CompareFrame& frame);
// Why nothing is shown of a group, or that there is none of that name.
web::Html hidden_group(const web::Language& say, const Subject& subject, const instruments::Group* group);
// Which groups of an axis are not shown, and why; nothing where all are.
web::Html hidden_groups(const web::Language& say, const instruments::Comparison& comparison, Axis axis);

web::ChangeChart changes_chart(const web::Language& say, const RoundView& view, const std::string& before,
                               const std::string& now, const std::vector<Change>& changes, const std::string& id);
web::Html changes_table(const web::Language& say, const RoundView& view, const std::string& before,
                        const std::string& now, const std::vector<Change>& changes);

// A value as it may stand in the query of an address.
std::string in_address(std::string_view value);

}  // namespace cairn::evaluation
