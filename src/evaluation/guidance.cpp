// SPDX-License-Identifier: Apache-2.0
#include "evaluation/guidance.hpp"

#include <algorithm>
#include <array>

namespace cairn::evaluation {
namespace {

constexpr std::array<std::string_view, 10> known_places{"found",       "reading",   "facilitator", "barrier",   "nhs",
                                                        "partnership", "voluntary", "inpatient",   "community", "bme"};

}  // namespace

std::string_view code(Footing footing) {
  constexpr std::array<std::string_view, 4> codes{"I", "T", "G", ""};
  return codes[static_cast<std::size_t>(footing)];
}

std::optional<Footing> footing_from_code(std::string_view code) {
  for (const auto footing : {Footing::reported, Footing::table, Footing::general, Footing::none})
    if (evaluation::code(footing) == code) return footing;
  return std::nullopt;
}

bool is_place(std::string_view where) {
  return std::find(known_places.begin(), known_places.end(), where) != known_places.end();
}

Advice advice(const std::vector<Point>& points, std::string_view item, const Place& place) {
  Advice chosen;
  for (const auto& point : points) {
    if (point.item != item) continue;
    const bool fits = (!place.context.empty() && point.where == place.context) ||
                      std::find(place.settings.begin(), place.settings.end(), point.where) != place.settings.end();
    if (point.where == "found") chosen.found = point.text;
    if (point.where == "reading") chosen.reading = point.text;
    if (point.where == "facilitator") chosen.helps.push_back(point);
    if (point.where == "barrier") chosen.hinders.push_back(point);
    if (fits) chosen.for_the_site.push_back(point);
  }
  const auto firm_first = [&](const Point& one, const Point& other) {
    if (one.footing != other.footing) return one.footing < other.footing;
    return (one.where == place.context) > (other.where == place.context);
  };
  std::stable_sort(chosen.for_the_site.begin(), chosen.for_the_site.end(), firm_first);
  const auto by_footing = [](const Point& one, const Point& other) { return one.footing < other.footing; };
  std::stable_sort(chosen.helps.begin(), chosen.helps.end(), by_footing);
  std::stable_sort(chosen.hinders.begin(), chosen.hinders.end(), by_footing);
  return chosen;
}

bool is_weaker(const Point& point) {
  return point.footing == Footing::table || point.footing == Footing::general;
}

}  // namespace cairn::evaluation
