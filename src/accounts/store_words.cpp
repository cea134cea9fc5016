// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_words.hpp"

#include <algorithm>

#include "accounts/store_accounts.hpp"

namespace cairn::accounts {
namespace {

constexpr std::string_view insert_word_sql = R"sql(
  insert into programme_word (programme_id, service_id, language, term, number, one, many, article, start_one, start_many,
    given_by, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))sql";

constexpr std::string_view last_number_sql = R"sql(
  select coalesce(max(number), 0) from programme_word
  where programme_id = $1 and service_id = $2 and language = $3 and term = $4)sql";

constexpr std::string_view select_words_sql = R"sql(
  select service_id, language, term, one, many, article, start_one, start_many, given_by, at from programme_word
  where programme_id = $1 and one <> '' and not exists (
    select 1 from programme_word as later
    where later.programme_id = programme_word.programme_id and later.service_id = programme_word.service_id
      and later.language = programme_word.language and later.term = programme_word.term
      and later.number > programme_word.number)
  order by service_id, language, term)sql";

constexpr std::string_view select_history_sql = R"sql(
  select service_id, language, term, one, many, article, start_one, start_many, given_by, at from programme_word
  where programme_id = $1 and service_id = $2 and language = $3 and term = $4 order by number desc)sql";

constexpr std::string_view insert_language_sql = R"sql(
  insert into account_language (account_id, number, language, at)
  select $1, coalesce(max(number), 0) + 1, $2, $3 from account_language where account_id = $1)sql";

constexpr std::string_view select_language_sql = R"sql(
  select language from account_language where account_id = $1 order by number desc limit 1)sql";

ChosenWord word_of(const db::Row& row) {
  ChosenWord word{row.string(0), row.string(1), row.string(2), {}, row.string(8), {}};
  if (!row.text(3).empty())
    word.wording = Wording{row.string(3), row.string(4), row.string(5), row.string(6), row.string(7)};
  const auto at = moment_from_iso(row.text(9));
  if (!at) throw Corrupt("a word's time that is none");
  word.at = *at;
  return word;
}

}  // namespace

void choose_word(db::Write& write, const Id<Programme>& programme, const WordPlace& place,
                 const std::optional<Wording>& wording) {
  const auto number = write.number(last_number_sql, {programme.text, place.service, place.language, place.term}) + 1;
  const auto said = wording.value_or(Wording{});
  const auto& account = write.actor().account_id;
  const auto at = iso(write.now());
  write.run(insert_word_sql,
            {programme.text, place.service, place.language, place.term, number, said.one, said.many, said.article,
             said.start, said.starts, account.empty() ? std::string_view("operator") : std::string_view(account), at});
}

std::vector<ChosenWord> chosen_words(db::Read& read, const Id<Programme>& programme) {
  return read.list(select_words_sql, {programme.text}, word_of);
}

std::vector<ChosenWord> history_of_word(db::Read& read, const Id<Programme>& programme, const WordPlace& place) {
  return read.list(select_history_sql, {programme.text, place.service, place.language, place.term}, word_of);
}

std::map<std::string, std::map<std::string, std::string>> words_by_language(db::Read& read,
                                                                            const Id<Programme>& programme) {
  std::map<std::string, std::vector<ChosenWord>> words;
  for (auto& word : chosen_words(read, programme))
    if (word.service.empty()) words[word.language].push_back(std::move(word));
  std::map<std::string, std::map<std::string, std::string>> terms;
  for (const auto& [language, chosen] : words) terms[language] = terms_of(chosen);
  return terms;
}

std::map<std::string, std::string> words_for(db::Read& read, const Id<Programme>& programme, const Id<Service>& service,
                                             std::string_view language) {
  auto words = chosen_words(read, programme);
  std::erase_if(words, [&](const ChosenWord& word) {
    return word.language != language || (!word.service.empty() && word.service != service.text);
  });
  // The service's own come last, and hold.
  std::ranges::stable_partition(words, [](const ChosenWord& word) { return word.service.empty(); });
  return terms_of(words);
}

void choose_language(db::Write& write, const Id<Account>& account, std::string_view language) {
  const auto at = iso(write.now());
  write.run(insert_language_sql, {account.text, language, at});
}

std::optional<std::string> language_of(db::Read& read, const Id<Account>& account) {
  return read.find(select_language_sql, {account.text}, [](const db::Row& row) { return row.string(0); });
}

std::string language_of_email(db::Read& read, std::string_view email) {
  const auto account = find_account_by_email(read, email);
  return account ? language_of(read, account->id).value_or("") : "";
}

}  // namespace cairn::accounts
