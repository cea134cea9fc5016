// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/id.hpp"

namespace cairn::instruments {

// Somebody who may be asked. Their stakeholder group is kept here, once, for every round.
struct Participant {
  Id<Participant> id;
  std::string name;
  std::string email;        // "" where they are given a link or paper by hand
  std::string stakeholder;  // code of Axis::stakeholder
  std::string service_id;   // the site they belong to
  std::string account_id;   // "" where they do not sign in
  std::string ended;  // why they are no longer asked: "left", "declined", "withdrawn", "mistake"; "" while they are
  bool operator==(const Participant&) const = default;
};

struct ParticipantForm {
  std::string name;
  std::string email;
  std::string stakeholder;
  std::string service_id;
};
struct NewParticipant {
  std::string name;
  std::string email;
  std::string stakeholder;
  std::string service_id;
};
// Refuses a missing or long name, an odd address, a group that is none, a service that is not among `services` (ids).
// An empty address is fine.
Checked<NewParticipant> check_participant(const ParticipantForm& form, const std::vector<std::string>& services);

// Several at once: a line each, "name, address, group", in the words of the form's list; the address may be missing.
// Problems name the line: values {"line"}. At most 500 lines.
Checked<std::vector<NewParticipant>> check_participants(std::string_view lines, std::string_view service_id,
                                                        const std::vector<std::pair<std::string, std::string>>& groups);

}  // namespace cairn::instruments
