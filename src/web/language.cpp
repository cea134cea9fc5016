// SPDX-License-Identifier: Apache-2.0
#include "web/language.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "base/embedded.hpp"
#include "base/text.hpp"

namespace cairn::web {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view false_language = "zz";

// Adds the flat JSON of `bytes`. `where` names the file in what is thrown.
void add_flat_json(Texts& texts, std::string_view bytes, const std::string& where) {
  using Json = nlohmann::json;
  std::string key;
  const Json::parser_callback_t each_part = [&](int depth, Json::parse_event_t event, Json& part) {
    if (depth > 1 || event == Json::parse_event_t::array_start) throw std::runtime_error(where + " is not flat JSON");
    if (event == Json::parse_event_t::key) key = part.get<std::string>();
    if (event != Json::parse_event_t::value) return true;
    if (!part.is_string()) throw std::runtime_error(where + ": the text of " + key + " is no text");
    if (!texts.emplace(key, part.get<std::string>()).second)
      throw std::runtime_error(where + ": " + key + " stands there twice");
    return true;
  };
  try {
    if (!Json::parse(bytes, each_part).is_object()) throw std::runtime_error(where + " is not flat JSON");
  } catch (const Json::exception& fault) {
    throw std::runtime_error(where + ": " + fault.what());
  }
}

Texts flat_json(std::string_view bytes, const std::string& where) {
  Texts texts;
  add_flat_json(texts, bytes, where);
  return texts;
}

struct Carried {
  Texts texts;
  Texts terms;
};

Carried carried(std::string_view code) {
  const auto folder = "locales/" + std::string(code) + "/";
  Carried all;
  for (const auto& file : embedded_files()) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(".json")) continue;
    auto& into = file.path.substr(folder.size()) == "terms.json" ? all.terms : all.texts;
    add_flat_json(into, file.bytes, std::string(file.path));
  }
  return all;
}

// What stands in a text, and what takes its place; the longest first.
using Exchanges = std::vector<std::pair<std::string, std::string>>;

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string with_capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 32);
  return text;
}

std::string exchanged(std::string_view text, const Exchanges& all) {
  std::string out;
  while (!text.empty()) {
    const bool inside_a_word = !out.empty() && is_ascii_letter(out.back());
    const auto found = std::ranges::find_if(all, [&](const auto& one) {
      return !inside_a_word && text.starts_with(one.first) &&
             (text.size() == one.first.size() || !is_ascii_letter(text[one.first.size()]));
    });
    out += found == all.end() ? std::string(1, text.front()) : found->second;
    text.remove_prefix(found == all.end() ? 1 : found->first.size());
  }
  return out;
}

// One letter with a mark on it; other bytes stay as they are.
std::string_view accented(const char& letter) {
  constexpr std::string_view plain = "aAcCdDeEgGhHiIlLnNoOrRsStTuUwWyYzZ";
  constexpr std::array<std::string_view, 34> marked{"á", "Á", "č", "Č", "ď", "Ď", "é", "É", "ğ", "Ğ", "ĥ", "Ĥ",
                                                    "í", "Í", "ĺ", "Ĺ", "ñ", "Ñ", "ö", "Ö", "ř", "Ř", "š", "Š",
                                                    "ť", "Ť", "ü", "Ü", "ŵ", "Ŵ", "ý", "Ý", "ž", "Ž"};
  const auto at = plain.find(letter);
  return at == std::string_view::npos ? std::string_view(&letter, 1) : marked[at];
}

// Accents all but the places.
std::string in_accents(std::string_view english) {
  std::string out;
  bool in_place = false;
  for (const char& letter : english) {
    if (letter == '{') in_place = true;
    if (in_place)
      out += letter;
    else
      out += accented(letter);
    if (letter == '}') in_place = false;
  }
  return out;
}

// What is put together from several texts would be bracketed several times over.
bool is_part(std::string_view key) {
  return key.starts_with("date.") || key.starts_with("number.") || key.starts_with("list.") || key == "page.title" ||
         key == "page.title_with_problems";
}

Texts false_texts(const Texts& english) {
  Texts out;
  for (const auto& [key, said] : english) {
    if (key == "language.direction")
      out[key] = said;
    else
      out[key] = is_part(key) ? in_accents(said) : "[!! " + in_accents(said) + " !!]";
  }
  return out;
}

}  // namespace

Language::Language(std::string code, Texts texts, Texts fallback, Texts terms)
    : code_(std::move(code)), fallback_(std::make_shared<const Texts>(std::move(fallback))), terms_(std::move(terms)) {
  texts_ = std::make_shared<const Texts>(code_ == false_language ? false_texts(*fallback_) : std::move(texts));
}

Language::Language(std::string code, std::string_view texts, std::string_view fallback,
                   std::map<std::string, std::string> terms)
    : Language(code, flat_json(texts, "texts of " + code), flat_json(fallback, "fallback of " + code),
               Texts(terms.begin(), terms.end())) {}

