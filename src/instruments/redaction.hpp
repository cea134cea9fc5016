// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::instruments {

// What may tell who somebody is.
enum class Telling { name, place, postcode, phone, email, nhs_number, date };
std::string_view code(Telling telling);  // "name", "place" ...

// Bytes `from` up to, not with, `to` of a text.
struct TellingPart {
  std::size_t from = 0;
  std::size_t to = 0;
  Telling why = Telling::name;
  bool operator==(const TellingPart&) const = default;
};

// The lists of content/rules/redaction.v1.toml, all in small letters.
struct RedactionWords {
  std::set<std::string, std::less<>> titles;
  std::vector<std::string> before_a_name;           // one or two words: "called", "name is"
  std::vector<std::vector<std::string>> nicknames;  // names of one person
  std::set<std::string, std::less<>> given_names;   // nicknames too
  std::set<std::string, std::less<>> also_words;
  std::set<std::string, std::less<>> not_names;
  std::set<std::string, std::less<>> kinds_of_place;
  std::set<std::string, std::less<>> in_place_names;
  std::vector<std::string> rare;
};

// Points a reviewer to what may tell who somebody is; it decides and changes nothing.
//
// Structured: UK postcodes; telephone numbers of the UK and extensions; e-mail addresses; NHS numbers whose check digit
// is right (modulus 11) or that are called one; days with their year, and years of birth. Names: those of the programme
// and the short forms of their given names, also in small letters; given names in use, titles with a name, what follows
// "called", and any other word with a capital inside a sentence that is not listed as none. Places: organisations,
// services, teams and sites of the programme, whole or by their telling word; and names ending in a kind of place.
// Words that are also names ("Will", "May") count inside a sentence and with a capital alone.
class Redaction {
 public:
  // `people`: whole names of everybody the programme knows. `places`: names of what it is made of.
  Redaction(RedactionWords words, const std::vector<std::string>& people, const std::vector<std::string>& places);

  // In order, none overlapping another. `text` is well-formed UTF-8.
  std::vector<TellingPart> suggestions(std::string_view text) const;
  // Turns of phrase that come with a story only one person has ("the only"); not to be struck out, but to be read
  // twice. In order.
  std::vector<std::string> read_twice(std::string_view text) const;

 private:
  struct Token;
  struct Place {
    std::vector<std::string> whole;    // in small letters
    std::vector<std::string> telling;  // its first words that are not in_place_names
  };
  static std::vector<Token> tokens_of(std::string_view text);
  bool is_name_start(const std::vector<Token>& tokens, std::size_t at) const;
  bool goes_on_with_name(const std::vector<Token>& tokens, std::size_t at, bool after_small) const;
  bool after_a_cue(const std::vector<Token>& tokens, std::size_t at) const;
  std::size_t name_end(const std::vector<Token>& tokens, std::size_t at) const;
  std::size_t place_end(const std::vector<Token>& tokens, std::size_t at) const;
  std::size_t known_place_end(const std::vector<Token>& tokens, std::size_t at) const;
  std::size_t kind_of_place_end(const std::vector<Token>& tokens, std::size_t at) const;

  RedactionWords words_;
  std::set<std::string, std::less<>> first_names_;  // of the programme's people, with their short forms
  std::set<std::string, std::less<>> surnames_;
  std::vector<Place> places_;
};

// The text with each part replaced by what `mark` says for it: "[name]".
std::string struck_out(std::string_view text, const std::vector<TellingPart>& parts,
                       const std::function<std::string(Telling)>& mark);

// The check digit of an NHS number: ten digits, weights 10 to 2, modulus 11 (NHS Data Dictionary, NHS NUMBER).
bool is_nhs_number(std::string_view ten_digits);

}  // namespace cairn::instruments
