// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/serve.hpp"

namespace cairn::app {
namespace {

// What is typed goes before the configuration file, so what was not typed must be known.
struct ServeOptions {
  std::optional<std::string> address;
  std::optional<std::uint16_t> port;
  std::vector<std::string> tls;
  std::optional<std::string> public_host;
  std::optional<std::string> trusted_proxy;
};

Config with(const ServeOptions& options, Config config) {
  if (options.address) config.address = *options.address;
  if (options.port) config.port = *options.port;
  if (options.tls.size() == 2) {
    config.tls_certificate = options.tls[0];
    config.tls_key = options.tls[1];
  }
  if (options.public_host) config.public_host = *options.public_host;
  if (options.trusted_proxy) config.trusted_proxy = *options.trusted_proxy;
  return config;
}

void add_options(CLI::App& command, ServeOptions& options, const web::Language& say) {
  command.add_option("--address", options.address, say("command.serve.address"));
  command.add_option("--port", options.port, say("command.serve.port"))->check(CLI::Range(0, 65535));
  command.add_option("--tls", options.tls, say("command.serve.tls"))->expected(2)->type_name(say("command.type.file"));
  command.add_option("--public-host", options.public_host, say("command.serve.public_host"));
  command.add_option("--trusted-proxy", options.trusted_proxy, say("command.serve.trusted_proxy"));
}

void set_act(CLI::App& command, ServeAs as, Typed& typed, const Typing& typing, const web::Language& say) {
  const auto options = std::make_shared<ServeOptions>();
  add_options(command, *options, say);
  command.callback([options, as, &typed, &typing, &say] {
    for (auto& path : options->tls) path = typing.path(path);
    if (as == ServeAs::demonstration) typed.data = "demo-data";
    typed.needs = Needs::nothing;
    typed.alone = [options, as, &say](const Typed& all, std::ostream& out, std::ostream& err) {
      return serve(with(*options, all.config), as, say, out, err);
    };
  });
}

}  // namespace

void add_serve_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  set_act(*add_command(app, "serve", "command.serve", say, typed, {"store_upkeep", policy::Action::create}),
          ServeAs::in_earnest, typed, typing, say);
  set_act(*add_command(app, "demo", "command.demo", say, typed, {"store_upkeep", policy::Action::create}),
          ServeAs::demonstration, typed, typing, say);
}

}  // namespace cairn::app
