// SPDX-License-Identifier: Apache-2.0
#include "accounts/words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t longest_word = 40;

void check_form(std::string_view field, const std::string& typed, std::vector<Problem>& problems) {
  const std::string at(field);
  if (characters(typed) > longest_word) {
    problems.push_back({at, "words.problem.long", {{"most", std::to_string(longest_word)}}});
    return;
  }
  const bool odd = std::any_of(typed.begin(), typed.end(), [](char c) {
    return (c >= 0 && c < ' ') || c == 127 || c == '{' || c == '}' || c == '<' || c == '>' || c == '[' || c == ']';
  });
  if (odd) problems.push_back({at, "words.problem.odd"});
}

bool begins_with_any(std::string_view word, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return word.starts_with(start); });
}

}  // namespace

std::string with_article(std::string_view word) {
  const auto low = lower(word);
  const bool vowel = begins_with_any(low, {"a", "e", "i", "o", "u"});
  const bool sounds_like_you = begins_with_any(low, {"uni", "use", "usa", "usu", "eu", "one", "once"}) &&
                               !begins_with_any(low, {"unim", "unin"});
  const bool silent = begins_with_any(low, {"hour", "honest", "honour", "heir"});
  return ((vowel && !sounds_like_you) || silent ? "an " : "a ") + std::string(word);
}

std::string with_capital(std::string_view word) {
  std::string out(word);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

Checked<Wording> check_wording(const WordForm& form) {
  std::vector<Problem> problems;
  if (form.one.empty()) problems.push_back({"one", "words.problem.one_missing"});
  check_form("one", form.one, problems);
  if (form.many.empty()) problems.push_back({"many", "words.problem.many_missing"});
  check_form("many", form.many, problems);
  check_form("article", form.article, problems);
  check_form("start", form.start, problems);
  check_form("starts", form.starts, problems);
  if (!problems.empty()) return problems;
  Wording wording{form.one, form.many, form.article, form.start, form.starts};
  if (wording.article.empty()) wording.article = with_article(wording.one);
  if (wording.start.empty()) wording.start = with_capital(wording.one);
  if (wording.starts.empty()) wording.starts = with_capital(wording.many);
  return wording;
}

bool is_word_of_services(std::string_view term) {
  return std::find(std::begin(words_of_services), std::end(words_of_services), term) != std::end(words_of_services);
}

std::map<std::string, std::string> terms_of(const std::vector<ChosenWord>& words) {
  std::map<std::string, std::string> terms;
  for (const auto& word : words) {
    if (!word.wording) continue;
    terms[word.term + ".one"] = word.wording->one;
    terms[word.term + ".many"] = word.wording->many;
    terms[word.term + ".article"] = word.wording->article;
    terms[word.term + ".start"] = word.wording->start;
    terms[word.term + ".starts"] = word.wording->starts;
  }
  return terms;
}

}  // namespace cairn::accounts
