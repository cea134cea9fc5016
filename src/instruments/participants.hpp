// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/id.hpp"

namespace cairn::instruments {

// Somebody who may be asked. Their stakeholder group is kept here, once, for every round.
struct Participant {
  Id<Participant> id;
  std::string name;
  std::string email;        // "" where they are given a link or paper by hand, and once they are no longer asked
  std::string stakeholder;  // code of Axis::stakeholder
  std::string service_id;   // the site they belong to
  std::string ended;        // why they are no longer asked: one of reasons_to_end; "" while they are
  bool operator==(const Participant&) const = default;

  // They said themselves that they are not to be asked. Their address is not taken onto the list again.
  bool said_no() const { return ended == "declined" || ended == "withdrawn"; }
};
// Gone from the site; said no when asked; asked to be taken off later; never belonged there.
inline constexpr std::string_view reasons_to_end[]{"left", "declined", "withdrawn", "mistake"};

struct ParticipantForm {
  std::string name;
  std::string email;
  std::string stakeholder;
  std::string service_id;
};
struct NewParticipant {
  std::string name;
  std::string email;  // in small letters; may be empty
  std::string stakeholder;
  std::string service_id;
  bool operator==(const NewParticipant&) const = default;
};
inline constexpr std::size_t longest_participant_name = 120;
inline constexpr std::size_t most_lines = 500;

// Fields "name", "email", "stakeholder", "service". Refuses a missing or long name, an odd address, a group that is
// none, a service that is not among `services` (ids). An empty address is fine.
Checked<NewParticipant> check_participant(const ParticipantForm& form, const std::vector<std::string>& services);

// Several at once: a line each, "name, address, group", or the cells of a spreadsheet; the address may be missing.
// `groups` are codes with a word for each, several words for one code where there are several; letters count in any
// case. Empty lines are passed over, and a line that is there twice counts once. Problems have the field "lines" and
// name the line: values {"line"}. At most most_lines people.
Checked<std::vector<NewParticipant>> check_participants(std::string_view lines, std::string_view service_id,
                                                        const std::vector<std::pair<std::string, std::string>>& groups);

// Fields "why". Refuses what is none of reasons_to_end.
Checked<std::string> check_end(std::string_view why);

}  // namespace cairn::instruments
