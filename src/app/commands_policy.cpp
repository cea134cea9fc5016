// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "accounts/once.hpp"
#include "accounts/throttle.hpp"
#include "app/commands.hpp"
#include "app/stages.hpp"
#include "app/who_sees.hpp"
#include "content/library.hpp"
#include "policy/who_sees.hpp"

namespace cairn::app {
namespace {

using jobs::CommandContext;
using jobs::Ended;

void tell_record(const policy::WhoSees& line, const web::Language& say, std::ostream& out) {
  out << "\n## " << heading_of(line) << "\n\n" << line.says << "\n\n";
  for (const auto& sentence : sentences_of(line, say)) out << "- " << sentence << '\n';
}

// docs/operating/who-can-see-what.md, from the policy the program carries.
Ended tell_policy(const Config& config, const web::Language& say, std::ostream& out) {
  const auto policy = shipped_policy(content::Library::open(config.content));
  out << "# " << say("who_sees.title") << "\n\n" << say("who_sees.about") << '\n';
  for (const auto& line : policy::who_sees(policy)) tell_record(line, say, out);
  return Ended::done;
}

nlohmann::json told(const web::Route& route) {
  auto roles = nlohmann::json::array();
  for (const auto role : route.roles) roles.push_back(std::string(name(role)));
  return {{"method", route.method == web::Method::get ? "GET" : "POST"},
          {"path", route.path},
          {"record", route.record},
          {"action", std::string(policy::name(route.action))},
          {"roles", roles}};
}

// Every route a server on this store has, those of a demonstration and of a new programme with them, for programs that
// try them all.
Ended tell_routes(const CommandContext& context) {
  const auto policy = shipped_policy(context.library);
  accounts::Throttle throttle;
  web::Languages languages;
  accounts::OneTimeLinks look_round;
  const accounts::SetupCode setup(accounts::SetupCode::fresh());
  Site site{context.database, policy, context.library, throttle, languages, context.folder};
  site.look_round = &look_round;
  site.setup = &setup;
  auto all = nlohmann::json::array();
  const auto map = routes(site);
  for (const auto& route : map.all()) all.push_back(told(route));
  context.out << nlohmann::json{{"routes", all}}.dump() << '\n';
  return Ended::done;
}

}  // namespace

void add_policy_commands(CLI::App& app, Typed& typed, const Typing&, const web::Language& say) {
  auto* command = add_command(app, "policy", "command.policy", say, typed, {"content_page", policy::Action::read});
  const auto of_routes = std::make_shared<bool>(false);
  command->add_flag("--routes", *of_routes, say("command.policy.routes"));
  command->callback([&typed, &say, of_routes] {
    if (*of_routes) {
      typed.needs = Needs::store;
      typed.on_store = [](const CommandContext& context, const Config&) { return tell_routes(context); };
      return;
    }
    typed.needs = Needs::nothing;
    typed.alone = [&say](const Typed& all, std::ostream& out, std::ostream&) {
      return tell_policy(all.config, say, out);
    };
  });
}

}  // namespace cairn::app
