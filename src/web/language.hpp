// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
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
// Texts are flat JSON: {"study.title": "..."}. Places: {name} is a value, put in as it is and never read again;
// {term:worker.one} is the programme's word (one, many, article, start, starts). A place nobody fills shows as [name].
// Plurals: keys "x.one" and "x.many" chosen by count().
//
// The code "zz" is the false language of tests: made from the fallback by accenting every letter and setting it between
// [!! and !!], so that a sentence that never went through here stands out. Dates, numbers and lists are accented
// without the brackets.
class Language {
 public:
  // `texts` and `fallback` are the bytes of locales/xx.json and locales/en.json. `terms` maps "worker.many" to the
  // programme's word. Throws std::runtime_error for anything but flat JSON of strings, and for a key that stands there
  // twice.
  Language(std::string code, std::string_view texts, std::string_view fallback,
           std::map<std::string, std::string> terms);
  // From the files the program carries: every locales/<code>/*.json together, with locales/en/*.json behind them. The
  // words of locales/<code>/terms.json hold where `terms` has none. Throws std::runtime_error also for a key two files
  // have, and for a language that has no file.
  static Language from_embedded(const std::string& code, std::map<std::string, std::string> terms = {});

  // The same texts with other words of the programme in place of those named; shares the texts with this one.
  Language with(const std::map<std::string, std::string>& terms) const;

  // The text, or in its place the key in square brackets when neither language has it (tests look for those).
  std::string operator()(std::string_view key, Values values = {}) const;
  std::string operator()(const Problem& problem) const;
  // Key + ".one" when n is 1, ".none" when it is 0 and there is such a text, else ".many"; {n} is the number.
  std::string count(std::string_view key, std::int64_t n, Values values = {}) const;
  bool has(std::string_view key) const;
  // The programme's word, or the key in square brackets: "worker.one" is "peer support worker".
  std::string term(std::string_view key) const;
  // A text written with the usual words of this language, as the statements of an instrument are, with the programme's
  // own in place of those named ("worker"). Whole words only, in all their forms, with "A" in front too.
  std::string in_own_words(std::string_view text, std::initializer_list<std::string_view> names) const;
  // Everything that has a word of the programme's: "lead", "worker" ..., in their order.
  std::vector<std::string> term_names() const;

  const std::map<std::string, std::string, std::less<>>& terms() const { return terms_; }

  std::string date(Date day) const;                               // "Tuesday 3 March 2026"
  std::string day(Date day) const;                                // "Tuesday 3 March", where the year is plain
  std::string short_date(Date day) const;                         // "3 March 2026"
  std::string number(std::int64_t n) const;                       // "12,400"
  std::string list(const std::vector<std::string>& parts) const;  // "a, b and c"
  std::string words(std::int64_t n) const;                        // "nine"; from 10 on as number()
  const std::string& code() const { return code_; }               // "en"; "zz" is the false language of tests

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  using Value = std::pair<std::string_view, std::string_view>;
  Language(std::string code, Texts texts, Texts fallback, Texts terms);
  const std::string* find(std::string_view key) const;
  std::string said(std::string_view key, const std::vector<Value>& values) const;
  std::string filled(std::string_view text, const std::vector<Value>& values) const;
  std::string code_;
  std::shared_ptr<const Texts> texts_;
  std::shared_ptr<const Texts> fallback_;
  std::shared_ptr<const Texts> usual_terms_ = std::make_shared<const Texts>();
  Texts terms_;
};

}  // namespace cairn::web
