// SPDX-License-Identifier: Apache-2.0
#include "content/toml.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <variant>

#include "base/text.hpp"

namespace cairn::content {
namespace {

std::string quoted(std::string_view key) {
  return "\"" + std::string(key) + "\"";
}

int line_of_node(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

}  // namespace

// What the file holds, copied so that only this file needs the parser. A value of a kind that no data file uses (a
// fraction, a time of day) is `other`.
struct Toml::Node {
  enum class Kind { text, whole, truth, list, table, other };
  Kind kind = Kind::other;
  int line = 0;
  std::string text;
  std::int64_t whole = 0;
  bool truth = false;
  std::vector<std::unique_ptr<Node>> list;
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> table;  // in the order of the file
  bool asked = false;

  static std::unique_ptr<Node> copy(const toml::node& from);
  Node* find(std::string_view key) const {
    for (const auto& [name, node] : table)
      if (name == key) return node.get();
    return nullptr;
  }
};

std::unique_ptr<Toml::Node> Toml::Node::copy(const toml::node& from) {
  auto node = std::make_unique<Node>();
  node->line = line_of_node(from);
  if (const auto* text = from.as_string()) {
    node->kind = Kind::text;
    node->text = text->get();
  } else if (const auto* whole = from.as_integer()) {
    node->kind = Kind::whole;
    node->whole = whole->get();
  } else if (const auto* truth = from.as_boolean()) {
    node->kind = Kind::truth;
    node->truth = truth->get();
  } else if (const auto* array = from.as_array()) {
    node->kind = Kind::list;
    for (const auto& part : *array) node->list.push_back(copy(part));
  } else if (const auto* table = from.as_table()) {
    node->kind = Kind::table;
    for (const auto& [key, part] : *table) node->table.emplace_back(std::string(key.str()), copy(part));
    std::stable_sort(node->table.begin(), node->table.end(),
                     [](const auto& one, const auto& other) { return one.second->line < other.second->line; });
  }
  return node;
}

Toml::Toml(std::string path, std::string_view text, std::vector<Fault>& faults)
    : path_(std::move(path)), faults_(faults), top_(std::make_unique<Node>()) {
  top_->kind = Node::Kind::table;
  top_->line = 1;
  if (!is_utf8(text)) {
    fault(0, "is not UTF-8 text: save it as UTF-8");
    return;
  }
  try {
    top_ = Node::copy(toml::parse(text, path_));
    parsed_ = true;
  } catch (const toml::parse_error& error) {
    fault(static_cast<int>(error.source().begin.line), "is not TOML: " + std::string(error.description()));
  }
}

Toml::~Toml() = default;

void Toml::fault(int line, std::string what) {
  faults_.push_back({path_, line, std::move(what)});
}

Toml::Table Toml::top() {
  return {this, top_.get()};
}

void Toml::finish() {
  const auto walk = [this](const auto& self, const Node& node) -> void {
    for (const auto& part : node.list) self(self, *part);
    for (const auto& [key, part] : node.table) {
      if (part->asked) {
        self(self, *part);
      } else {
        fault(part->line, quoted(key) + " is not known here: take it out, or look at its spelling");
      }
    }
  };
  walk(walk, *top_);
}

Toml::Node* Toml::Table::find(std::string_view key) {
  Node* found = node_->find(key);
  if (found != nullptr) found->asked = true;
  return found;
}

Toml::Node* Toml::Table::find_or_fault(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr && file_->parsed_) file_->fault(line(), quoted(key) + " is missing");
  return found;
}

std::string Toml::Table::text(std::string_view key) {
  if (find_or_fault(key) == nullptr) return {};
  return optional_text(key).value_or("");
}

std::optional<std::string> Toml::Table::optional_text(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::text || trimmed(found->text).empty()) {
    file_->fault(found->line, quoted(key) + " must be text between quotes, and not empty");
    return {};
  }
  return found->text;
}

