// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/html.hpp"
#include "web/language.hpp"

namespace cairn::web {

// Charts as SVG drawn by the program. Each is a <figure>: its title, one drawing for a narrow and one for a wide place
// (only one of which is shown), sentences for what is hidden, and the same numbers as a table one tap away.
//
// Nothing is drawn for a value that is absent: hidden rows become a sentence, their numbers appear nowhere in the
// bytes. `id` must be unique on the page and made of letters, digits and '-'.

struct ChartWords {
  std::string id;
  std::string title;        // what it shows: "What happens here, by group"
  std::string description;  // what there is to see in it, in a sentence, for someone who does not see it
  std::string note = {};    // shown under the drawing; may be empty
};

// Answers in the order yes, partly, no, don't know, not relevant. Counts of people; nothing where hidden.
struct AnswerBar {
  std::string group;
  std::optional<std::array<std::int64_t, 5>> counts;
  std::string hidden_why = {};  // "Fewer than five people": only where there are no counts
};
struct AnswersChart {
  ChartWords words;
  std::array<std::string, 5> labels = {};  // empty: Yes, Partly, No, Don't know, Not relevant
  std::vector<AnswerBar> bars;
};
// Diverging: yes and partly to the right of the middle line, no to the left; don't know and not relevant outlined at
// the far right. Lengths are shares of all answers in the group; a group without any answer is a sentence, not an empty
// bar.
Html answers_chart(const Language& say, const AnswersChart& chart);

// Means of 1 to 4 in tenths (34 is 3.4).
struct MeanRow {
  std::string group;
  std::optional<std::int64_t> tenths;
  std::optional<std::int64_t> published_tenths = {};  // the published study's, drawn as an open circle
  std::string hidden_why = {};
};
struct MeansChart {
  ChartWords words;
  std::string here = {};       // name of the filled dot: "Here"; empty takes the default text
  std::string published = {};  // name of the open circle: "2014 study"
  std::string low_end = {};    // "Not at all"
  std::string high_end = {};   // "Extremely"
  std::vector<MeanRow> rows;
};
Html means_chart(const Language& say, const MeansChart& chart);

// One statement: how far it is in place (whole per cent of answers yes or partly) and how much it matters (mean in
// tenths, 10 to 40).
struct StatementPoint {
  std::string code;   // "4.4"
  std::string label;  // "Colleagues are trained"
  std::optional<std::int64_t> in_place_percent;
  std::optional<std::int64_t> importance_tenths;
  std::string path = {};  // where a tap on its label in the table leads
};
struct PriorityChart {
  ChartWords words;
  std::int64_t matters_from_tenths = 30;     // the tinted region: at least this important ...
  std::int64_t in_place_under_percent = 50;  // ... and in place for fewer than this
  std::vector<StatementPoint> points;
};
// Points inside the region are clay and labelled beside the dot, without overlap; the rest are lichen. The region is
// named with its threshold.
Html priority_chart(const Language& say, const PriorityChart& chart);

enum class Measure { percent, mean_tenths };
struct ChangeRow {
  std::string label;
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  std::string hidden_why = {};
};
struct ChangeChart {
  ChartWords words;
  Measure measure = Measure::percent;
  std::string before;  // "Spring 2026"
  std::string after;
  std::vector<ChangeRow> rows;
};
// An open circle before, a filled dot after, an arrow between. A row with one value alone shows that one and says so in
// the table.
Html change_chart(const Language& say, const ChangeChart& chart);

// Shares: `done` of `of`. Where `of` is 0 or a value is absent there is no bar: nothing to count is not nothing done.
struct ShareRow {
  std::string label;
  std::optional<std::int64_t> done;
  std::optional<std::int64_t> of;
  std::string hidden_why = {};
};
struct ShareBars {
  ChartWords words;
  std::vector<ShareRow> rows;
};
Html share_bars(const Language& say, const ShareBars& chart);

}  // namespace cairn::web
