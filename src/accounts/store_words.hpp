// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "accounts/model.hpp"
#include "accounts/words.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// Which word: of the whole programme, or of one service.
struct WordPlace {
  std::string term;             // "worker"
  std::string service = {};     // id; empty for the whole programme
  std::string language = "en";  // whose word it is
};

// From now on this word; nothing puts the usual one back. Kept with who and when.
void choose_word(db::Write& write, const Id<Programme>& programme, const WordPlace& place,
                 const std::optional<Wording>& wording);

// The words that hold, of the programme and of its services; those put back to the usual one are absent.
std::vector<ChosenWord> chosen_words(db::Read& read, const Id<Programme>& programme);
// Every choice of one word, the latest first.
std::vector<ChosenWord> history_of_word(db::Read& read, const Id<Programme>& programme, const WordPlace& place);

// What web::Languages::use() takes: the whole programme's words, by language.
std::map<std::string, std::map<std::string, std::string>> words_by_language(db::Read& read,
                                                                            const Id<Programme>& programme);

// For forms, prompts and letters of one service: the programme's words with the service's own over them, as
// web::Language::with() takes them. Without a service, or for one that has none of its own, the programme's.
std::map<std::string, std::string> words_for(db::Read& read, const Id<Programme>& programme, const Id<Service>& service,
                                             std::string_view language = "en");

// The language an account reads in, on every device; nothing until it has chosen one.
void choose_language(db::Write& write, const Id<Account>& account, std::string_view language);
std::optional<std::string> language_of(db::Read& read, const Id<Account>& account);
// Of whoever signs in with this address; "" where nobody does, or they have chosen none.
std::string language_of_email(db::Read& read, std::string_view email);

}  // namespace cairn::accounts
