// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/model.hpp"
#include "evaluation/thresholds.hpp"
#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::evaluation {

// Why a statement comes up. Source: the published study's own reading of its tables (what is missing and wanted, where
// groups differ, what people chose); the thresholds are ours.
enum class Rule { missing_and_matters, groups_disagree, in_top_three };
std::string_view code(Rule rule);

// The widest gap between the means of two shown groups of one axis.
struct Gap {
  std::size_t item = 0;
  instruments::Axis axis = instruments::Axis::all;
  std::string higher;
  std::string lower;
  std::int64_t higher_tenths = 0;
  std::int64_t lower_tenths = 0;
  std::int64_t tenths() const { return higher_tenths - lower_tenths; }
  bool operator==(const Gap&) const = default;
};

// One statement as it stands for one subject, from shown cells only.
struct Finding {
  std::size_t item = 0;
  std::int64_t in_place = 0;  // yes and partly
  std::int64_t answers_a = 0;
  std::optional<std::int64_t> mean_tenths;
  std::int64_t top3 = 0;
  std::int64_t people = 0;
  bool low_presence = false;
  bool high_presence = false;
  std::vector<Rule> rules;              // in the order of Rule, none twice
  std::vector<std::string> matters_to;  // groups for whom it matters and is missing, the subject left out
  std::optional<Gap> widest;            // only with groups_disagree
  bool has(Rule rule) const;
};

// What can be said of every statement the subject's row shows, in the order of the statements; none where the subject
// is hidden or absent.
//
// missing_and_matters: fewer than the low share of those who answered say yes or partly, and it matters (mean at or
// above the
//   threshold) to the subject, or to another shown group. For everyone, the group may be the one that misses it, too.
//   For a site, the other groups are the stakeholder groups of the whole study: no table of a site by group exists, so
//   that small numbers stay safe.
// groups_disagree: two shown groups of one axis (for a site: of the stakeholder groups) lie at least the threshold
// apart. in_top_three: named by two people or more, and by no fewer than the third most often named statement of the
// subject. Nobody's answer is never a low one: without answers there is neither low nor high presence.
std::vector<Finding> findings(const instruments::Comparison& comparison, const Subject& subject,
                              const Thresholds& thresholds);

// Three to five to talk about, out of those with a rule met: most rules first, then most often among the top three,
// then the higher mean, then the number. After three it goes on, to five at most, while the next meets as many rules as
// the third.
std::vector<Finding> priorities(const std::vector<Finding>& findings);

// High presence and high importance, highest mean first, five at most. A statement whose presence is contested for
// `context` is none.
std::vector<Finding> strengths(const std::vector<Finding>& findings, const instruments::Instrument& instrument,
                               std::string_view context, const Thresholds& thresholds);

// The statements on which an axis' shown groups lie at least the threshold apart, widest first.
std::vector<Gap> disagreements(const instruments::Comparison& comparison, instruments::Axis axis,
                               const Thresholds& thresholds);

// The contested statements of `context` with a shown row and an answer: to be asked about, whether few or many say that
// it happens.
std::vector<Finding> questions(const std::vector<Finding>& findings, const instruments::Instrument& instrument,
                               std::string_view context);

}  // namespace cairn::evaluation
