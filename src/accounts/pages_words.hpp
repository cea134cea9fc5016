// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/words.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// A word as the list shows it.
struct WordLine {
  std::string term;
  Wording wording;
  bool own = false;  // chosen here, not the usual word
};

struct ServiceWords {
  std::string id;
  std::string name;
  std::vector<WordLine> words;
};

struct WordsView {
  std::vector<WordLine> words;
  std::vector<ServiceWords> services;
  std::string language;
  std::vector<web::LanguageChoice> languages;  // drawn where there are two or more
};
web::Html words_page(const web::Language& say, const WordsView& view);

struct WordChangeLine {
  std::optional<Wording> wording;  // nothing: back to the usual word
  std::string who;
  Date on;
};

struct WordView {
  std::string term;
  std::string service;       // id; empty for the whole programme
  std::string service_name;  // of it
  std::string language;
  Wording now;
  Wording standard;
  bool own = false;
  std::optional<Wording> preview;  // what was typed, where somebody wants to see it first
  std::vector<WordChangeLine> history;
};
web::Html word_page(const web::Form& form, const WordView& view);

// The page to choose a language on.
web::Html language_page(const web::Form& form, const std::vector<web::LanguageChoice>& languages,
                        const std::string& back);

// The address of the list, or of one word, for a language and a service.
std::string words_path(const std::string& language, const std::string& term = {}, const std::string& service = {});

}  // namespace cairn::accounts
