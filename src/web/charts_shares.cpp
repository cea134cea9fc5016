// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "web/charts_drawing.hpp"

namespace cairn::web {
namespace {

using namespace drawing;

bool is_drawn(const ShareRow& row) {
  return row.done && row.of && *row.of > 0;
}

std::string in_words(const Language& say, const ShareRow& row) {
  return say("chart.share_of", {{"done", say.number(*row.done)}, {"of", say.number(*row.of)}});
}

// Short names stand before their bars, long ones above them; all alike, so that the bars begin in one line.
Plate draw_shares(const Language& say, const ShareBars& chart, Place place) {
  constexpr double bar_height = 14, gap = 12;
  double longest_label = 0, longest_value = 0;
  for (const auto& row : chart.rows) {
    if (!is_drawn(row)) continue;
    longest_label = std::max(longest_label, width_of_words(row.label, place));
    longest_value = std::max(longest_value, width_of_words(in_words(say, row), place));
  }
  const bool beside = longest_label <= width_of(place) * 0.4;
  const auto left = beside ? longest_label + gap : 0;
  const auto length = width_of(place) - left - longest_value - gap;
  Plate plate;
  double y = 6;
  for (const auto& row : chart.rows) {
    if (!is_drawn(row)) continue;
    if (beside) {
      plate.marks += words(0, y + bar_height / 2 + 5, row.label, place);
    } else {
      for (const auto& one : lines_of(row.label, width_of(place), place)) {
        plate.marks += words(0, y + 12, one, place);
        y += 19;
      }
      y += 2;
    }
    const auto done = std::clamp(static_cast<double>(*row.done) / static_cast<double>(*row.of), 0.0, 1.0) * length;
    plate.marks += rectangle({left, y, length, bar_height}, mist, 4);
    if (done > 0) plate.marks += rectangle({left, y, std::max(done, 4.0), bar_height}, moss, 4);
    plate.marks += words(width_of(place), y + bar_height / 2 + 5, in_words(say, row), place, {Anchor::end, "quiet"});
    y += bar_height + (beside ? 18 : 14);
  }
  plate.height = y;
  return plate;
}

Table table_of(const Language& say, const ShareBars& chart) {
  Table table{
      .caption = chart.words.title,
      .columns = {{say("chart.group")}, {say("chart.done"), Column::number}, {say("chart.share"), Column::number}}};
  for (const auto& row : chart.rows) {
    if (is_drawn(row)) {
      const auto percent = (200 * *row.done + *row.of) / (2 * *row.of);
      table.rows.push_back(
          {text(row.label), text(in_words(say, row)), text(say("chart.percent", {{"n", std::to_string(percent)}}))});
    } else {
      const auto why = text(say(row.done && row.of ? "chart.nothing_cell" : "chart.hidden_cell"));
      table.rows.push_back({text(row.label), why, why});
    }
  }
  return table;
}

}  // namespace

Html share_bars(const Language& say, const ShareBars& chart) {
  std::vector<HiddenGroup> hidden;
  std::vector<std::string> nothing;
  for (const auto& row : chart.rows) {
    if (!row.done || !row.of)
      hidden.push_back({row.label, row.hidden_why});
    else if (*row.of == 0)
      nothing.push_back(say("chart.nothing_to_count", {{"label", row.label}}));
  }
  auto sentences = hidden_sentences(say, hidden);
  sentences.insert(sentences.end(), nothing.begin(), nothing.end());
  return figure(say, chart.words,
                {.draw = [&](Place place, const std::string&) { return draw_shares(say, chart, place); },
                 .sentences = std::move(sentences),
                 .table = table_of(say, chart),
                 .anything_drawn = std::ranges::any_of(chart.rows, is_drawn)});
}

}  // namespace cairn::web
