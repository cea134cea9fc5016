// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "jobs/mail_message.hpp"

namespace cairn::app {
namespace {

// Takes the known keys out of one table, and names what is left.
class Taken {
 public:
  Taken(const toml::table& table, std::string prefix, std::vector<Problem>& problems)
      : table_(table), prefix_(std::move(prefix)), problems_(problems) {}

  void text(std::string_view key, std::string& into) {
    if (const auto* node = know(key)) {
      if (const auto* value = node->as_string())
        into = value->get();
      else
        fault(key, *node, "config.problem.text");
    }
  }
  void port(std::string_view key, std::uint16_t& into) {
    if (const auto* node = know(key)) {
      const auto value = node->value_exact<std::int64_t>();
      if (value && *value >= 0 && *value <= 65535)
        into = static_cast<std::uint16_t>(*value);
      else
        fault(key, *node, "config.problem.port");
    }
  }
  const toml::table* table(std::string_view key) {
    const auto* node = know(key);
    if (node && !node->is_table()) fault(key, *node, "config.problem.table");
    return node ? node->as_table() : nullptr;
  }
  void name_the_unknown() {
    for (const auto& [key, node] : table_)
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        fault(key.str(), node, "config.problem.unknown");
  }

 private:
  const toml::node* know(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
  }
  void fault(std::string_view key, const toml::node& node, std::string text_key) {
    const auto name = prefix_ + std::string(key);
    problems_.push_back(
        {name, std::move(text_key), {{"key", name}, {"line", std::to_string(node.source().begin.line)}}});
  }

  const toml::table& table_;
  std::string prefix_;
  std::vector<Problem>& problems_;
  std::vector<std::string> known_;
};

bool is_mail_server(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return false;
  const auto host = address.substr(scheme + 3);
  const bool plain = std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-.:[]").find(c) != std::string_view::npos;
  });
  return (address.starts_with("smtp://") || address.starts_with("smtps://")) && !host.empty() && plain;
}

void read_mail(const toml::table& table, MailConfig& into, std::vector<Problem>& problems) {
  Taken mail(table, "mail.", problems);
  mail.text("server", into.server);
  mail.text("from", into.from);
  mail.text("sender_name", into.sender_name);
  mail.text("user", into.user);
  mail.text("password_file", into.password_file);
  mail.text("ca_file", into.ca_file);
  mail.name_the_unknown();
  // Emptied out, the section is as good as absent; the shipped copy has it so.
  if (into == MailConfig()) return;
  if (!is_mail_server(into.server)) problems.push_back({"mail.server", "config.problem.mail_server"});
  if (!jobs::is_mail_address(into.from)) problems.push_back({"mail.from", "config.problem.mail_from"});
  if (into.user.empty() != into.password_file.empty())
    problems.push_back({"mail.password_file", "config.problem.mail_password"});
}

void read_journal(const toml::table& table, JournalConfig& into, std::vector<Problem>& problems) {
  Taken journal(table, "journal.", problems);
  journal.text("witness_file", into.witness_file);
  journal.text("witness_syslog", into.witness_syslog);
  journal.text("witness_mail", into.witness_mail);
  journal.name_the_unknown();
  if (!into.witness_mail.empty() && !jobs::is_mail_address(into.witness_mail))
    problems.push_back({"journal.witness_mail", "config.problem.witness_mail"});
}

}  // namespace

Checked<Config> config_from_toml(std::string_view text) {
  toml::table file;
  try {
    file = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return std::vector{
        Problem{"",
                "config.problem.toml",
                {{"line", std::to_string(error.source().begin.line)}, {"what", std::string(error.description())}}}};
  }
  std::vector<Problem> problems;
  Config config;
  Taken top(file, "", problems);
  top.text("data", config.data);
  top.text("database", config.database);
  top.text("keys", config.keys);
  top.text("content", config.content);
  if (const auto* table = top.table("serve")) {
    Taken serve(*table, "serve.", problems);
    serve.text("address", config.address);
    serve.port("port", config.port);
    serve.text("tls_certificate", config.tls_certificate);
    serve.text("tls_key", config.tls_key);
    serve.text("public_host", config.public_host);
    serve.text("trusted_proxy", config.trusted_proxy);
    serve.name_the_unknown();
  }
  if (const auto* table = top.table("mail")) read_mail(*table, config.mail, problems);
  if (const auto* table = top.table("journal")) read_journal(*table, config.journal, problems);
  top.name_the_unknown();
  if (config.tls_certificate.empty() != config.tls_key.empty())
    problems.push_back({"serve.tls_key", "config.problem.tls"});
  if (!problems.empty()) return problems;
  return config;
}

}  // namespace cairn::app
