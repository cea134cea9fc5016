// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::evaluation {

// How firmly a point of guidance stands. Source: the kinds of the guidance file.
enum class Footing {
  reported,  // I: on something the study reports for this statement and kind of site
  table,     // T: read from its tables
  general,   // G: a finding that is general, applied here by us
  none       // what was found, how to read it: no advice
};
std::string_view code(Footing footing);  // "I", "T", "G", ""

// One line of content/guidance/*.csv.
struct Point {
  std::string item;   // "4.1"
  std::string where;  // found reading facilitator barrier, nhs partnership voluntary, inpatient community bme
  int order = 1;
  Footing footing = Footing::none;
  std::string source;
  std::string text;
};

// The word of the programme that stands in the guidance in its usual form.
inline constexpr std::string_view words_of_guidance = "worker";

std::optional<Footing> footing_from_code(std::string_view code);
bool is_place(std::string_view where);  // one of those above

// What kind of site advice is for. Empty where it is not known, or where the report is about everyone.
struct Place {
  std::string context;                // nhs partnership voluntary
  std::vector<std::string> settings;  // inpatient community bme
};

// The guidance for one statement that fits a place.
struct Advice {
  std::string found;    // what the study found
  std::string reading;  // how to take a low score
  std::vector<Point>
      for_the_site;            // by context, then settings; firm points first, then those marked as weaker (T, then G)
  std::vector<Point> helps;    // facilitators, general
  std::vector<Point> hinders;  // barriers, general
};
Advice advice(const std::vector<Point>& points, std::string_view item, const Place& place);

// True for points that must be shown after the others and marked.
bool is_weaker(const Point& point);

}  // namespace cairn::evaluation
