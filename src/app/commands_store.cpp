// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/opening.hpp"
#include "app/stages.hpp"
#include "app/witness.hpp"
#include "base/text.hpp"
#include "db/backup.hpp"
#include "db/checkpoint.hpp"
#include "db/person_keys.hpp"
#include "db/person_keys_backup.hpp"
#include "db/verify.hpp"

namespace cairn::app {
namespace {

using jobs::CommandContext;
using jobs::Ended;

struct FirstPeople {
  std::string organisation;
  std::string kind;
  std::string email;
  std::string name;
  std::string password_file;
  std::string zone = "Europe/London";
};

// What an organisation is, from its name where nobody said.
std::string kind_of(const FirstPeople& first) {
  if (!first.kind.empty()) return first.kind;
  const auto name = " " + lower(first.organisation) + " ";
  if (name.find(" nhs ") != std::string::npos) return "nhs";
  return name.find(" council ") != std::string::npos ? "council" : "voluntary";
}

// The first organisation and the first person, who is lead and administrator. Only into a store without people.
Ended add_first_people(const FirstPeople& first, CommandContext& context, const web::Language& say) {
  auto& database = context.database;
  if (database.read([](db::Read& read) { return accounts::accounts_count(read); }) > 0) {
    context.err << "cairn: " << say("command.init.has_people") << '\n';
    return Ended::refused;
  }
  const auto programme = database.read([](db::Read& read) { return accounts::find_programme(read); });
  const auto structure = database.read([&](db::Read& read) { return accounts::structure(read, context.actor); });
  const auto organisation = accounts::check(accounts::OrganisationForm{first.organisation, kind_of(first)}, structure);
  const auto account = accounts::check(
      accounts::AccountForm{first.email, first.name, first_line(first.password_file), {"lead", "administrator"}},
      {first.organisation});
  auto problems = organisation ? std::vector<Problem>() : organisation.problems();
  if (!account) problems.insert(problems.end(), account.problems().begin(), account.problems().end());
  if (!problems.empty()) return tell_problems(problems, say, context.err);

  const auto kept = accounts::kept_password(database.keys(), account->password);
  database.write(context.actor, {"programme.begin", "account", ""}, [&](db::Write& write) {
    if (programme->name.empty()) accounts::rename_programme(write, programme->id, organisation->name);
    accounts::add(write, programme->id, *organisation);
    accounts::add(write, programme->id, *account, kept);
  });
  context.out << say("command.init.people", {{"email", account->email}}) << '\n';
  return Ended::done;
}

Ended init(const FirstPeople& first, const Config& config, CommandContext& context, const web::Language& say) {
  const bool made = context.actor.programme_id.empty();
  make_programme(context.database, first.zone);
  const auto programme = context.database.read([](db::Read& read) { return accounts::find_programme(read); });
  context.actor.programme_id = programme->id.text;
  const auto key_file = key_file_of(config);
  if (context.json)
    context.out << nlohmann::json{{"made", made}, {"data", config.data}, {"key_file", key_file}}.dump() << '\n';
  else if (made)
    context.out << say("command.init.made", {{"data", config.data}, {"keys", key_file}}) << '\n';
  else if (first.organisation.empty())
    context.out << say("command.init.there", {{"data", config.data}}) << '\n';
  return first.organisation.empty() ? Ended::done : add_first_people(first, context, say);
}

// A zone the calendar does not know would stop every page.
bool is_zone(const std::string& zone) {
  try {
    date_in_zone(Moment{}, zone);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void add_init(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* init_command = add_command(app, "init", "command.init", say, typed, {"first_setup", policy::Action::create});
  auto first = std::make_shared<FirstPeople>();
  auto* organisation =
      init_command->add_option("--organisation", first->organisation, say("command.init.organisation"));
  auto* email = init_command->add_option("--email", first->email, say("command.init.email"));
  auto* password = init_command->add_option("--password-file", first->password_file, say("command.init.password_file"));
  organisation->needs(email, password);
  email->needs(organisation);
  password->needs(organisation);
  init_command->add_option("--name", first->name, say("command.init.name"))->needs(organisation);
  init_command->add_option("--kind", first->kind, say("command.init.kind"))
      ->needs(organisation)
      ->check(CLI::IsMember({"nhs", "council", "voluntary"}));
  init_command->add_option("--zone", first->zone, say("command.init.zone"))->check([&say](const std::string& zone) {
    return is_zone(zone) ? "" : say("command.init.odd_zone");
  });
  init_command->callback([first, &typed, &typing, &say] {
    typed.needs = Needs::made_store;
    first->password_file = typing.path(first->password_file);
    typed.on_store = [first, &say](CommandContext& context, const Config& config) {
      return init(*first, config, context, say);
    };
  });
}

Ended migrate(CommandContext& context, const web::Language& say) {
  auto& database = context.database;
  if (database.schema() == db::SchemaState::current) {
    context.out << say("command.migrate.current") << '\n';
    return Ended::done;
  }
  const auto folder = context.folder + "/backups";
  auto stamp = iso(context.now);
  std::erase_if(stamp, [](char c) { return c == ':' || c == '.' || c == '-'; });
  const auto file = folder + "/before-migration-" + stamp + ".cairn";
  const auto keys = file + ".keys";
  database.migrate([&] {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    db::backup(database, file, not_in_backups());
    db::backup_person_keys(database, keys);
    context.out << say("command.migrate.backup", {{"file", file}}) << '\n';
  });
  // No copy of the keys of persons outlives its use.
  std::filesystem::remove(keys);
  context.out << say("command.migrate.done") << '\n';
  return Ended::done;
}

Ended verify(const std::string& witness, CommandContext& context, const web::Language& say) {
  const auto lines = witness.empty() ? std::vector<std::string>() : db::witness_lines(witness);
  const auto faults = db::verify(context.database, sealed_columns(), lines);
  if (context.json) {
    auto told = nlohmann::json::array();
    for (const auto& fault : faults) told.push_back({{"what", fault.what}, {"where", fault.where}});
    context.out << nlohmann::json{{"faults", told}}.dump() << '\n';
  } else if (faults.empty()) {
    context.out << say("command.verify.good") << '\n';
  } else {
    for (const auto& fault : faults) context.err << fault.where << ": " << fault.what << '\n';
    context.err << "cairn: " << say.count("command.verify.faults", static_cast<std::int64_t>(faults.size())) << '\n';
  }
  return faults.empty() ? Ended::done : Ended::refused;
}

Ended back_up(const std::string& file, CommandContext& context, const Config& config, const web::Language& say) {
  db::backup(context.database, file, not_in_backups());
  context.database.write(context.actor, {"backup.make", "backup", ""}, [](db::Write&) {});
  const auto journal = witness_now(context.database, config.journal);
  const auto people = context.database.read([](db::Read& read) { return std::ssize(db::owners_with_keys(read)); });
  if (context.json) {
    context.out << nlohmann::json{{"file", file}, {"journal", journal->line}, {"person_keys_apart", people}}.dump()
                << '\n';
    return Ended::done;
  }
  context.out << say("command.backup.done", {{"file", file}}) << '\n'
              << say("command.backup.journal", {{"line", journal->line}}) << '\n';
  if (people > 0) context.out << say("command.backup.person_keys", {{"n", std::to_string(people)}}) << '\n';
  return Ended::done;
}

void add_backup(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command = add_command(app, "backup", "command.backup", say, typed, {"backup", policy::Action::create});
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, say("command.backup.file"))->required();
  command->callback([file, &typed, &typing, &say] {
    typed.needs = Needs::store;
    typed.on_store = [path = typing.path(*file), &say](CommandContext& context, const Config& config) {
      return back_up(path, context, config, say);
    };
  });
}

Ended put_back(const std::string& file, const db::PersonKeysFile& keys, CommandContext& context,
               const web::Language& say) {
  const auto restored = db::restore(context.database, file, keys);
  // A backup of an older Cairn brings the schema of its time.
  if (context.database.schema() == db::SchemaState::behind) context.database.migrate([] {});
  if (keys.old == db::OldKeys::accept)
    context.database.write(context.actor, {"person_keys.accept_old", "backup", ""}, [](db::Write&) {});
  context.out << say("command.restore.done", {{"file", file}}) << '\n';
  if (restored.keys_missing > 0)
    context.err << "cairn: " << say("command.restore.keys_missing", {{"n", std::to_string(restored.keys_missing)}})
                << '\n';
  return Ended::done;
}

void add_restore(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command = add_command(app, "restore", "command.restore", say, typed, {"backup", policy::Action::restore});
  auto file = std::make_shared<std::string>();
  auto keys = std::make_shared<db::PersonKeysFile>();
  auto accept_old = std::make_shared<bool>(false);
  command->add_option("FILE", *file, say("command.restore.file"))->required();
  auto* person_keys = command->add_option("--person-keys", keys->path, say("command.restore.person_keys"));
  command->add_flag("--old-keys", *accept_old, say("command.restore.old_keys"))->needs(person_keys);
  command->callback([file, keys, accept_old, &typed, &typing, &say] {
    typed.needs = Needs::refilled_store;
    if (*accept_old) keys->old = db::OldKeys::accept;
    if (!keys->path.empty()) keys->path = typing.path(keys->path);
    typed.on_store = [path = typing.path(*file), keys = *keys, &say](CommandContext& context, const Config&) {
      return put_back(path, keys, context, say);
    };
  });
}

void add_verify(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command = add_command(app, "verify", "command.verify", say, typed, {"journal_integrity", policy::Action::read});
  auto witness = std::make_shared<std::string>();
  command->add_option("--witness", *witness, say("command.verify.witness"));
  command->callback([witness, &typed, &typing, &say] {
    typed.needs = Needs::store;
    const auto path = witness->empty() ? std::string() : typing.path(*witness);
    typed.on_store = [path, &say](CommandContext& context, const Config& config) {
      return verify(path.empty() ? config.journal.witness_file : path, context, say);
    };
  });
}

}  // namespace

void add_store_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  add_init(app, typed, typing, say);
  add_command(app, "migrate", "command.migrate", say, typed, {"store_upkeep", policy::Action::amend})
      ->callback([&typed, &say] {
        typed.needs = Needs::any_schema;
        typed.on_store = [&say](CommandContext& context, const Config&) { return migrate(context, say); };
      });
  add_verify(app, typed, typing, say);
  add_backup(app, typed, typing, say);
  add_restore(app, typed, typing, say);
}

}  // namespace cairn::app
