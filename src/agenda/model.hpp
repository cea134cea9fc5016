// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::agenda {

// What a thing of the agenda belongs to: a report of evaluation is {"report", its id}.
struct About {
  std::string kind;
  std::string id;
  bool operator==(const About&) const = default;
};

// Something somebody said will happen, by whom and by when.
struct NextStep {
  Id<NextStep> id;
  About about;
  std::string item;   // the statement it follows from, "" where none
  std::string words;  // what will be done
  std::string owner;  // a name as typed, often of somebody without an account
  Date due_on;
  std::string made_by;  // account; "" for a command
  Moment made_at;
  std::optional<Moment> done_at;     // ticked off and not taken back since
  std::optional<Moment> removed_at;  // removed and not put back since
  bool operator==(const NextStep&) const = default;

  bool is_open() const { return !done_at && !removed_at; }
};

struct StepForm {
  std::string words;
  std::string owner;
  std::optional<Date> due_on;  // nothing where the three parts are no day
  bool no_date = false;        // all three parts empty
  std::string item;
};
struct NewStep {
  About about;
  std::string item;
  std::string words;
  std::string owner;
  Date due_on;
};
// Words of 1 to 500 characters, an owner of 1 to 100, a day from today to three years on. Every problem at once, in the
// order of the form.
Checked<NewStep> check_step(const StepForm& form, const About& about, Date today);

// What was removed can be put back until this many days later.
inline constexpr int days_to_put_back = 30;
bool can_be_put_back(const NextStep& step, Moment now);

// A sentence to be said in the reader's language: the key of a text and what fills its places.
struct Said {
  std::string key;
  std::vector<std::pair<std::string, std::string>> values = {};
  bool operator==(const Said&) const = default;
};

// Something that waits for somebody, and the way to close it.
struct OpenLoop {
  std::string kind;  // id of its LoopKind
  std::string id;    // of the thing that is open
  Said what;         // one bold line
  Said why;          // one line: why now. May use {owner}, {due} ("by Tuesday 3 March") and {since} besides its values
  std::vector<Role> whose_turn;  // any of them may close it
  std::string owner = {};        // a person's name as typed, "" where the role says enough
  Date since;
  std::optional<Date> due_on = {};
  std::string path;           // the page on which it can be closed
  std::string act_label;      // key of a text: "Tick it off"
  std::string act_path = {};  // where one press closes it; "" where the page at `path` is needed
};

// Those that wait for the actor, and those that wait for somebody else. A loop with an owner waits for the person of
// that name; where the actor has another name it is somebody else's, though the actor may still close it. Each list:
// what is due first, then the oldest.
struct Waiting {
  struct Theirs {
    OpenLoop loop;
    bool may_close = false;  // the actor can see to it all the same
  };
  std::vector<OpenLoop> yours;
  std::vector<Theirs> theirs;
};
Waiting sorted_for(const Actor& actor, std::string_view display_name, std::vector<OpenLoop> loops);

// True where the actor holds one of the roles whose turn it is.
bool may_close(const Actor& actor, const OpenLoop& loop);

// Which greeting fits the hour of the day (0 to 23): "morning", "afternoon", "evening".
std::string_view part_of_day(int hour);

}  // namespace cairn::agenda
