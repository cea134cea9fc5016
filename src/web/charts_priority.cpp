// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "web/charts_drawing.hpp"

namespace cairn::web {
namespace {

using namespace drawing;

bool is_drawn(const StatementPoint& point) {
  return point.in_place_percent && point.importance_tenths;
}

bool stands_out(const PriorityChart& chart, const StatementPoint& point) {
  return is_drawn(point) && *point.importance_tenths >= chart.matters_from_tenths &&
         *point.in_place_percent < chart.in_place_under_percent;
}

// The field the dots stand in.
struct Field {
  Box box;
  std::int64_t lowest;  // tenths at the bottom; 40 at the top
  double x(std::int64_t percent) const { return box.x + box.width * static_cast<double>(percent) / 100; }
  double y(std::int64_t mean) const {
    return box.y + box.height * static_cast<double>(40 - mean) / static_cast<double>(40 - lowest);
  }
};

constexpr double radius = 7, large_radius = 9;

Field field_of(const PriorityChart& chart, Place place) {
  std::int64_t lowest = 20;
  for (const auto& point : chart.points)
    if (is_drawn(point) && *point.importance_tenths < 20) lowest = 10;
  const bool wide = place == Place::wide;
  // Room above and right of the field, so that a dot at the very end of a scale is whole.
  return {{wide ? 70.0 : 34.0, 14, wide ? 546.0 : 308.0, wide ? 380.0 : 330.0}, lowest};
}

Html axes(const Language& say, const Field& field, Place place) {
  const auto& box = field.box;
  const auto bottom = box.y + box.height;
  auto marks = line(box.x, box.y, box.x, bottom, rule) + line(box.x, bottom, box.x + box.width, bottom, rule);
  for (auto mean = field.lowest; mean <= 40; mean += 10)
    marks += words(box.x - 10, field.y(mean) + 5, std::to_string(mean / 10), place, {Anchor::end, "quiet"});
  for (const std::int64_t percent : {0, 50, 100})
    marks += words(field.x(percent), bottom + 21, say("chart.percent", {{"n", std::to_string(percent)}}), place,
                   {percent == 100 ? Anchor::end : Anchor::middle, "quiet"});
  marks += words(box.x + box.width / 2, bottom + 46, say("chart.in_place_axis"), place, {Anchor::middle, "quiet"});
  if (place == Place::wide)
    marks += tag(
        "g",
        {{"transform", "rotate(-90) translate(" + std::to_string(-static_cast<int>(box.y + box.height / 2)) + " 18)"}},
        words(0, 0, say("chart.matters_axis"), place, {Anchor::middle, "quiet"}));
  return marks;
}

Box box_of_dot(const Field& field, const StatementPoint& point, double r) {
  return {field.x(*point.in_place_percent) - r, field.y(*point.importance_tenths) - r, 2 * r, 2 * r};
}

// Where a label may stand: beside its dot, then above and below on either side, then further off with a line to the
// dot.
struct Spot {
  double dx, dy;
  bool to_the_right;
};
const std::vector<Spot>& spots() {
  static const std::vector<Spot> all = [] {
    std::vector<Spot> made{{14, 0, true}, {-14, 0, false}};
    for (const double dy : {16.0, 30.0, 46.0, 64.0, 84.0})
      for (const double sign : {-1.0, 1.0})
        for (const bool right : {true, false}) made.push_back({right ? 14.0 : -14.0, sign * dy, right});
    return made;
  }();
  return all;
}

class Labels {
 public:
  Labels(const Field& field, Place place) : field_(field), place_(place) {}
  void keep_clear(const Box& box) { taken_.push_back(box); }

  // The label at the first free spot, a shorter text where the long one fits nowhere; nothing where neither does.
  Html put(const StatementPoint& point, const std::vector<std::string>& from_long_to_short) {
    for (const auto& label : from_long_to_short)
      for (const auto& spot : spots())
        if (const auto box = box_at(point, label, spot); is_free(box)) {
          taken_.push_back(box);
          return drawn(point, label, spot);
        }
    return {};
  }

