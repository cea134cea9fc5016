// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::privacy {

// How soon somebody must act.
enum class Urgency { now, today, soon };
inline constexpr std::array<Urgency, 3> all_urgencies{Urgency::now, Urgency::today, Urgency::soon};
std::string_view code(Urgency urgency);
std::optional<Urgency> urgency_from(std::string_view code);

// A worry that somebody may come to harm, as far as everybody who learns that it is there may know it.
struct Concern {
  Id<Concern> id;
  Urgency urgency = Urgency::now;
  std::string raised_by;  // account
  Moment raised_at;
  std::optional<Moment> opened_at = {};  // by the first safeguarding lead who read it
  std::optional<Moment> closed_at = {};
  bool operator==(const Concern&) const = default;
};

// What was done, by whom and when.
struct ConcernNote {
  std::string words;
  std::string made_by;  // account
  Moment made_at;
  bool operator==(const ConcernNote&) const = default;
};

// With what it says: for whoever may read it.
struct OpenedConcern {
  Concern concern;
  std::string words;
  std::string contact;  // how to reach who told it, "" where they did not say
  std::vector<ConcernNote> notes;
};

struct ConcernForm {
  std::string words;
  std::string urgency;
  std::string contact;
};
struct NewConcern {
  std::string words;
  Urgency urgency = Urgency::now;
  std::string contact;
};
// Words of 1 to 4,000 characters, one of the urgencies, a contact of at most 300 characters. Every problem at once, in
// the order of the form.
Checked<NewConcern> check_concern(const ConcernForm& form);
// What was done: 1 to 4,000 characters, in the field "words".
Checked<std::string> check_concern_note(std::string_view words);

// What to say on the telephone: eight signs of the id, "7F3A-91B2".
std::string reference_of(const Id<Concern>& id);

// So many minutes after it was raised, the safeguarding leads are told again, unless one has opened it.
inline constexpr std::array<int, 3> told_again_after{15, 60, 240};

// The payload of the work that tells again.
struct TellingAgain {
  Id<Concern> concern;
  std::string programme_id;
  int minutes = 0;
  bool operator==(const TellingAgain&) const = default;
};
std::string payload_of(const TellingAgain& telling);
TellingAgain telling_again_from(std::string_view payload);  // throws Corrupt for anything payload_of() does not write

}  // namespace cairn::privacy
