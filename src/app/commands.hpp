// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.hpp"
#include "app/operator_socket.hpp"
#include "jobs/command.hpp"
#include "policy/policy.hpp"
#include "web/language.hpp"

namespace CLI {
class App;
}

namespace cairn::app {

// What a command works on.
enum class Needs {
  nothing,        // it does everything itself
  store,          // a store with the schema of this program
  any_schema,     // a store, whatever its schema
  made_store,     // a store, made where there is none
  refilled_store  // an empty store for a backup: made where there is none, but never its key
};

// What a command does, as content/policy.toml has it. The row must let in the operator, who runs every command.
struct CommandAllow {
  std::string_view record;
  policy::Action action;
};

// One command line, read.
struct Typed {
  std::optional<jobs::Ended> ended;  // set where there is nothing more to do: help was shown, or a usage error told
  Config config;
  std::string data;  // the data folder where neither the command line nor a file names one
  bool json = false;
  Needs needs = Needs::nothing;
  std::function<jobs::Ended(jobs::CommandContext&, const Config&)> on_store;
  std::function<jobs::Ended(const Typed&, std::ostream& out, std::ostream& err)> alone;  // with Needs::nothing
  std::map<const CLI::App*, CommandAllow> acts = {};  // every command that does something
  std::optional<CommandAllow> allow = {};             // of the one that was typed
};

// Where words were typed, from which paths are meant.
class Typing {
 public:
  Typing(const Asked& asked, Streams streams) : asked_(asked), streams_(streams) {}
  const Asked& asked() const { return asked_; }
  const Streams& streams() const { return streams_; }
  // A path that means the same from any process: absolute, and "-", /dev/stdin and the like lead to the streams of
  // whoever typed.
  std::string path(const std::string& typed) const;

 private:
  const Asked& asked_;
  Streams streams_;
};

// Reads what was typed, and the configuration file where one is named. Tells usage errors on `err` and help on `out`.
Typed read_words(const Typing& typing, const web::Language& say, std::ostream& out, std::ostream& err);

// Runs what was typed on a store that is open, and tells every Stop in plain words. What the policy does not let the
// operator do is refused before anything is done.
jobs::Ended run_on(db::Database& database, const content::Library& library, const Typed& typed, const Typing& typing,
                   const web::Language& say, std::ostream& out, std::ostream& err);

// The whole program: reads the words, and runs the command here or, where a server works on the data folder, there.
int run_program(int count, const char* const* words);

// What goes wrong, in words for the operator: the text by its key and, behind it, what the log would say.
jobs::Ended tell(const std::exception& fault, const web::Language& say, std::ostream& err);

// Each adds its commands to the tree: names, options, help with an example, and what they set in `typed`.
void add_store_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_account_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_content_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_policy_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_inventory_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_keys_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);
void add_serve_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say);

// A word below `app` with its texts KEY.about and KEY.example, under which further commands stand; options of `app` may
// stand behind it.
CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& key, const web::Language& say);
// The same for a command that does something.
CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& key, const web::Language& say,
                      Typed& typed, CommandAllow allow);

// Every command without a row of the policy that lets the operator in. Empty when all is well; a server does not start
// where it is not.
std::vector<std::string> command_faults(const policy::Policy& policy);

}  // namespace cairn::app