 private:
  Box box_at(const StatementPoint& point, const std::string& label, const Spot& spot) const {
    const auto wide = width_of_words(label, place_);
    const auto x = field_.x(*point.in_place_percent) + spot.dx;
    const auto y = field_.y(*point.importance_tenths) + spot.dy;
    return {spot.to_the_right ? x : x - wide, y - 9, wide, 18};
  }
  bool is_free(const Box& box) const {
    const auto& f = field_.box;
    const bool inside = box.x >= f.x + 3 && box.x + box.width <= width_of(place_) && box.y >= f.y - 10 &&
                        box.y + box.height <= f.y + f.height;
    return inside && std::ranges::none_of(taken_, [&](const Box& other) { return box.overlaps(other); });
  }
  Html drawn(const StatementPoint& point, const std::string& label, const Spot& spot) const {
    const auto x = field_.x(*point.in_place_percent);
    const auto y = field_.y(*point.importance_tenths);
    const auto anchor = spot.to_the_right ? Anchor::start : Anchor::end;
    auto marks = words(x + spot.dx, y + spot.dy + 5, label, place_, {anchor, "label"});
    if (spot.dy > 20 || spot.dy < -20) marks = line(x, y, x + spot.dx, y + spot.dy, hairline) + marks;
    return marks;
  }
  const Field& field_;
  Place place_;
  std::vector<Box> taken_;
};

Html region_of(const Language& say, const PriorityChart& chart, const Field& field, Place place, Labels& labels) {
  const auto right = field.x(chart.in_place_under_percent);
  const auto bottom = field.y(chart.matters_from_tenths);
  const auto name = say("chart.region");
  // The name stands inside the region where it fits, at the field's top otherwise; labels keep clear of it either way.
  const Box box{field.box.x + 10, field.box.y + 6, width_of_words(name, place), 20};
  labels.keep_clear(box);
  return rectangle({field.box.x, field.box.y, right - field.box.x, bottom - field.box.y}, region, 6) +
         words(box.x, box.y + 15, name, place, {Anchor::start, "region"});
}

Plate draw_priority(const Language& say, const PriorityChart& chart, Place place) {
  const auto field = field_of(chart, place);
  Labels labels(field, place);
  auto marks = region_of(say, chart, field, place, labels) + axes(say, field, place);
  Html dots, named;
  for (const auto& point : chart.points) {
    if (!is_drawn(point)) continue;
    const bool out = stands_out(chart, point);
    const auto r = out ? large_radius : radius;
    labels.keep_clear(box_of_dot(field, point, r));
    dots += circle(field.x(*point.in_place_percent), field.y(*point.importance_tenths), r, out ? clay : lichen);
  }
  // From the most important down: where room runs out, the least important go without.
  std::vector<const StatementPoint*> outstanding;
  for (const auto& point : chart.points)
    if (stands_out(chart, point)) outstanding.push_back(&point);
  std::ranges::stable_sort(outstanding,
                           [](const auto* a, const auto* b) { return *a->importance_tenths > *b->importance_tenths; });
  for (const auto* point : outstanding) {
    const auto whole = point->code + " " + point->label;
    named += labels.put(*point, place == Place::wide ? std::vector<std::string>{whole, point->code}
                                                     : std::vector<std::string>{point->code});
  }
  return {marks + dots + named, field.box.y + field.box.height + 56};
}

// On a phone the drawing has room for the codes only; what they mean stands under it.
Html names_below(const PriorityChart& chart) {
  const auto item = [&](const StatementPoint& point) {
    if (!stands_out(chart, point)) return Html();
    const auto name = point.code + " " + point.label;
    return tag("li", {}, point.path.empty() ? text(name) : link(name, point.path));
  };
  const auto items = each(chart.points, item);
  return items.empty() ? Html() : tag("ul", {{"class", "cairn-chart__names"}, {"role", "list"}}, items);
}

Table table_of(const Language& say, const PriorityChart& chart) {
  Table table{
      .caption = chart.words.title,
      .columns = {
          {say("chart.statement")}, {say("chart.in_place"), Column::number}, {say("chart.matters"), Column::number}}};
  for (const auto& point : chart.points) {
    const auto name = point.code + " " + point.label;
    const auto hidden = text(say("chart.hidden_cell"));
    // A point half known is not drawn, so half of it is not told either.
    table.rows.push_back(
        {point.path.empty() ? text(name) : link(name, point.path),
         is_drawn(point) ? text(say("chart.percent", {{"n", std::to_string(*point.in_place_percent)}})) : hidden,
         is_drawn(point) ? text(tenths(*point.importance_tenths)) : hidden});
  }
  return table;
}

}  // namespace

Html priority_chart(const Language& say, const PriorityChart& chart) {
  const auto hidden = std::ranges::count_if(chart.points, [](const auto& point) { return !is_drawn(point); });
  std::vector<std::string> sentences{say("chart.region_is", {{"from", tenths(chart.matters_from_tenths)},
                                                             {"under", std::to_string(chart.in_place_under_percent)}})};
  if (hidden > 0) sentences.push_back(say.count("chart.points_hidden", hidden));
  return figure(say, chart.words,
                {.draw = [&](Place place, const std::string&) { return draw_priority(say, chart, place); },
                 .sentences = std::move(sentences),
                 .below = names_below(chart),
                 .table = table_of(say, chart),
                 .anything_drawn = std::ranges::any_of(chart.points, is_drawn)});
}

}  // namespace cairn::web
