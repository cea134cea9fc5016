// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>

#include "accounts/store.hpp"
#include "app/descriptor_stream.hpp"
#include "app/files.hpp"
#include "app/opening.hpp"
#include "app/stages.hpp"
#include "base/secret.hpp"
#include "content/library.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

// How long a command waits for another process to let the data folder go.
constexpr auto patience = std::chrono::seconds(10);
constexpr auto between_tries = std::chrono::milliseconds(100);

// What stands before the command, or behind it.
struct GlobalOptions {
  std::string config;
  std::optional<std::string> data;
  std::optional<std::string> database;
  std::optional<std::string> keys;
  std::optional<std::string> content;
};

void add_global_options(CLI::App& app, GlobalOptions& options, Typed& typed, const web::Language& say) {
  app.add_option("--data", options.data, say("command.option.data"))->type_name(say("command.type.folder"));
  app.add_option("--database", options.database, say("command.option.database"))->type_name("postgres://...");
  app.add_option("--keys", options.keys, say("command.option.keys"))->type_name(say("command.type.file"));
  app.add_option("--content", options.content, say("command.option.content"))->type_name(say("command.type.folder"));
  app.add_option("--config", options.config, say("command.option.config"))->type_name(say("command.type.file"));
  app.add_flag("--json", typed.json, say("command.option.json"));
  app.set_help_flag("--help,-h", say("command.option.help"));
  app.set_version_flag("--version", std::string("cairn ") + CAIRN_VERSION, say("command.option.version"));
}

bool read_config(const GlobalOptions& options, Typed& typed, const Typing& typing, const web::Language& say,
                 std::ostream& err) {
  auto& config = typed.config;
  if (!options.config.empty()) {
    const auto checked = config_from_toml(whole_file(typing.path(options.config)));
    if (!checked) {
      for (const auto& problem : checked.problems()) err << "cairn: " << options.config << ": " << say(problem) << '\n';
      return false;
    }
    config = *checked;
  }
  if (!typed.data.empty() && config.data == Config().data) config.data = typed.data;
  if (options.data) config.data = *options.data;
  if (options.database) config.database = *options.database;
  if (options.keys) config.keys = *options.keys;
  if (options.content) config.content = *options.content;
  config.data = typing.path(config.data);
  for (auto* path : {&config.keys, &config.content, &config.tls_certificate, &config.tls_key})
    if (!path->empty()) *path = typing.path(*path);
  return true;
}

void add_all_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  app.require_subcommand(1);
  app.fallthrough();
  add_store_commands(app, typed, typing, say);
  add_keys_commands(app, typed, typing, say);
  add_serve_commands(app, typed, typing, say);
  add_account_commands(app, typed, typing, say);
  add_content_commands(app, typed, typing, say);
  add_policy_commands(app, typed, typing, say);
  add_inventory_commands(app, typed, typing, say);
}

std::optional<CommandAllow> allow_of_typed(const CLI::App& app, const Typed& typed) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  const auto found = typed.acts.find(chosen);
  return found == typed.acts.end() ? std::nullopt : std::optional(found->second);
}

bool is_allowed(const policy::Policy& policy, const CommandAllow& allow) {
  return policy.decide(Actor::operator_(), allow.record, allow.action, {}).allowed;
}

// An organisation's own content cannot change the policy: what the program carries decides.
void must_be_allowed(const Typed& typed) {
  if (!typed.allow || !is_allowed(shipped_policy(content::Library::open("")), *typed.allow))
    throw NotAllowed("the policy does not let the operator do this");
}

void add_command_faults(const CLI::App& app, const std::string& above, const Typed& typed, const policy::Policy& policy,
                        std::vector<std::string>& faults) {
  const auto below = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* one : below) add_command_faults(*one, above + one->get_name() + " ", typed, policy, faults);
  if (!below.empty()) return;
  const auto found = typed.acts.find(&app);
  if (found == typed.acts.end() || !is_allowed(policy, found->second))
    faults.push_back(above + "has no row of the policy that lets the operator in");
}

Ended run_here(const Typed& typed, const Typing& typing, const web::Language& say, std::ostream& out,
               std::ostream& err) {
  const auto database = open_store(typed.config, typed.needs);
  const auto library = content::Library::open(typed.config.content);
  return run_on(*database, library, typed, typing, say, out, err);
}

