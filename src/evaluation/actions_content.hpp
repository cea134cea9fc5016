// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/library.hpp"
#include "evaluation/guidance.hpp"
#include "evaluation/published.hpp"
#include "evaluation/report.hpp"
#include "evaluation/thresholds.hpp"
#include "instruments/redaction.hpp"

namespace cairn::evaluation {

// What this stage reads from the data files: rules, guidance, the published study, the purposes of a report, the
// discussion guide, and the words that may tell who somebody is.
struct Evidence {
  std::vector<Setting> settings;
  std::vector<Point> points;
  Published published;
  std::vector<PurposeWords> purposes;  // one for each purpose, in the order of all_purposes
  std::vector<Known> known;            // what is known and what is not
  std::string discussion_guide;        // HTML made from our own Markdown, headings from level 2
  instruments::RedactionWords redaction;

  const PurposeWords& words(Purpose purpose) const;
};

// Throws std::runtime_error naming every fault where a file is missing or does not hold what it must.
Evidence read_evidence(const content::Library& library);

}  // namespace cairn::evaluation
