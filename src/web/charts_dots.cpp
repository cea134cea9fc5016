// SPDX-License-Identifier: Apache-2.0
// Dots on a line: means beside the published ones, and change between two rounds.
#include <algorithm>
#include <cmath>

#include "web/charts_drawing.hpp"

namespace cairn::web {
namespace {

using namespace drawing;

constexpr double row_height = 34;

// The line a value stands on: from `low` to `high` between x = `left` and `right`.
struct Axis {
  double left, right;
  std::int64_t low, high;
  double x(std::int64_t value) const {
    return left + (right - left) * static_cast<double>(value - low) / static_cast<double>(high - low);
  }
};

// Labels stand above the line in a narrow place, left of it in a wide one.
constexpr double label_column = 210;
Axis axis_in(Place place, std::int64_t low, std::int64_t high) {
  return {place == Place::wide ? label_column + 44 : 42.0, width_of(place) - 46, low, high};
}

// The row's own words; answers the height of the line its dots stand on.
double label_row(Html& marks, std::string_view label, double top, Place place) {
  if (place == Place::narrow) {
    for (const auto& one : lines_of(label, width_of(place), place)) {
      top += 20;
      marks += words(0, top, one, place, {Anchor::start, "bold"});
    }
    return top + 20;
  }
  const auto lines = lines_of(label, label_column, place);
  auto y = top + row_height / 2 + 5;
  for (const auto& one : lines) {
    marks += words(0, y, one, place, {Anchor::start, "bold"});
    y += 19;
  }
  return top + row_height / 2;
}

double next_top(double line_y, std::string_view label, Place place) {
  if (place == Place::narrow) return line_y + 18;
  const auto lines = static_cast<double>(lines_of(label, label_column, place).size());
  return line_y + row_height / 2 + 19 * (lines - 1) + 4;
}

// Two values on one line, each with its number on the side away from the other.
struct Pair {
  std::optional<std::int64_t> filled;
  std::optional<std::int64_t> open;
};

Html value_at(double x, double y, bool on_the_right, const std::string& shown, Place place, std::string_view style) {
  return words(on_the_right ? x + 13 : x - 13, y + 5, shown, place,
               {on_the_right ? Anchor::start : Anchor::end, style, Halo::yes});
}

Html dots(const Pair& pair, const Axis& axis, double y, Place place,
          const std::function<std::string(std::int64_t)>& shown) {
  Html marks;
  const bool filled_right = !pair.open || !pair.filled || *pair.filled >= *pair.open;
  const bool alike = pair.open && pair.filled && *pair.open == *pair.filled;
  if (pair.open)
    marks += circle(axis.x(*pair.open), y, alike ? 10 : 7, outlined) +
             value_at(axis.x(*pair.open), y, pair.filled ? !filled_right : true, shown(*pair.open), place, "quiet");
  if (pair.filled)
    marks += circle(axis.x(*pair.filled), y, 7, moss) +
             value_at(axis.x(*pair.filled), y, filled_right, shown(*pair.filled), place, "bold");
  return marks;
}

KeyMark dot_key(const std::string& name, const Paint& paint) {
  return {name, [&paint](double x, double y) { return circle(x + 7, y, 6, paint); }};
}

// The scale under the rows; its ends in words where there are any.
double scale_under(Html& marks, const Axis& axis, double top, Place place, const std::vector<std::int64_t>& ticks,
                   const std::function<std::string(std::int64_t)>& shown) {
  marks += line(axis.left, top, axis.right, top, rule);
  for (const auto tick : ticks) {
    const auto anchor = tick == axis.low ? Anchor::start : tick == axis.high ? Anchor::end : Anchor::middle;
    const auto nudge = tick == axis.low ? -8.0 : tick == axis.high ? 8.0 : 0.0;
    marks += line(axis.x(tick), top, axis.x(tick), top + 5, rule) +
             words(axis.x(tick) + nudge, top + 22, shown(tick), place, {anchor, "quiet"});
  }
  return top + 28;
}

std::string mean_or_words(const Language& say, const std::optional<std::int64_t>& value, const char* otherwise) {
  return value ? tenths(*value) : say(otherwise);
}

Plate draw_means(const MeansChart& chart, Place place) {
  const auto axis = axis_in(place, 10, 40);
  const bool any_published =
      std::ranges::any_of(chart.rows, [](const MeanRow& row) { return row.tenths && row.published_tenths; });
  std::vector<KeyMark> names{dot_key(chart.here, moss)};
  if (any_published) names.push_back(dot_key(chart.published, outlined));
  auto plate = key(names, 0, place);
  double top = plate.height + 4;
  for (const auto& row : chart.rows) {
    if (!row.tenths) continue;
    const auto y = label_row(plate.marks, row.group, top, place);
    plate.marks +=
        line(axis.left, y, axis.right, y, hairline) + dots({row.tenths, row.published_tenths}, axis, y, place, tenths);
    top = next_top(y, row.group, place);
  }
  // In a narrow place the words at the ends need the room of the numbers between.
  const auto tick = [&](std::int64_t value) {
    if (place == Place::narrow && value != 10 && value != 40) return std::string();
    return value == 10 ? chart.low_end : value == 40 ? chart.high_end : std::to_string(value / 10);
  };
  plate.height = scale_under(plate.marks, axis, top + 4, place, {10, 20, 30, 40}, tick);
  return plate;
}

Table means_table(const Language& say, const MeansChart& chart) {
  Table table{.caption = chart.words.title, .columns = {{say("chart.group")}, {chart.here, Column::number}}};
  const bool has_published = !chart.published.empty();
  if (has_published) table.columns.push_back({chart.published, Column::number});
  for (const auto& row : chart.rows) {
    std::vector<Html> cells{text(row.group), text(mean_or_words(say, row.tenths, "chart.hidden_cell"))};
    if (has_published) cells.push_back(text(mean_or_words(say, row.published_tenths, "chart.none_cell")));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string shown_as(const Language& say, Measure measure, std::int64_t value) {
  return measure == Measure::percent ? say("chart.percent", {{"n", std::to_string(value)}}) : tenths(value);
}

Html change_marks(const ChangeRow& row, const Axis& axis, double y, Place place,
                  const std::function<std::string(std::int64_t)>& shown) {
  Html marks = line(axis.left, y, axis.right, y, hairline);
  if (row.before && row.after) {
    const auto from = axis.x(*row.before);
    const auto to = axis.x(*row.after);
    const double towards = to >= from ? 1 : -1;
    // Between dots that nearly touch there is no room for an arrow, and none is needed.
    if (std::abs(to - from) > 26)
      marks += line(from + towards * 7, y, to - towards * 14, y, arrow) + triangle(to - towards * 7, y, towards, arrow);
  }
  return marks + dots({row.after, row.before}, axis, y, place, shown);
}

Plate draw_change(const Language& say, const ChangeChart& chart, Place place) {
  const bool percent = chart.measure == Measure::percent;
  const auto axis = axis_in(place, percent ? 0 : 10, percent ? 100 : 40);
  const auto shown = [&](std::int64_t value) { return shown_as(say, chart.measure, value); };
  auto plate = key({dot_key(chart.before, outlined), dot_key(chart.after, moss)}, 0, place);
  double top = plate.height + 4;
  for (const auto& row : chart.rows) {
    if (!row.before && !row.after) continue;
    const auto y = label_row(plate.marks, row.label, top, place);
    plate.marks += change_marks(row, axis, y, place, shown);
    top = next_top(y, row.label, place);
  }
  const std::vector<std::int64_t> ticks =
      percent ? std::vector<std::int64_t>{0, 50, 100} : std::vector<std::int64_t>{10, 20, 30, 40};
  const auto tick = [&](std::int64_t value) { return percent ? shown(value) : std::to_string(value / 10); };
  plate.height = scale_under(plate.marks, axis, top + 4, place, ticks, tick);
  return plate;
}

}  // namespace

Html means_chart(const Language& say, const MeansChart& given) {
  auto chart = given;
  if (chart.here.empty()) chart.here = say("chart.here");
  if (chart.low_end.empty()) chart.low_end = say("chart.not_at_all");
  if (chart.high_end.empty()) chart.high_end = say("chart.extremely");
  std::vector<HiddenGroup> hidden;
  for (const auto& row : chart.rows)
    if (!row.tenths) hidden.push_back({row.group, row.hidden_why});
  return figure(say, chart.words,
                {.draw = [&](Place place, const std::string&) { return draw_means(chart, place); },
                 .sentences = hidden_sentences(say, hidden),
                 .table = means_table(say, chart),
                 .anything_drawn = hidden.size() < chart.rows.size()});
}

Html change_chart(const Language& say, const ChangeChart& chart) {
  std::vector<HiddenGroup> hidden;
  std::vector<std::string> one_only;
  Table table{.caption = chart.words.title,
              .columns = {{say("chart.group")}, {chart.before, Column::number}, {chart.after, Column::number}}};
  const auto cell = [&](const std::optional<std::int64_t>& value) {
    return text(value ? shown_as(say, chart.measure, *value) : say("chart.hidden_cell"));
  };
  for (const auto& row : chart.rows) {
    if (!row.before && !row.after)
      hidden.push_back({row.label, row.hidden_why});
    else if (!row.before || !row.after)
      one_only.push_back(say("chart.one_only", {{"label", row.label}}));
    table.rows.push_back({text(row.label), cell(row.before), cell(row.after)});
  }
  auto sentences = hidden_sentences(say, hidden);
  sentences.insert(sentences.end(), one_only.begin(), one_only.end());
  return figure(say, chart.words,
                {.draw = [&](Place place, const std::string&) { return draw_change(say, chart, place); },
                 .sentences = std::move(sentences),
                 .table = std::move(table),
                 .anything_drawn = hidden.size() < chart.rows.size()});
}

}  // namespace cairn::web
