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
#include "instruments/instrument.hpp"

namespace cairn::instruments {

struct Collection;

// Whether answers can be told apart by person. Anonymous: nothing that is kept leads from an answer to who gave it, and
// nothing can be changed once it was sent. Named: a person may change or take back their own answers until the round
// closes.
enum class Mode { anonymous, named };
std::string_view code(Mode mode);  // "anonymous", "named"
std::optional<Mode> mode_from_code(std::string_view code);

// A service people are asked about, and the groups that answers about it count for. The name stays what it was when the
// round was made, so that answers before and after a renaming count as one site.
struct AskedSite {
  std::int64_t number = 1;  // 1, 2, 3 ... within the round
  std::string service_id;
  std::string name;
  std::string employer;  // codes as in a Response
  std::string context;
  std::string setting;
  bool operator==(const AskedSite&) const = default;
};

// How many of a stakeholder group are hoped for at a site, and how many have answered. The second number is never
// shown: see standing().
struct AskedGroup {
  std::int64_t site = 1;
  std::string stakeholder;
  std::int64_t hoped_for = 0;
  std::int64_t answered = 0;
  bool operator==(const AskedGroup&) const = default;
};
// All that may be said while people are asked: no group asked for, "not yet", or "enough".
enum class Standing { not_asked, not_yet, enough };
std::string_view code(Standing standing);
Standing standing(const AskedGroup& group);

// What stands before the first question, in the words of whoever asks. Each 1 to 1,000 characters.
struct AskingWords {
  std::string who;        // who asks: "Robin Marsh, who leads peer support here"
  std::string why;        // why, and what for
  std::string what_next;  // what happens with the answers
  std::string help;       // where to get help now
  bool operator==(const AskingWords&) const = default;
};

// One stretch of time in which people are asked.
struct Period {
  std::int64_t number = 1;
  Moment opens_at;
  Moment closes_at;
  bool settled = false;  // what was sent in it was counted
  bool operator==(const Period&) const = default;
};

enum class AskingState {
  planned,  // not open yet
  open,
  closing,  // nobody can begin any more; who has begun may still send
  over,     // that time is up too; what was sent will be counted in a moment
  closed    // counted
};
std::string_view code(AskingState state);

// Everything about a collection that people are asked for.
struct Asking {
  Id<Collection> collection;
  std::string programme_id;
  std::string instrument_id;
  int instrument_version = 1;
  std::int64_t smallest_group = 5;
  Mode mode = Mode::anonymous;
  AskingWords words;
  std::vector<std::string> languages;  // codes, at least one; the first is that of whoever has chosen none
  std::string results_code;            // of the page of what came of it
  std::int64_t grace_hours = 24;       // how long who has begun may still send
  std::vector<AskedSite> sites;        // by number
  std::vector<AskedGroup> groups;
  Period period;

  const AskedSite* site(std::int64_t number) const;  // nullptr where there is none
  // A period that was settled stays closed whatever the clock says.
  AskingState state(Moment now) const;
  bool may_begin(Moment now) const { return state(now) == AskingState::open; }
  // The language of a letter to somebody who reads in `chosen` ("" for nobody knows): that one where people are asked
  // in it, else the first.
  std::string language_for(std::string_view chosen) const;
  // Of somebody who had begun before closing time.
  bool may_go_on(Moment now) const { return state(now) == AskingState::open || state(now) == AskingState::closing; }
};

inline constexpr std::int64_t longest_asking_words = 1000;
inline constexpr std::int64_t standard_grace_hours = 24;
inline constexpr std::int64_t longest_days_open = 400;

// What a round that asks people is made from, once checked.
struct NewAsking {
  Mode mode = Mode::anonymous;
  AskingWords words;
  std::vector<std::string> languages{"en"};  // at least one
  std::int64_t grace_hours = standard_grace_hours;
  std::vector<AskedSite> sites;    // at least one
  std::vector<AskedGroup> groups;  // for each site and stakeholder group; hoped_for 0 where nobody is asked for
  Moment opens_at;
  Moment closes_at;
};

// As typed; days are of the programme's calendar. A round opens as its first day begins and closes as its last day
// ends.
struct AskingForm {
  std::string mode;
  AskingWords words;
  std::optional<Date> opens_on;   // nothing where the three parts are no day
  std::optional<Date> closes_on;  // the last day
  std::vector<AskedSite> sites;   // those that were ticked
  // "hoped.<site number>.<stakeholder>" as typed, "" for none
  std::vector<std::pair<std::string, std::string>> hoped;
  std::vector<std::string> languages;                 // those that were ticked
  std::vector<std::string> possible_languages{"en"};  // codes; at least one, the usual one first
};
// Every problem at once, in the order of the form: no site, a mode that is none, no language or one that is not
// possible, words missing or over longest_asking_words, days missing or in the wrong order, a last day before today or
// more than longest_days_open after the first, a number of people that is none. Where only one language is possible
// none need be ticked. They are kept in the order of the possible ones. `zone` is the programme's.
Checked<NewAsking> check_asking(const AskingForm& form, Date today, std::string_view zone);

}  // namespace cairn::instruments