Language Language::from_embedded(const std::string& code, std::map<std::string, std::string> terms) {
  auto english = carried("en");
  auto own = code == "en" || code == false_language ? Carried{} : carried(code);
  if (code != "en" && code != false_language && own.texts.empty())
    throw std::runtime_error("there are no texts for the language " + code);
  auto usual = std::move(own.terms);
  usual.merge(english.terms);
  Texts words(terms.begin(), terms.end());
  words.insert(usual.begin(), usual.end());
  Language language(code, std::move(own.texts), std::move(english.texts), std::move(words));
  language.usual_terms_ = std::make_shared<const Texts>(std::move(usual));
  return language;
}

Language Language::with(const std::map<std::string, std::string>& terms) const {
  Language other(*this);
  for (const auto& [term, word] : terms) other.terms_[term] = word;
  return other;
}

const std::string* Language::find(std::string_view key) const {
  if (const auto own = texts_->find(key); own != texts_->end()) return &own->second;
  if (const auto english = fallback_->find(key); english != fallback_->end()) return &english->second;
  return nullptr;
}

bool Language::has(std::string_view key) const {
  return find(key) != nullptr;
}

std::string Language::term(std::string_view key) const {
  const auto found = terms_.find(key);
  return found == terms_.end() ? "[" + std::string(key) + "]" : found->second;
}

std::string Language::in_own_words(std::string_view text, std::initializer_list<std::string_view> names) const {
  Exchanges all;
  for (const auto name : names)
    for (const auto* const form : {".article", ".starts", ".start", ".many", ".one"}) {
      const auto key = std::string(name) + form;
      const auto usual = usual_terms_->find(key);
      const auto own = terms_.find(key);
      if (usual == usual_terms_->end() || own == terms_.end() || usual->second == own->second) continue;
      all.emplace_back(usual->second, own->second);
      if (std::string_view(form) == ".article")
        all.emplace_back(with_capital(usual->second), with_capital(own->second));
    }
  std::ranges::stable_sort(all,
                           [](const auto& one, const auto& other) { return one.first.size() > other.first.size(); });
  return all.empty() ? std::string(text) : exchanged(text, all);
}

std::vector<std::string> Language::term_names() const {
  std::vector<std::string> names;
  for (const auto& [key, ignored] : terms_) {
    const auto name = key.substr(0, key.find('.'));
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

std::string Language::filled(std::string_view text, const std::vector<Value>& values) const {
  std::string out;
  out.reserve(text.size() + 16 * values.size());
  for (std::size_t start = 0;;) {
    const auto brace = text.find('{', start);
    const auto end = brace == std::string_view::npos ? brace : text.find('}', brace);
    if (end == std::string_view::npos) return out += text.substr(start);
    out += text.substr(start, brace - start);
    const auto place = text.substr(brace + 1, end - brace - 1);
    start = end + 1;
    if (place.starts_with("term:")) {
      out += term(place.substr(5));
      continue;
    }
    const Value* given = nullptr;
    for (const auto& value : values)
      if (value.first == place) given = &value;
    if (given)
      out += given->second;
    else
      out.append("[").append(place).append("]");
  }
}

std::string Language::said(std::string_view key, const std::vector<Value>& values) const {
  const auto* found = find(key);
  return found ? filled(*found, values) : "[" + std::string(key) + "]";
}

std::string Language::operator()(std::string_view key, Values values) const {
  return said(key, std::vector<Value>(values));
}

std::string Language::operator()(const Problem& problem) const {
  return said(problem.key, std::vector<Value>(problem.values.begin(), problem.values.end()));
}

std::string Language::count(std::string_view key, std::int64_t n, Values values) const {
  const auto with = [&](const char* ending) { return std::string(key) + ending; };
  const auto form = n == 1 ? with(".one") : n == 0 && has(with(".none")) ? with(".none") : with(".many");
  const auto shown = number(n);
  std::vector<Value> all(values);
  all.emplace_back("n", shown);
  return said(form, all);
}

std::string Language::date(Date day) const {
  return said("date.long", {{"weekday", said("date.weekday." + std::to_string(weekday(day)), {})},
                            {"day", std::to_string(day.day)},
                            {"month", said("date.month." + std::to_string(day.month), {})},
                            {"year", std::to_string(day.year)}});
}

std::string Language::day(Date day) const {
  return said("date.day", {{"weekday", said("date.weekday." + std::to_string(weekday(day)), {})},
                           {"day", std::to_string(day.day)},
                           {"month", said("date.month." + std::to_string(day.month), {})}});
}

std::string Language::short_date(Date day) const {
  return said("date.short", {{"day", std::to_string(day.day)},
                             {"month", said("date.month." + std::to_string(day.month), {})},
                             {"year", std::to_string(day.year)}});
}

std::string Language::number(std::int64_t n) const {
  auto digits = std::to_string(n);
  const std::size_t first = n < 0 ? 1 : 0;
  const auto separator = said("number.thousands", {});
  for (std::size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, separator);
  return digits;
}

std::string Language::words(std::int64_t n) const {
  const auto key = "number." + std::to_string(n);
  return n >= 0 && has(key) ? said(key, {}) : number(n);
}

std::string Language::list(const std::vector<std::string>& parts) const {
  if (parts.empty()) return {};
  std::string out = parts.front();
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) out = said("list.and_more", {{"so_far", out}, {"next", parts[i]}});
  return parts.size() == 1 ? out : said("list.last", {{"so_far", out}, {"next", parts.back()}});
}

}  // namespace cairn::web
