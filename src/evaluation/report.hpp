// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evaluation/change.hpp"
#include "evaluation/findings.hpp"
#include "evaluation/guidance.hpp"
#include "evaluation/model.hpp"
#include "evaluation/published.hpp"
#include "evaluation/sites.hpp"
#include "evaluation/thresholds.hpp"
#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::evaluation {

// One round as it may be shown, with all that is read beside it. Everything must outlive the view.
struct RoundView {
  const Study& study;
  const Round& round;
  const instruments::Instrument& instrument;
  const instruments::Comparison& comparison;
  const Published& published;
  const Thresholds& thresholds;
};

// What a purpose leads with. Read from content/guidance/purposes.v2.toml.
struct PurposeWords {
  Purpose purpose = Purpose::set_up;
  std::string title;  // "To win over senior people"
  std::string for_whom;
  std::string leads_with;          // one line to choose by
  std::string opening;             // how the report opens, with the places {people}, {site} and {round}
  std::vector<std::string> items;  // statements that bear on it most, first one first
  std::string ask;                 // what the reader is asked to do in the end
};

// A short dated statement about what is known and what is not. Read from content/guidance/evidence.v2.toml.
struct Known {
  std::string about;  // not_known, reported, open_question
  std::string text;
  std::string source;
  std::string as_of;
};

// `opening` with its places filled in.
std::string opened(std::string_view opening, std::string_view people, std::string_view site, std::string_view round);

// One of the three to five things to talk about.
struct Priority {
  Finding finding;
  Advice advice;
  bool as_question = false;      // contested here: a low presence is asked about, not called a gap
  std::optional<Beside> beside;  // the study's mean for sites of the same context
};

// Everything a site report says, from shown numbers only.
struct ReportContent {
  bool hidden = false;      // nothing of the subject may be shown: the discussion guide stands in its place
  std::int64_t people = 0;  // in the subject; 0 when hidden
  std::vector<Finding> all;
  std::vector<Finding> strong;
  std::vector<Priority> priorities;
  std::vector<Finding>
      for_the_purpose;  // statements the purpose leads to, in its order, those among the priorities left out
  std::vector<Priority> questions;  // contested statements that are no priority
  std::vector<Change> changed;      // since the round before, furthest first; empty without one
  bool compared = false;            // there was a round before with shown numbers
};

// `before` is the comparison of the previous round of the same study, or nullptr.
ReportContent report_content(const RoundView& view, const instruments::Comparison* before, const Subject& subject,
                             const SiteDescription& site, const PurposeWords& purpose,
                             const std::vector<Point>& points);

}  // namespace cairn::evaluation
