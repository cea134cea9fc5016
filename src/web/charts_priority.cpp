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

std::string name_of(const StatementPoint& point) {
  return point.code + " " + point.label;
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
  return {{wide ? 62.0 : 24.0, 34, wide ? 560.0 : 272.0, wide ? 370.0 : 310.0}, lowest};
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

  // The label at the first free spot; nothing where there is none.
  Html put(const StatementPoint& point, const std::string& label) {
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

// The tinted region with its name: inside, or above the field where a dot stands in the way.
Html region_of(const Language& say, const PriorityChart& chart, const Field& field, Place place, Labels& labels) {
  const auto right = field.x(chart.in_place_under_percent);
  const auto bottom = field.y(chart.matters_from_tenths);
  const auto name = say("chart.region");
  Box box{field.box.x + 10, field.box.y + 6, width_of_words(name, place), 20};
  const auto in_the_way = [&](const StatementPoint& point) {
    return is_drawn(point) && box.overlaps(box_of_dot(field, point, large_radius));
  };
  if (std::ranges::any_of(chart.points, in_the_way)) box.y = field.box.y - 32;
  labels.keep_clear(box);
  return rectangle({field.box.x, field.box.y, right - field.box.x, bottom - field.box.y}, region, 6) +
         words(box.x, box.y + 15, name, place, {Anchor::start, "region"});
}

struct Priorities {
  Plate plate;
  bool all_named = true;  // every dot of the region has its whole name beside it
};

Priorities draw_priority(const Language& say, const PriorityChart& chart, Place place) {
  const auto field = field_of(chart, place);
  Labels labels(field, place);
  auto marks = region_of(say, chart, field, place, labels) + axes(say, field, place);
  Html dots, named;
  std::vector<const StatementPoint*> outstanding;
  for (const auto& point : chart.points) {
    if (!is_drawn(point)) continue;
    const bool out = stands_out(chart, point);
    const auto r = out ? large_radius : radius;
    labels.keep_clear(box_of_dot(field, point, r));
    dots += circle(field.x(*point.in_place_percent), field.y(*point.importance_tenths), r, out ? clay : lichen);
    if (out) outstanding.push_back(&point);
  }
  // From the most important down: where room runs out, the least important go without.
  std::ranges::sort(outstanding, [](const StatementPoint* a, const StatementPoint* b) {
    return *a->importance_tenths != *b->importance_tenths ? *a->importance_tenths > *b->importance_tenths : a < b;
  });
  bool all_named = true;
  for (const auto* point : outstanding) {
    auto whole = place == Place::wide ? labels.put(*point, name_of(*point)) : Html();
    if (whole.empty()) {
      all_named = false;
      whole = labels.put(*point, point->code);
    }
    named += whole;
  }
  return {{marks + named + dots, field.box.y + field.box.height + 56}, all_named};
}

// Where the drawing has room for codes only, as on a phone, what they mean stands under it.
Html names_below(const PriorityChart& chart, bool all_named) {
  const auto item = [&](const StatementPoint& point) {
    if (!stands_out(chart, point)) return Html();
    return tag("li", {}, point.path.empty() ? text(name_of(point)) : link(name_of(point), point.path));
  };
  const auto items = each(chart.points, item);
  const auto* shown = all_named ? "cairn-chart__names cairn-chart__names--narrow" : "cairn-chart__names";
  return items.empty() ? Html() : tag("ul", {{"class", shown}, {"role", "list"}}, items);
}

Table table_of(const Language& say, const PriorityChart& chart) {
  Table table{
      .caption = chart.words.title,
      .columns = {
          {say("chart.statement")}, {say("chart.in_place"), Column::number}, {say("chart.matters"), Column::number}}};
  for (const auto& point : chart.points) {
    const auto name = name_of(point);
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
                {.draw = [&](Place place, const std::string&) { return draw_priority(say, chart, place).plate; },
                 .sentences = std::move(sentences),
                 .below = names_below(chart, draw_priority(say, chart, Place::wide).all_named),
                 .table = table_of(say, chart),
                 .anything_drawn = std::ranges::any_of(chart.points, is_drawn)});
}

}  // namespace cairn::web
