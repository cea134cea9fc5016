// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/stages.hpp"
#include "app/who_sees.hpp"
#include "content/library.hpp"
#include "policy/who_sees.hpp"

namespace cairn::app {
namespace {

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

}  // namespace

void add_policy_commands(CLI::App& app, Typed& typed, const Typing&, const web::Language& say) {
  add_command(app, "policy", "command.policy", say, typed, {"content_page", policy::Action::read})
      ->callback([&typed, &say] {
        typed.needs = Needs::nothing;
        typed.alone = [&say](const Typed& all, std::ostream& out, std::ostream&) {
          return tell_policy(all.config, say, out);
        };
      });
}

}  // namespace cairn::app
