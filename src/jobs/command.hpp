// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <ostream>
#include <string>

#include "base/actor.hpp"
#include "base/time.hpp"
#include "db/database.hpp"

namespace cairn::content {
class Library;
}

namespace cairn::jobs {

// How a command ends; the program's exit code.
enum class Ended : int {
  done = 0,
  refused = 1,  // what was handed in is not right; `err` says what to mend
  usage = 2,    // the command was typed wrongly
  world = 3     // disk, database, a missing program
};

// What a command of a stage is handed. It may run in the process that was typed, or in the server for a client at its
// socket: it writes only to `out` and `err`, reads only the paths it was given (absolute by then), and asks nothing of
// the environment. A Stop it throws is told by the caller in plain words: Unavailable and Corrupt end as world, every
// other as refused.
struct CommandContext {
  db::Database& database;
  const content::Library& library;
  std::ostream& out;
  std::ostream& err;
  Actor actor;  // the operator, with the id of the store's programme
  Moment now;
  bool progress = false;  // `err` is a terminal: draw how far it is
  bool json = false;      // --json: answer for a program
  std::string folder;     // the data folder; where work that needs a file on the way may put it
};

}  // namespace cairn::jobs
