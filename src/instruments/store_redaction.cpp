// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_redaction.hpp"

#include <stdexcept>

#include "base/text.hpp"
#include "content/toml.hpp"

namespace cairn::instruments {
namespace {

using content::Fault;
using content::Toml;

constexpr std::string_view path = "rules/redaction.v1.toml";

std::set<std::string, std::less<>> as_set(std::vector<std::string> words) {
  return {std::make_move_iterator(words.begin()), std::make_move_iterator(words.end())};
}

RedactionWords read_words(Toml::Table top) {
  RedactionWords words;
  for (const auto key : {"id", "language", "title", "source", "licence", "permission", "not_for"}) top.text(key);
  top.whole("version", 1, 1);
  words.titles = as_set(top.list("titles"));
  words.before_a_name = top.list("before_a_name");
  for (const auto& line : top.list("nicknames")) {
    words.nicknames.emplace_back();
    for (const auto name : split(line, ' ')) words.nicknames.back().emplace_back(name);
  }
  words.given_names = as_set(top.list("given_names"));
  words.also_words = as_set(top.list("also_words"));
  words.not_names = as_set(top.list("not_names"));
  words.kinds_of_place = as_set(top.list("kinds_of_place"));
  words.in_place_names = as_set(top.list("in_place_names"));
  words.rare = top.list("rare");
  return words;
}

}  // namespace

RedactionWords redaction_words(const content::Library& library) {
  const auto* file = library.find(path);
  if (file == nullptr) throw std::runtime_error(std::string(path) + " is missing");
  std::vector<Fault> faults;
  Toml toml(*file, faults);
  auto words = read_words(toml.top());
  toml.finish();
  if (faults.empty()) return words;
  std::string all;
  for (const auto& fault : faults)
    all += (all.empty() ? "" : "\n") + fault.path + ":" + std::to_string(fault.line) + ": " + fault.what;
  throw std::runtime_error(all);
}

}  // namespace cairn::instruments
