// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_second_factor.hpp"
#include "app/commands.hpp"
#include "app/files.hpp"
#include "jobs/mail.hpp"

namespace cairn::app {
namespace {

using jobs::CommandContext;
using jobs::Ended;

struct AddArguments {
  std::string email;
  std::string name;
  std::string password_file;
  std::vector<std::string> roles;
};

Id<accounts::Programme> programme_of(const CommandContext& context) {
  return {context.actor.programme_id};
}

std::vector<accounts::Account> all_accounts(const CommandContext& context) {
  return context.database.read([&](db::Read& read) { return accounts::accounts(read, programme_of(context)); });
}

std::vector<std::string> role_names(const accounts::Account& account) {
  std::vector<std::string> names;
  for (const auto& held : account.roles) names.emplace_back(name(held.role));
  return names;
}

Ended list_accounts(CommandContext& context, const web::Language& say) {
  const auto accounts = all_accounts(context);
  context.database.write(context.actor, {"account.list", "account", "", static_cast<std::int64_t>(accounts.size())},
                         [](db::Write&) {});
  if (context.json) {
    auto told = nlohmann::json::array();
    for (const auto& account : accounts)
      told.push_back({{"email", account.email}, {"roles", role_names(account)}, {"open", account.open}});
    context.out << nlohmann::json{{"accounts", told}}.dump() << '\n';
    return Ended::done;
  }
  if (accounts.empty()) context.out << say("command.account_list.none") << '\n';
  for (const auto& account : accounts) {
    context.out << account.email << "  " << say.list(role_names(account));
    if (!account.open) context.out << "  (" << say("command.account_list.closed") << ')';
    context.out << '\n';
  }
  return Ended::done;
}

Ended add_account(const AddArguments& typed, CommandContext& context, const web::Language& say) {
  auto& database = context.database;
  const auto programme = database.read([&](db::Read& read) { return accounts::programme(read, context.actor); });
  const auto account = accounts::check(
      accounts::AccountForm{typed.email, typed.name, first_line(typed.password_file), typed.roles}, {programme.name});
  if (!account) return tell_problems(account.problems(), say, context.err);
  const auto others = all_accounts(context);
  for (const auto& held : account->roles)
    if (!accounts::operator_may_give(held, others))
      return tell_problems({{"roles", "command.account_add.lead_gives", {{"role", std::string(name(held.role))}}}}, say,
                           context.err);
  const auto kept = accounts::kept_password(database.keys(), account->password);
  database.write(context.actor, {"account.create", "account", ""},
                 [&](db::Write& write) { accounts::add(write, programme.id, *account, kept); });
  context.out << say("command.account_add.done", {{"email", account->email}}) << '\n';
  return Ended::done;
}

Ended set_state(const std::string& email, accounts::AccountState state, CommandContext& context,
                const web::Language& say) {
  const auto address = accounts::check_email(email);
  if (!address) return tell_problems(address.problems(), say, context.err);
  const auto account =
      context.database.read([&](db::Read& read) { return accounts::find_account_by_email(read, *address); });
  if (!account) return tell_problems({{"email", "command.account.unknown", {{"email", *address}}}}, say, context.err);
  const bool closing = state == accounts::AccountState::closed;
  context.database.write(
      context.actor, {closing ? "account.close" : "account.open", "account", ""},
      [&](db::Write& write) { accounts::set_state(write, programme_of(context), account->id, state); });
  context.out << say(closing ? "command.account_close.done" : "command.account_open.done", {{"email", *address}})
              << '\n';
  return Ended::done;
}

// The first of the two people who say that a second step was lost; a lead is the other.
Ended tell_lost(const std::string& email, CommandContext& context, const web::Language& say) {
  const auto address = accounts::check_email(email);
  if (!address) return tell_problems(address.problems(), say, context.err);
  const auto known = context.database.read([&](db::Read& read) {
    auto account = accounts::find_account_by_email(read, *address);
    if (account && !accounts::find_second_factor(read, account->id)) account.reset();
    return account;
  });
  if (!known) return tell_problems({{"email", "command.account_lost.none", {{"email", *address}}}}, say, context.err);
  context.database.write(context.actor, {"second_step.lost", "account", ""}, [&](db::Write& write) {
    accounts::tell_lost(write, programme_of(context), known->id);
    jobs::post_letter(write, "account.notice", "lost:" + known->id.text, write.now());
  });
  context.out << say("command.account_lost.done", {{"email", *address}}) << '\n';
  return Ended::done;
}

void add_adding(CLI::App& accounts, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* command = add_command(accounts, "add", "command.account_add", say, typed, {"account", policy::Action::create});
  auto arguments = std::make_shared<AddArguments>();
  command->add_option("--email", arguments->email, say("command.account.email"))->required();
  command->add_option("--name", arguments->name, say("command.account.name"));
  command->add_option("--role", arguments->roles, say("command.account.role"))->required();
  command->add_option("--password-file", arguments->password_file, say("command.account.password_file"))->required();
  command->callback([arguments, &typed, &typing, &say] {
    typed.needs = Needs::store;
    arguments->password_file = typing.path(arguments->password_file);
    typed.on_store = [arguments, &say](CommandContext& context, const Config&) {
      return add_account(*arguments, context, say);
    };
  });
}

}  // namespace

void add_account_commands(CLI::App& app, Typed& typed, const Typing& typing, const web::Language& say) {
  auto* account = add_command(app, "account", "command.account", say);
  account->require_subcommand(1);
  add_command(*account, "list", "command.account_list", say, typed, {"account", policy::Action::list})
      ->callback([&typed, &say] {
        typed.needs = Needs::store;
        typed.on_store = [&say](CommandContext& context, const Config&) { return list_accounts(context, say); };
      });
  add_adding(*account, typed, typing, say);
  auto* lost = add_command(*account, "lost-second-step", "command.account_lost", say, typed,
                           {"lost_second_step", policy::Action::create});
  auto whose = std::make_shared<std::string>();
  lost->add_option("--email", *whose, say("command.account.email"))->required();
  lost->callback([whose, &typed, &say] {
    typed.needs = Needs::store;
    typed.on_store = [whose, &say](CommandContext& context, const Config&) { return tell_lost(*whose, context, say); };
  });
  for (const auto state : {accounts::AccountState::open, accounts::AccountState::closed}) {
    const bool closing = state == accounts::AccountState::closed;
    const std::string name = closing ? "close" : "open";
    auto* command = add_command(*account, name, closing ? "command.account_close" : "command.account_open", say, typed,
                                {"account", policy::Action::amend});
    auto email = std::make_shared<std::string>();
    command->add_option("--email", *email, say("command.account.email"))->required();
    command->callback([email, state, &typed, &say] {
      typed.needs = Needs::store;
      typed.on_store = [email, state, &say](CommandContext& context, const Config&) {
        return set_state(*email, state, context, say);
      };
    });
  }
}

}  // namespace cairn::app
