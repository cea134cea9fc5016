// SPDX-License-Identifier: Apache-2.0
#include "web/charts_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/text.hpp"

namespace cairn::web::drawing {
namespace {

// One decimal, without a trailing ".0": as short as a pixel is exact.
std::string number(double value) {
  const auto in_tenths = std::llround(value * 10);
  auto out = std::to_string(in_tenths / 10);
  if (in_tenths < 0 && in_tenths > -10) out = "-0";
  if (in_tenths % 10 != 0) out += "." + std::to_string(std::abs(in_tenths % 10));
  return out;
}

std::string class_of(const Paint& paint) {
  return "mark mark--" + std::string(paint.name);
}

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::start:
      return "start";
    case Anchor::middle:
      return "middle";
    case Anchor::end:
      return "end";
  }
  return "start";
}

std::string words_class(const Style& style) {
  std::string out = "words";
  if (!style.name.empty()) out += " words--" + std::string(style.name);
  if (style.halo == Halo::yes) out += " words--halo";
  return out;
}

Html svg(const ChartWords& words, Place place, const Plate& plate) {
  const auto id = words.id + (place == Place::wide ? "-wide" : "-narrow");
  return tag("svg",
             {{"class", place == Place::wide ? "cairn-chart__wide" : "cairn-chart__narrow"},
              {"viewBox", "0 0 " + number(width_of(place)) + " " + number(plate.height)},
              {"width", number(width_of(place))},
              {"height", number(plate.height)},
              {"role", "img"},
              {"focusable", "false"},
              {"aria-labelledby", id + "-title " + id + "-words"}},
             tag("title", {{"id", id + "-title"}}, words.title),
             tag("desc", {{"id", id + "-words"}}, words.description), plate.marks);
}

void check_id(std::string_view id) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (id.empty() || !std::ranges::all_of(id, fits))
    throw std::logic_error("a chart's id is made of letters, digits and '-'");
}

}  // namespace

double width_of(Place place) {
  return place == Place::wide ? 640 : 312;
}
double letter_size(Place place) {
  return place == Place::wide ? 15.5 : 15;
}

bool Box::overlaps(const Box& other) const {
  return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
}

Html rectangle(const Box& box, const Paint& paint, double corner) {
  return tag("rect", {{"class", class_of(paint)},
                      {"x", number(box.x)},
                      {"y", number(box.y)},
                      {"width", number(box.width)},
                      {"height", number(box.height)},
                      Attribute::if_any("rx", corner > 0 ? number(corner) : ""),
                      {"fill", paint.fill},
                      {"stroke", paint.stroke}});
}

Html circle(double x, double y, double radius, const Paint& paint) {
  return tag("circle", {{"class", class_of(paint)},
                        {"cx", number(x)},
                        {"cy", number(y)},
                        {"r", number(radius)},
                        {"fill", paint.fill},
                        {"stroke", paint.stroke}});
}

Html line(double x1, double y1, double x2, double y2, const Paint& paint) {
  return tag("line", {{"class", class_of(paint)},
                      {"x1", number(x1)},
                      {"y1", number(y1)},
                      {"x2", number(x2)},
                      {"y2", number(y2)},
                      {"stroke", paint.stroke}});
}

Html triangle(double tip_x, double tip_y, double towards, const Paint& paint) {
  const auto back = number(tip_x - towards * 8);
  return tag("path", {{"class", class_of(paint)},
                      {"d", "M" + number(tip_x) + " " + number(tip_y) + "L" + back + " " + number(tip_y - 5) + "L" +
                                back + " " + number(tip_y + 5) + "z"},
                      {"fill", paint.fill}});
}

Html words(double x, double y, std::string_view what, Place place, const Style& style) {
  return tag("text",
             {{"class", words_class(style)},
              {"x", number(x)},
              {"y", number(y)},
              {"font-size", number(letter_size(place))},
              {"text-anchor", name_of(style.anchor)}},
             what);
}

double width_of_words(std::string_view what, Place place) {
  return static_cast<double>(characters(what)) * letter_size(place) * 0.56;
}

std::vector<std::string> lines_of(std::string_view what, double room, Place place) {
  std::vector<std::string> lines;
  for (const auto word : split(what, ' ')) {
    if (!lines.empty() && width_of_words(lines.back() + " " + std::string(word), place) <= room)
      lines.back() += " " + std::string(word);
    else
      lines.emplace_back(word);
  }
  return lines;
}

Html pattern_definitions(std::string_view id) {
  const auto pattern = [&](const char* name, std::string_view drawn) {
    return tag("pattern",
               {{"id", std::string(id) + "-" + name}, {"width", 7}, {"height", 7}, {"patternUnits", "userSpaceOnUse"}},
               tag("path", {{"d", drawn}, {"stroke", "#20292b"}, {"stroke-width", "1"}, {"fill", "none"}}));
  };
  return tag("defs", {}, pattern("stripes", "M-2 9L9-2M-2 2L2-2M5 9L9 5"), pattern("bars", "M0 2H7M0 5.5H7"));
}

Html patterned(const Box& box, std::string_view id, std::string_view pattern) {
  return tag("rect", {{"class", "mark-pattern"},
                      {"x", number(box.x)},
                      {"y", number(box.y)},
                      {"width", number(box.width)},
                      {"height", number(box.height)},
                      {"fill", "url(#" + std::string(id) + "-" + std::string(pattern) + ")"}});
}

Plate key(const std::vector<KeyMark>& marks, double top, Place place) {
  constexpr double sample = 14, gap = 7, between = 18, line_height = 24;
  Plate plate;
  double x = 0;
  double y = top + line_height / 2;
  for (const auto& mark : marks) {
    const auto wide = sample + gap + width_of_words(mark.words, place);
    if (x > 0 && x + wide > width_of(place)) {
      x = 0;
      y += line_height;
    }
    plate.marks += mark.sample(x, y) + words(x + sample + gap, y + 5, mark.words, place);
    x += wide + between;
  }
  plate.height = y + line_height / 2;
  return plate;
}

Html figure(const Language& say, const ChartWords& words, const Figure& figure) {
  check_id(words.id);
  Html drawn;
  if (figure.anything_drawn)
    for (const auto place : {Place::narrow, Place::wide})
      drawn += svg(words, place, figure.draw(place, words.id + (place == Place::wide ? "-wide" : "-narrow")));
  const auto sentence = [](const std::string& one) { return tag("p", {{"class", "cairn-quiet"}}, one); };
  return tag("figure", {{"class", "cairn-chart"}, {"id", words.id}},
             tag("figcaption", {{"class", "cairn-chart__title"}}, words.title),
             tag("div", {{"class", "cairn-chart__drawing"}}, drawn, figure.below),
             words.note.empty() ? Html() : sentence(words.note), each(figure.sentences, sentence),
             details(say("chart.table"), web::table(figure.table)));
}

std::vector<std::string> hidden_sentences(const Language& say, const std::vector<HiddenGroup>& hidden) {
  std::vector<std::string> reasons;
  for (const auto& group : hidden)
    if (std::ranges::find(reasons, group.why) == reasons.end()) reasons.push_back(group.why);
  std::vector<std::string> sentences;
  for (const auto& why : reasons) {
    std::vector<std::string> names;
    for (const auto& group : hidden)
      if (group.why == why) names.push_back(group.name);
    sentences.push_back(say("chart.hidden", {{"group", say.list(names)}, {"why", why}}));
  }
  return sentences;
}

std::string tenths(std::int64_t value) {
  return std::to_string(value / 10) + "." + std::to_string(value % 10);
}

}  // namespace cairn::web::drawing
