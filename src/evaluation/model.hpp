// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "instruments/response.hpp"

namespace cairn::evaluation {

// A question asked of the same services with the same instrument, once or again later.
struct Study {
  Id<Study> id;
  std::string name;  // one of its kind in a programme
  std::string instrument_id;
  int instrument_version = 1;
  bool operator==(const Study&) const = default;
};

// One time of asking. Numbers count from 1.
struct Round {
  int number = 1;
  std::string collection_id;     // where instruments keeps the answers
  std::optional<Date> dated_on;  // when people were asked, where somebody said so
  bool operator==(const Round&) const = default;
};

// True where one of the actor's roles reaches the study: over the whole programme, or over that study alone. A command
// reaches all.
bool reaches(const Actor& actor, const Id<Study>& study);
// Where the study lies, for the policy.
std::vector<Reach> lies_in(const Id<Study>& study);

// A study's name as typed: 1 to 120 characters once trimmed, well-formed, not one of `taken` in any case of letters.
Checked<std::string> check_study_name(std::string_view typed, const std::vector<std::string>& taken);

// What a site wants its results for; the report leads with it. Source: the uses named by those who tried the study's
// tools.
enum class Purpose { persuade, set_up, train, job_description, show_value };
inline constexpr std::array<Purpose, 5> all_purposes{Purpose::persuade, Purpose::set_up, Purpose::train,
                                                     Purpose::job_description, Purpose::show_value};
std::string_view code(Purpose purpose);
std::optional<Purpose> purpose_from_code(std::string_view code);

// Whom a report or a list of findings is about: one group of the comparison. A report is about a site, or about
// everyone.
struct Subject {
  instruments::Axis axis = instruments::Axis::all;
  std::string group = "everyone";
  bool is_everyone() const { return axis == instruments::Axis::all; }
  bool operator==(const Subject&) const = default;
};
Subject everyone();
Subject site(std::string name);

struct SiteReport {
  Id<SiteReport> id;
  Id<Study> study;
  int round = 1;
  Subject about;
  Purpose purpose = Purpose::set_up;
  Moment made_at;
  bool operator==(const SiteReport&) const = default;
};

// How useful a report was to those who read it.
enum class Useful { yes, partly, no, not_now };
std::string_view code(Useful answer);
std::optional<Useful> useful_from_code(std::string_view code);
struct Feedback {
  Useful useful = Useful::yes;
  std::string words;  // may be empty
  Moment given_at;
  bool operator==(const Feedback&) const = default;
};
struct NewFeedback {
  Useful useful;
  std::string words;
};
// Refuses an answer that is none of the four, and words longer than 2,000 characters or not well-formed.
Checked<NewFeedback> check_feedback(std::string_view useful, std::string_view words);

}  // namespace cairn::evaluation
