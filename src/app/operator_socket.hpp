// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jobs/command.hpp"

namespace cairn::app {

// A data folder has one process that writes. While the server is that process, other commands hand it what was typed
// through DATA/socket (mode 0600), together with their standard input, output and error, and end as it tells them.

// What was typed, and where.
struct Asked {
  std::vector<std::string> words;  // without the program's name
  std::string folder;              // the working folder, from which paths are meant
};

// Where standard input and output of whoever asked are found from the process that runs the command.
struct Streams {
  int in = 0;
  int out = 1;
  int err = 2;
};

// How the server's command ended. `problem` is the key of a text where it did not run or its end is unknown: the server
// is of another version of Cairn, too busy, or went away before it had answered. Otherwise the command has told
// everything.
struct Told {
  jobs::Ended ended = jobs::Ended::world;
  std::string problem;
};
// Asks the server of a data folder. Nothing where no server is there.
std::optional<Told> ask_the_server(const std::string& data_folder, const Asked& asked);

// The server's end. Listens from construction on; commands run on two threads of its own, up to 16 more wait. The
// destructor takes no more and waits for those that run. The caller holds the lock of the folder, so a socket found
// there is a dead one and is replaced. Only processes of the same user, or of root, are answered.
class OperatorSocket {
 public:
  using Run = std::function<jobs::Ended(const Asked& asked, const Streams& streams)>;

  // Throws Unavailable where the socket cannot be made.
  OperatorSocket(const std::string& data_folder, Run run);
  ~OperatorSocket();
  OperatorSocket(const OperatorSocket&) = delete;
  OperatorSocket& operator=(const OperatorSocket&) = delete;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace cairn::app
