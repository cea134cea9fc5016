// SPDX-License-Identifier: Apache-2.0
#include "app/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>
#include <vector>

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
  top.name_the_unknown();
  if (config.tls_certificate.empty() != config.tls_key.empty())
    problems.push_back({"serve.tls_key", "config.problem.tls"});
  if (!problems.empty()) return problems;
  return config;
}

}  // namespace cairn::app
