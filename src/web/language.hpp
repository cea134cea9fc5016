// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"

namespace cairn::web {

// What fills a place {name} of a text.
using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The texts of one language, by key, with the programme's own words put in.
//
// Texts are flat JSON: {"study.title": "..."}. Places: {name} is a value; {term:worker.one} is the programme's word
// (one, many, article, start). Plurals: keys "x.one" and "x.many" chosen by count().
class Language {
 public:
  // `texts` and `fallback` are the bytes of locales/xx.json and locales/en.json. `terms` maps "worker.many" to the programme's word.
  // Throws std::runtime_error for anything but flat JSON of strings.
  Language(std::string code, std::string_view texts, std::string_view fallback, std::map<std::string, std::string> terms);

  // The text, or in its place the key in square brackets when neither language has it (tests look for those).
  std::string operator()(std::string_view key, Values values = {}) const;
  std::string operator()(const Problem& problem) const;
  // Key + ".one" when n is 1, ".none" when it is 0 and there is such a text, else ".many"; {n} is the number.
  std::string count(std::string_view key, std::int64_t n, Values values = {}) const;
  bool has(std::string_view key) const;

  std::string date(Date day) const;             // "Tuesday 3 March 2026"
  std::string short_date(Date day) const;       // "3 March 2026"
  std::string number(std::int64_t n) const;     // "12,400"
  std::string list(const std::vector<std::string>& parts) const;  // "a, b and c"
  const std::string& code() const { return code_; }  // "en"; "zz" is the false language of tests

 private:
  std::string filled(std::string_view text, Values values) const;
  std::string code_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::string, std::less<>> fallback_;
  std::map<std::string, std::string, std::less<>> terms_;
};

}  // namespace cairn::web