// In the server where one works on the data folder, else here, waiting a little for the folder to be let go.
Ended run_where_it_may(const Typed& typed, const Typing& typing, const web::Language& say, std::ostream& out,
                       std::ostream& err) {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (typed.config.database.empty()) {
      if (const auto told = ask_the_server(typed.config.data, typing.asked())) {
        if (!told->problem.empty()) err << "cairn: " << say(told->problem) << '\n';
        return told->ended;
      }
    }
    try {
      return run_here(typed, typing, say, out, err);
    } catch (const Unavailable& stop) {
      if (stop.key() != "stop.in_use" || std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(between_tries);
  }
}

Ended run(const Asked& asked, const web::Language& say, std::ostream& out, std::ostream& err) {
  const Typing typing(asked, {});
  try {
    const auto typed = read_words(typing, say, out, err);
    if (typed.ended) return *typed.ended;
    if (typed.needs == Needs::nothing) {
      must_be_allowed(typed);
      return typed.alone(typed, out, err);
    }
    return run_where_it_may(typed, typing, say, out, err);
  } catch (const std::exception& fault) {
    return tell(fault, say, err);
  }
}

}  // namespace

std::string Typing::path(const std::string& typed) const {
  const auto stream = [](int number) { return "/proc/self/fd/" + std::to_string(number); };
  if (typed == "-" || typed == "/dev/stdin") return stream(streams_.in);
  if (typed == "/dev/stdout") return stream(streams_.out);
  if (typed == "/dev/stderr") return stream(streams_.err);
  return (std::filesystem::path(asked_.folder) / typed).lexically_normal().string();
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& key, const web::Language& say) {
  auto* command = app.add_subcommand(name, say(key + ".about"));
  command->set_help_flag("--help,-h", say("command.option.help"));
  if (say.has(key + ".example")) command->footer(say(key + ".example"));
  command->fallthrough();
  return command;
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& key, const web::Language& say,
                      Typed& typed, CommandAllow allow) {
  auto* command = add_command(app, name, key, say);
  typed.acts.emplace(command, allow);
  return command;
}

std::vector<std::string> command_faults(const policy::Policy& policy) {
  const auto say = web::Language::from_embedded("en");
  const Asked asked;
  const Typing typing(asked, {});
  Typed typed;
  CLI::App app;
  add_all_commands(app, typed, typing, say);
  std::vector<std::string> faults;
  add_command_faults(app, "cairn ", typed, policy, faults);
  return faults;
}

Typed read_words(const Typing& typing, const web::Language& say, std::ostream& out, std::ostream& err) {
  Typed typed;
  GlobalOptions options;
  CLI::App app(say("command.about"), "cairn");
  add_global_options(app, options, typed, say);
  app.footer(say("command.example"));
  add_all_commands(app, typed, typing, say);
  try {
    const auto& words = typing.asked().words;
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    std::ostringstream help;
    std::ostringstream fault;
    typed.ended = app.exit(error, help, fault) == 0 ? Ended::done : Ended::usage;
    out << help.str();
    if (typed.ended == Ended::usage) {
      const bool required = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
      const bool none_chosen = required && app.get_subcommands().empty();
      err << "cairn: " << (none_chosen ? say("command.usage.choose") : error.what()) << '\n'
          << say("command.usage") << '\n';
    }
    return typed;
  }
  typed.allow = allow_of_typed(app, typed);
  if (!read_config(options, typed, typing, say, err)) typed.ended = Ended::refused;
  return typed;
}

Ended run_on(db::Database& database, const content::Library& library, const Typed& typed, const Typing& typing,
             const web::Language& say, std::ostream& out, std::ostream& err) {
  try {
    must_be_allowed(typed);
    auto actor = Actor::operator_();
    if (database.schema() == db::SchemaState::current)
      if (const auto programme = database.read([](db::Read& read) { return accounts::find_programme(read); }))
        actor.programme_id = programme->id.text;
    jobs::CommandContext context{
        database,   library,          out, err, actor, database.now(), ::isatty(typing.streams().err) == 1,
        typed.json, typed.config.data};
    return typed.on_store(context, typed.config);
  } catch (const std::exception& fault) {
    return tell(fault, say, err);
  }
}

Ended tell(const std::exception& fault, const web::Language& say, std::ostream& err) {
  const auto* stop = dynamic_cast<const Stop*>(&fault);
  err << "cairn: " << say(stop ? stop->key() : "stop.broken") << " (" << fault.what() << ")\n";
  const bool world = !stop || dynamic_cast<const Unavailable*>(stop) || dynamic_cast<const Corrupt*>(stop);
  return world ? Ended::world : Ended::refused;
}

int run_program(int count, const char* const* words) {
  start_secrets();
  const auto say = web::Language::from_embedded("en");
  std::error_code unknown;
  Asked asked{{words + 1, words + count}, std::filesystem::current_path(unknown).string()};
  DescriptorStream out(STDOUT_FILENO);
  DescriptorStream err(STDERR_FILENO);
  if (::isatty(STDERR_FILENO) == 1) err << std::unitbuf;
  auto ended = run(asked, say, out, err);
  if (!out.flush()) {
    err << "cairn: " << say("command.cannot_write") << '\n';
    ended = Ended::world;
  }
  return static_cast<int>(ended);
}

}  // namespace cairn::app
