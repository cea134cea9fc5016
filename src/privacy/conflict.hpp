// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"

namespace cairn::privacy {

// A team treats or treated somebody. Declared by that person alone, for whatever reason they have.
struct Treatment {
  std::string team;  // id
  Date from;
  std::optional<Date> until = {};  // the last day; nothing where it goes on, or where they leave it open
  bool operator==(const Treatment&) const = default;
};

struct TreatmentForm {
  std::string team;
  std::string from;   // "2026-03-03"
  std::string until;  // "" for open
};
// A team of the programme, a first day that is not to come, a last day that is not before it. Every problem at once, in
// the order of the form.
Checked<Treatment> check_treatment(const TreatmentForm& form, const std::vector<std::string>& teams, Date today);

// Somebody works or worked in a team: a role held there, from its first day to its last, or to the day it was ended.
struct Membership {
  std::string team;
  Date from;
  std::optional<Date> until = {};  // the last day; nothing where it goes on
  bool operator==(const Membership&) const = default;
};
bool is_member(const Membership& membership, Date on);

// Whether the treatment bars the member from what the treated person owns: they are in that team today, or were on any
// day of the treatment.
bool bars(const Treatment& treatment, const Membership& membership, Date today);

}  // namespace cairn::privacy
