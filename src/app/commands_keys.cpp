// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/stages.hpp"
#include "app/witness.hpp"
#include "base/text.hpp"
#include "db/person_keys_backup.hpp"
#include "db/rotation.hpp"

namespace cairn::app {
namespace {

using jobs::CommandContext;
using jobs::Ended;
using nlohmann::json;

// Goes on with a rotation that was broken off, and begins one where none is open.
Ended rotate(CommandContext& context, const web::Language& say) {
  auto& database = context.database;
  if (database.keys().former_ids().empty()) database.keys().renew();
  const auto moved = db::move_to_newest_key(database, context.actor, sealed_columns());
  if (context.json)
    context.out << json{{"keys", moved.keys}, {"values", moved.values}, {"id", hex(database.keys().id())}}.dump()
                << '\n';
  else
    context.out << say("command.keys.rotate.done",
                       {{"values", std::to_string(moved.values)}, {"keys", std::to_string(moved.keys)}})
                << '\n';
  return Ended::done;
}

Ended renew_persons(const std::string& person, CommandContext& context, const web::Language& say) {
  db::Moved moved;
  if (person.empty())
    moved = db::renew_person_keys(context.database, context.actor, sealed_columns());
  else
    moved = {1, db::renew_person_key(context.database, context.actor, person, sealed_columns())};
  if (context.json)
    context.out << json{{"keys", moved.keys}, {"values", moved.values}}.dump() << '\n';
  else
    context.out << say("command.keys.persons.done",
                       {{"values", std::to_string(moved.values)}, {"keys", std::to_string(moved.keys)}})
                << '\n';
  return Ended::done;
}

Ended retire(CommandContext& context, const web::Language& say) {
  auto& database = context.database;
  const auto retired = static_cast<std::int64_t>(database.keys().former_ids().size());
  const auto left = db::left_under_former_keys(database, sealed_columns());
  if (left > 0) {
    context.err << "cairn: " << say("command.keys.retire.left", {{"n", std::to_string(left)}}) << '\n';
    return Ended::refused;
  }
  database.write(context.actor, {"keys.retire", "store", hex(database.keys().id()), retired}, [](db::Write&) {});
  database.keys().retire_former();
  if (context.json)
    context.out << json{{"retired", retired}}.dump() << '\n';
  else
    context.out << say(retired > 0 ? "command.keys.retire.done" : "command.keys.retire.none") << '\n';
  return Ended::done;
}

Ended back_up_keys(const std::string& file, CommandContext& context, const web::Language& say) {
  const auto keys = db::backup_person_keys(context.database, file);
  context.database.write(context.actor, {"person_keys.backup", "backup", "", keys}, [](db::Write&) {});
  if (context.json)
    context.out << json{{"keys", keys}, {"file", file}}.dump() << '\n';
  else
    context.out << say("command.keys.backup.done", {{"n", std::to_string(keys)}, {"file", file}}) << '\n';
  return Ended::done;
}

Ended tell_public_key(CommandContext& context) {
  const auto key = db::public_key_text(context.database.keys());
  context.out << (context.json ? json{{"public_key", key}}.dump() : key) << '\n';
  return Ended::done;
}

Ended make_checkpoint(CommandContext& context, const Config& config) {
  const auto made = witness_now(context.database, config.journal);
  if (!made) return Ended::refused;
  context.out << (context.json ? json{{"position", made->position}, {"line", made->line}}.dump() : made->line) << '\n';
  return Ended::done;
}

template <class Act>
CLI::App* add_on_store(CLI::App& app, const std::string& name, const std::string& key, Typed& typed,
                       const web::Language& say, CommandAllow allow, Act act) {
  auto* command = add_command(app, name, key, say, typed, allow);
  command->callback([act, &typed] {
    typed.needs = Needs::store;
    typed.on_store = act;
  });
  return command;
}

}  // namespace

void add_keys_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* keys = add_command(app, "keys", "command.keys", say);
  keys->require_subcommand(1);
  add_on_store(*keys, "rotate", "command.keys.rotate", typed, say, {"master_key", policy::Action::create},
               [&say](CommandContext& context, const Config&) { return rotate(context, say); });
  add_on_store(*keys, "retire", "command.keys.retire", typed, say, {"master_key", policy::Action::erase},
               [&say](CommandContext& context, const Config&) { return retire(context, say); });
  auto person = std::make_shared<std::string>();
  add_on_store(*keys, "renew-persons", "command.keys.persons", typed, say, {"master_key", policy::Action::create},
               [&say, person](CommandContext& context, const Config&) { return renew_persons(*person, context, say); })
      ->add_option("--person", *person, say("command.keys.persons.person"));
  auto file = std::make_shared<std::string>();
  add_on_store(*keys, "backup", "command.keys.backup", typed, say, {"master_key", policy::Action::export_},
               [&say, &typing, file](CommandContext& context, const Config&) {
                 return back_up_keys(typing.path(*file), context, say);
               })
      ->add_option("FILE", *file, say("command.keys.backup.file"))
      ->required();
  auto* journal = add_command(app, "journal", "command.journal", say);
  journal->require_subcommand(1);
  add_on_store(*journal, "key", "command.journal.key", typed, say, {"journal_integrity", policy::Action::read},
               [](CommandContext& context, const Config&) { return tell_public_key(context); });
  add_on_store(*journal, "checkpoint", "command.journal.checkpoint", typed, say,
               {"journal_integrity", policy::Action::read}, make_checkpoint);
}

}  // namespace cairn::app
