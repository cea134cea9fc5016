// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"

namespace cairn::accounts {

// The forms of a word of the programme, as texts use them: {term:worker.one} and so on.
struct Wording {
  std::string one;      // "peer volunteer"
  std::string many;     // "peer volunteers"
  std::string article;  // "a peer volunteer"
  std::string start;    // "Peer volunteer"
  std::string starts;   // "Peer volunteers"
  bool operator==(const Wording&) const = default;
};

// As typed. The last three may be empty: then they follow from the first two.
struct WordForm {
  std::string one;
  std::string many;
  std::string article;
  std::string start;
  std::string starts;
};
// Words of 1 to 40 characters, plain, on one line, without curly brackets. Every problem at once, in the order of the
// form.
Checked<Wording> check_wording(const WordForm& form);

// "a" or "an" by how an English word begins to sound, near enough: an hour, a user.
std::string with_article(std::string_view word);
// With a capital, where it begins with a letter of ASCII; as it is otherwise.
std::string with_capital(std::string_view word);

// What a service may call differently from the rest of the programme.
inline constexpr std::string_view words_of_services[] = {"worker", "person"};
bool is_word_of_services(std::string_view term);

// A word somebody chose, or put back to the usual one.
struct ChosenWord {
  std::string service;  // empty: the whole programme
  std::string language;
  std::string term;                // "worker"
  std::optional<Wording> wording;  // nothing: the usual word again
  std::string given_by;            // an account, or a word such as operator
  Moment at;
};

// "worker.one" -> "peer volunteer", with every form, for every word that is not the usual one.
std::map<std::string, std::string> terms_of(const std::vector<ChosenWord>& words);

}  // namespace cairn::accounts
