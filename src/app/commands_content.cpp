// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "content/check.hpp"
#include "content/library.hpp"

namespace cairn::app {
namespace {

using jobs::Ended;

Ended check_content(const Config& config, bool json, const web::Language& say, std::ostream& out, std::ostream& err) {
  const auto library = content::Library::open(config.content);
  const auto faults = content::check(library);
  if (json) {
    auto told = nlohmann::json::array();
    for (const auto& fault : faults) told.push_back({{"path", fault.path}, {"line", fault.line}, {"what", fault.what}});
    out << nlohmann::json{{"faults", told}}.dump() << '\n';
  } else if (faults.empty()) {
    out << say("command.content_check.good") << '\n';
  } else {
    for (const auto& fault : faults) {
      err << fault.path;
      if (fault.line > 0) err << ':' << fault.line;
      err << ": " << fault.what << '\n';
    }
  }
  return faults.empty() ? Ended::done : Ended::refused;
}

}  // namespace

void add_content_commands(CLI::App& app, Typed& typed, const Typing&, const web::Language& say) {
  auto* content = add_command(app, "content", "command.content", say);
  content->require_subcommand(1);
  add_command(*content, "check", "command.content_check", say, typed, {"content_page", policy::Action::read})
      ->callback([&typed, &say] {
        typed.needs = Needs::nothing;
        typed.alone = [&say](const Typed& all, std::ostream& out, std::ostream& err) {
          return check_content(all.config, all.json, say, out, err);
        };
      });
}

}  // namespace cairn::app