std::string Toml::Table::one_of(std::string_view key, const std::vector<std::string_view>& allowed) {
  const std::string value = text(key);
  if (value.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  std::string choices;
  for (const auto choice : allowed) choices += (choices.empty() ? "" : ", ") + std::string(choice);
  file_->fault(line_of(key), quoted(key) + " is " + quoted(value) + ", which is none of: " + choices);
  return {};
}

std::int64_t Toml::Table::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  if (find_or_fault(key) == nullptr) return least;
  return optional_whole(key, least, most).value_or(least);
}

std::optional<std::int64_t> Toml::Table::optional_whole(std::string_view key, std::int64_t least, std::int64_t most) {
  Node* found = find(key);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::whole || found->whole < least || found->whole > most) {
    file_->fault(found->line,
                 quoted(key) + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return {};
  }
  return found->whole;
}

bool Toml::Table::truth(std::string_view key, bool otherwise) {
  Node* found = find(key);
  if (found == nullptr) return otherwise;
  if (found->kind == Node::Kind::truth) return found->truth;
  file_->fault(found->line, quoted(key) + " must be true or false");
  return otherwise;
}

std::vector<std::string> Toml::Table::list(std::string_view key) {
  Node* found = find_or_fault(key);
  if (found == nullptr) return {};
  if (found->kind == Node::Kind::list && found->list.empty()) file_->fault(found->line, quoted(key) + " is empty");
  return optional_list(key);
}

std::vector<std::string> Toml::Table::optional_list(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::list) {
    file_->fault(found->line, quoted(key) + " must be a list: [\"one\", \"two\"]");
    return {};
  }
  std::vector<std::string> values;
  for (const auto& part : found->list) {
    if (part->kind != Node::Kind::text || trimmed(part->text).empty()) {
      file_->fault(part->line, quoted(key) + " must hold texts only, none of them empty");
    } else if (std::find(values.begin(), values.end(), part->text) != values.end()) {
      file_->fault(part->line, quoted(key) + " has " + quoted(part->text) + " twice");
    } else {
      values.push_back(part->text);
    }
  }
  return values;
}

std::vector<std::int64_t> Toml::Table::optional_wholes(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr) return {};
  std::vector<std::int64_t> values;
  bool good = found->kind == Node::Kind::list;
  for (const auto& part : found->list) {
    good = good && part->kind == Node::Kind::whole;
    values.push_back(part->whole);
  }
  if (good) return values;
  file_->fault(found->line, quoted(key) + " must be a list of whole numbers: [1, 2]");
  return {};
}

Toml::Table Toml::Table::table(std::string_view key) {
  find_or_fault(key);
  if (auto found = optional_table(key)) return *found;
  static Node nothing;
  return {file_, &nothing};
}

std::optional<Toml::Table> Toml::Table::optional_table(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr) return {};
  if (found->kind == Node::Kind::table) return Table(file_, found);
  file_->fault(found->line, quoted(key) + " must be a table: [" + std::string(key) + "]");
  return {};
}

std::vector<Toml::Table> Toml::Table::tables(std::string_view key) {
  Node* found = find(key);
  if (found == nullptr) return {};
  std::vector<Table> tables;
  bool good = found->kind == Node::Kind::list;
  for (const auto& part : found->list) {
    good = good && part->kind == Node::Kind::table;
    tables.push_back(Table(file_, part.get()));
  }
  if (good) return tables;
  file_->fault(found->line, quoted(key) + " must be tables: [[" + std::string(key) + "]]");
  return {};
}

std::vector<std::string> Toml::Table::keys() {
  std::vector<std::string> keys;
  for (const auto& [key, part] : node_->table) {
    part->asked = true;
    keys.push_back(key);
  }
  return keys;
}

bool Toml::Table::has(std::string_view key) const {
  return node_->find(key) != nullptr;
}

int Toml::Table::line() const {
  return node_->line;
}

int Toml::Table::line_of(std::string_view key) const {
  const Node* found = node_->find(key);
  return found == nullptr ? line() : found->line;
}

void Toml::Table::fault(std::string_view key, std::string what) {
  file_->fault(line_of(key), std::move(what));
}

}  // namespace cairn::content
