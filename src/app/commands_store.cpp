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
#include "base/text.hpp"
#include "db/backup.hpp"
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
  auto* init_command = add_command(app, "init", "command.init", say);
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
  database.migrate([&] {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    db::backup(database, file, not_in_backups());
    context.out << say("command.migrate.backup", {{"file", file}}) << '\n';
  });
  context.out << say("command.migrate.done") << '\n';
  return Ended::done;
}

Ended verify(CommandContext& context, const web::Language& say) {
  const auto faults = db::verify(context.database, sealed_columns());
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

Ended back_up(const std::string& file, CommandContext& context, const web::Language& say) {
  db::backup(context.database, file, not_in_backups());
  context.database.write(context.actor, {"backup.make", "backup", ""}, [](db::Write&) {});
  context.out << say("command.backup.done", {{"file", file}}) << '\n';
  return Ended::done;
}

Ended put_back(const std::string& file, CommandContext& context, const web::Language& say) {
  db::restore(context.database, file);
  // A backup of an older Cairn brings the schema of its time.
  if (context.database.schema() == db::SchemaState::behind) context.database.migrate([] {});
  context.out << say("command.restore.done", {{"file", file}}) << '\n';
  return Ended::done;
}

// One command that works on one file and a store.
template <class Act>
void add_file_command(CLI::App& app, const std::string& name, const std::string& key, Needs needs, Typed& typed,
                      const Typing& typing, const web::Language& say, Act act) {
  auto* command = add_command(app, name, key, say);
  auto file = std::make_shared<std::string>();
  command->add_option("FILE", *file, say(key + ".file"))->required();
  command->callback([file, needs, act, &typed, &typing, &say] {
    typed.needs = needs;
    typed.on_store = [path = typing.path(*file), act, &say](CommandContext& context, const Config&) {
      return act(path, context, say);
    };
  });
}

}  // namespace

void add_store_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  add_init(app, typed, typing, say);
  add_command(app, "migrate", "command.migrate", say)->callback([&typed, &say] {
    typed.needs = Needs::any_schema;
    typed.on_store = [&say](CommandContext& context, const Config&) { return migrate(context, say); };
  });
  add_command(app, "verify", "command.verify", say)->callback([&typed, &say] {
    typed.needs = Needs::store;
    typed.on_store = [&say](CommandContext& context, const Config&) { return verify(context, say); };
  });
  add_file_command(app, "backup", "command.backup", Needs::store, typed, typing, say, back_up);
  add_file_command(app, "restore", "command.restore", Needs::refilled_store, typed, typing, say, put_back);
}

}  // namespace cairn::app
