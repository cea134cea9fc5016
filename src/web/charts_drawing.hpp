// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "web/charts.hpp"
#include "web/components_lists.hpp"

// What the charts are drawn with. For charts_*.cpp only. Lengths are in units of the viewBox, about a CSS pixel each.
namespace cairn::web::drawing {

// A chart is drawn for a narrow and for a wide place; the style sheet shows the one that fits.
enum class Place { narrow, wide };
double width_of(Place place);     // 312, 640
double letter_size(Place place);  // of all words in the drawing

// How a mark looks: a class for the style sheet (dark mode, forced colours, print), and colours for where there is
// none.
struct Paint {
  std::string_view name;
  std::string_view fill;
  std::string_view stroke = "none";
};
inline constexpr Paint moss{"moss", "#2c5a4c"};
inline constexpr Paint lichen{"lichen", "#8fae9b"};
inline constexpr Paint clay{"clay", "#9a4a26"};
inline constexpr Paint mist{"mist", "#e6ede8"};
inline constexpr Paint region{"region", "#f4e7de"};
inline constexpr Paint outlined{"outlined", "#ffffff", "#5b6468"};
inline constexpr Paint rule{"rule", "none", "#5b6468"};
inline constexpr Paint hairline{"hairline", "none", "#d9d3c6"};
inline constexpr Paint arrow{"arrow", "#2c5a4c", "#2c5a4c"};

struct Box {
  double x, y, width, height;
  bool overlaps(const Box& other) const;
};

Html rectangle(const Box& box, const Paint& paint, double corner = 0);
Html circle(double x, double y, double radius, const Paint& paint);
Html line(double x1, double y1, double x2, double y2, const Paint& paint);
Html triangle(double tip_x, double tip_y, double towards, const Paint& paint);  // `towards` 1: points right, -1: left

enum class Anchor { start, middle, end };
enum class Halo { no, yes };  // yes: what runs behind the words keeps a little distance
struct Style {
  Anchor anchor = Anchor::start;
  std::string_view name = {};  // class besides the text's own: "quiet", "bold", "on-moss", "clay"
  Halo halo = Halo::no;
};
Html words(double x, double y, std::string_view what, Place place, const Style& style = {});
// A generous estimate of how wide a text will be.
double width_of_words(std::string_view what, Place place);
// In lines no wider than `room`, broken between words.
std::vector<std::string> lines_of(std::string_view what, double room, Place place);

// Stripes or dots over a mark, shown in print and forced colours only. `id` is unique on the page.
Html pattern_definitions(std::string_view id);
Html patterned(const Box& box, std::string_view id, std::string_view pattern);

// The names of the marks in a line (or more, where there is no room), each after a sample of the mark.
struct KeyMark {
  std::string words;
  std::function<Html(double x, double y)> sample;  // 14 wide, centred on y
};
struct Plate {
  Html marks;
  double height = 0;
};
Plate key(const std::vector<KeyMark>& marks, double top, Place place);

struct Figure {
  std::function<Plate(Place, const std::string& id)> draw;
  std::vector<std::string> sentences = {};  // for what is not drawn
  Html below = {};                          // after the drawing, narrow places only
  Table table;
  bool anything_drawn = true;  // without it there is no drawing, only the sentences and the table
};
Html figure(const Language& say, const ChartWords& words, const Figure& figure);

// "Volunteers and sponsors: not shown. Why." once for each reason, in the order they came.
struct HiddenGroup {
  std::string name;
  std::string why;
};
std::vector<std::string> hidden_sentences(const Language& say, const std::vector<HiddenGroup>& hidden);

std::string tenths(std::int64_t value);  // 34 is "3.4"

}  // namespace cairn::web::drawing
