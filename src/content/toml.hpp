// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/library.hpp"

namespace cairn::content {

// Reads a TOML file by asking for what should be there. Nothing throws: what is missing, of the wrong kind, out of
// range or never asked for becomes a Fault with its line, and reading goes on, so that a person sees every fault at
// once. Values given after a fault are empty and only good for going on; use them only where no fault was added.
//
//   Toml file("instruments/x.v1.toml", bytes, faults);
//   Toml::Table top = file.top();
//   instrument.id = top.text("id");
//   for (Toml::Table item : top.tables("item")) ...
//   file.finish();
class Toml {
  struct Node;

 public:
  class Table;

  // Faults go to `faults`, which must outlive this.
  Toml(std::string path, std::string_view text, std::vector<Fault>& faults);
  Toml(const File& file, std::vector<Fault>& faults) : Toml(file.path, file.bytes, faults) {}
  ~Toml();
  Toml(const Toml&) = delete;
  Toml& operator=(const Toml&) = delete;

  bool parsed() const { return parsed_; }  // false: the text is no TOML, one fault says where, and every table is empty
  Table top();                             // tables must not outlive this
  // Adds a fault for each key that nobody asked for.
  void finish();

 private:
  void fault(int line, std::string what);

  std::string path_;
  std::vector<Fault>& faults_;
  bool parsed_ = false;
  std::unique_ptr<Node> top_;
};

// One table of the file. Asking for a key twice is fine.
class Toml::Table {
 public:
  // Text that is not empty, in UTF-8.
  std::string text(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  // Text that is one of `allowed`. "" after a fault.
  std::string one_of(std::string_view key, const std::vector<std::string_view>& allowed);
  // A whole number from `least` to `most`. `least` after a fault.
  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> optional_whole(std::string_view key, std::int64_t least, std::int64_t most);
  // true or false, and `otherwise` where the key is missing.
  bool truth(std::string_view key, bool otherwise);
  // A list of texts, none of them empty, none twice. The optional form gives an empty list where the key is missing;
  // the other needs at least one.
  std::vector<std::string> list(std::string_view key);
  std::vector<std::string> optional_list(std::string_view key);
  // A list of whole numbers; empty where the key is missing.
  std::vector<std::int64_t> optional_wholes(std::string_view key);
  // [key]: empty table after a fault.
  Table table(std::string_view key);
  std::optional<Table> optional_table(std::string_view key);
  // [[key]] or key = [{...}]: empty where the key is missing.
  std::vector<Table> tables(std::string_view key);
  // Every key there is, in the order of the file, each then counted as asked for.
  std::vector<std::string> keys();

  bool has(std::string_view key) const;
  int line() const;                                    // where the table begins
  int line_of(std::string_view key) const;             // of the key, or of the table where there is none
  void fault(std::string_view key, std::string what);  // a fault of the caller's own, at the key's line

 private:
  friend class Toml;
  Table(Toml* file, Node* node) : file_(file), node_(node) {}
  Node* find(std::string_view key);
  Node* find_or_fault(std::string_view key);

  Toml* file_;
  Node* node_;
};

}  // namespace cairn::content
