// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/model.hpp"
#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"
#include "instruments/reasons.hpp"

namespace cairn::evaluation {

// Words somebody wrote, as they may be shown in one place.
struct ShownWords {
  std::string item;   // id of the statement; "" for anything else they said
  std::string tone;   // "well", "hard", "both" or ""
  std::string words;  // with names and places struck out
  Subject beside;     // whom they are said to come from; everyone: "somebody who answered"
  bool operator==(const ShownWords&) const = default;
};

// What of people's words may stand in something about `about`, a site or everyone, in the order of the statements; what
// is about none comes last.
//
// Only words that a reviewer let be shown. Nothing where the comparison hides everyone, or the site. Words stand beside
// one thing at most, the one the reviewer chose, and beside it alone:
// - their stakeholder group, about everyone, where both the group and its row of the statement are shown;
// - their site, about that site, where both the site and its row of the statement are shown. Other words are not in
//   something about a site at all, since being there would tell where they were written; unless the site is all there
//   is, and so tells nothing.
// Else "somebody who answered". Words about no statement never stand beside a group, for no row says how many are
// behind them.
std::vector<ShownWords> shown_words(const std::vector<instruments::KeptReason>& reasons,
                                    const instruments::Instrument& instrument,
                                    const instruments::Comparison& comparison, const Subject& about);

}  // namespace cairn::evaluation
