// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "app/commands.hpp"
#include "evaluation/actions_commands.hpp"

namespace cairn::app {
namespace {

using jobs::CommandContext;

constexpr int most_rounds = 999;

// The command's arguments live as long as what is to be done with them.
template <class Arguments>
std::shared_ptr<Arguments> acts(CLI::App* command, Typed& typed, const web::Language& say,
                                jobs::Ended (*act)(const Arguments&, CommandContext&, const web::Language&),
                                std::function<void(Arguments&)> make_absolute) {
  auto arguments = std::make_shared<Arguments>();
  command->callback([arguments, act, make_absolute = std::move(make_absolute), &typed, &say] {
    if (make_absolute) make_absolute(*arguments);
    typed.needs = Needs::store;
    typed.on_store = [arguments, act, &say](CommandContext& context, const Config&) {
      return act(*arguments, context, say);
    };
  });
  return arguments;
}

void add_import(CLI::App& inventory, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command = add_command(inventory, "import", "command.inventory_import", say, typed,
                              {"response_import", policy::Action::create});
  const auto typed_here = acts<evaluation::ImportArguments>(
      command, typed, say, evaluation::inventory_import,
      [&typing](evaluation::ImportArguments& all) { all.file = typing.path(all.file); });
  command->add_option("FILE", typed_here->file, say("command.inventory_import.file"))->required();
  command->add_option("--study", typed_here->study, say("command.inventory.study"))->required();
  command->add_option("--round", typed_here->round, say("command.inventory_import.round"))
      ->check(CLI::Range(1, most_rounds));
  command->add_flag("--create", typed_here->create, say("command.inventory_import.create"));
  command->add_flag("--dry-run", typed_here->dry_run, say("command.inventory_import.dry_run"));
}

void add_compare(CLI::App& inventory, Typed& typed, const web::Language& say) {
  auto* command = add_command(inventory, "compare", "command.inventory_compare", say, typed,
                              {"inventory_comparison", policy::Action::read});
  const auto typed_here = acts<evaluation::CompareArguments>(command, typed, say, evaluation::inventory_compare, {});
  command->add_option("--study", typed_here->study, say("command.inventory.study"))->required();
  command->add_option("--round", typed_here->round, say("command.inventory.round"))->check(CLI::Range(1, most_rounds));
  command->add_option("--by", typed_here->by, say("command.inventory_compare.by"))
      ->check(CLI::IsMember({"employer", "context", "setting", "stakeholder", "site", "all"}));
  command->add_option("--format", typed_here->format, say("command.inventory_compare.format"))
      ->check(CLI::IsMember({"table", "csv", "json"}));
}

void add_report(CLI::App& inventory, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command =
      add_command(inventory, "report", "command.inventory_report", say, typed, {"site_report", policy::Action::create});
  const auto typed_here = acts<evaluation::ReportArguments>(
      command, typed, say, evaluation::inventory_report,
      [&typing](evaluation::ReportArguments& all) { all.out = typing.path(all.out); });
  command->add_option("--study", typed_here->study, say("command.inventory.study"))->required();
  command->add_option("--round", typed_here->round, say("command.inventory.round"))->check(CLI::Range(1, most_rounds));
  auto* site = command->add_option("--site", typed_here->site, say("command.inventory_report.site"));
  command->add_flag("--everyone", typed_here->everyone, say("command.inventory_report.everyone"))->excludes(site);
  command->add_option("--purpose", typed_here->purpose, say("command.inventory_report.purpose"))->required();
  command->add_option("--out", typed_here->out, say("command.inventory_report.out"))->required();
}

}  // namespace

void add_inventory_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* inventory = add_command(app, "inventory", "command.inventory", say);
  inventory->require_subcommand(1);
  add_import(*inventory, typed, typing, say);
  add_compare(*inventory, typed, say);
  add_report(*inventory, typed, typing, say);
}

}  // namespace cairn::app
