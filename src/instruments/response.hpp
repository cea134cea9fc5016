// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::instruments {

// Question A, "Is this happening here?". The first is "not answered", which is no answer and counts nowhere.
enum class Presence : std::uint8_t { unanswered, yes, partly, no, dont_know, not_relevant };
// Question B, "How important is it?". Scores 1 to 4 are the numbers of their enumerators.
enum class Importance : std::uint8_t { unanswered, not_at_all, not_very, quite, extremely, dont_know, not_relevant };

std::string_view code(Presence answer);    // yes partly no dk nr, "" unanswered
std::string_view code(Importance answer);  // 4 3 2 1 dk nr, "" unanswered
std::optional<Presence> presence_from_code(std::string_view code);
std::optional<Importance> importance_from_code(std::string_view code);

// The axes along which answers are compared. `all` is one group, "everyone".
enum class Axis : std::uint8_t { employer, context, setting, stakeholder, site, all };
inline constexpr std::array<Axis, 6> all_axes{Axis::employer,    Axis::context, Axis::setting,
                                              Axis::stakeholder, Axis::site,    Axis::all};
std::string_view code(Axis axis);
std::optional<Axis> axis_from_code(std::string_view code);

// The groups an axis can have, in the order of the published study; empty for site and all, whose groups come from the
// answers.
const std::vector<std::string>& known_groups(Axis axis);

// One person's answers. Group values are codes ("statutory", "peer_worker"), a site is its name; "" belongs to no group
// of that axis.
struct Response {
  std::array<std::string, 5> groups;  // by Axis, without all
  std::vector<Presence> presence;     // one for each item of the instrument
  std::vector<Importance> importance;
  std::vector<std::uint8_t> most_important;         // indices of items, at most three, none twice, ascending
  std::map<std::string, std::string> other_groups;  // "profession" -> "nurse": kept, not compared

  const std::string& group(Axis axis) const { return groups[static_cast<std::size_t>(axis)]; }
};

// The form in which a response is sealed: compact, versioned, the same for the same answers.
std::string encoded(const Response& response);
// Throws Corrupt for anything encoded() did not write.
Response decoded(std::string_view bytes);

}  // namespace cairn::instruments
