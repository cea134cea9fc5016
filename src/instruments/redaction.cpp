// SPDX-License-Identifier: Apache-2.0
#include "instruments/redaction.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "instruments/redaction_structured.hpp"

namespace cairn::instruments {

struct Redaction::Token {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string low;        // in small letters
  bool capital = false;   // begins with one
  bool starts = true;     // the first word of a sentence
  bool initials = false;  // capitals alone, as in "NHS", or with a digit
  bool close = false;     // nothing but a space, a hyphen or an apostrophe since the word before
};

namespace {

constexpr std::array<std::string_view, 7> codes{"name", "place", "postcode", "phone", "email", "nhs_number", "date"};
constexpr std::size_t most_words_of_a_name = 4;
constexpr std::size_t shortest_unknown = 3;  // letters; shorter ones are words far more often

// How many bytes the character at a place has.
std::size_t size_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const std::size_t size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
  return std::min(size, text.size() - at);
}

// Letters beyond ASCII count, signs do not: general punctuation (U+2000 to U+206F), what stands before U+00C0, and
// pictures.
bool is_letter_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return byte >= 0xc3 && byte < 0xf0 && !(byte == 0xe2 && next <= 0x81);
}

bool begins_with_capital(std::string_view word) {
  const auto first = static_cast<unsigned char>(word[0]);
  if (first >= 'A' && first <= 'Z') return true;
  // À to Þ, and the capitals among the letters that Welsh, Polish and others add: every other one from U+0100 on.
  if (first == 0xc3) return static_cast<unsigned char>(word[1]) <= 0x9e;
  return (first == 0xc4 || first == 0xc5) && static_cast<unsigned char>(word[1]) % 2 == 0;
}

bool is_between_words_of_a_name(std::string_view gap) {
  return gap == " " || gap == "-" || gap == "'" || gap == "\xe2\x80\x99" || gap == "\xe2\x80\x91";
}

bool ends_a_sentence(std::string_view gap) {
  return gap.find_first_of(".!?:\n\"") != std::string_view::npos ||
         gap.find("\xe2\x80\x9c") != std::string_view::npos || gap.find("\xe2\x80\xa6") != std::string_view::npos;
}

bool overlap(const TellingPart& one, const TellingPart& other) {
  return one.from < other.to && other.from < one.to;
}

void add_unless_overlapping(std::vector<TellingPart>& parts, const TellingPart& part) {
  if (std::none_of(parts.begin(), parts.end(), [&](const TellingPart& other) { return overlap(part, other); }))
    parts.push_back(part);
}

}  // namespace

std::string_view code(Telling telling) {
  return codes[static_cast<std::size_t>(telling)];
}

std::vector<Redaction::Token> Redaction::tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  std::size_t gap_from = 0;
  while (at < text.size()) {
    if (!is_letter_at(text, at)) {
      at += size_at(text, at);
      continue;
    }
    Token token;
    token.from = at;
    while (at < text.size() && is_letter_at(text, at)) at += size_at(text, at);
    token.to = at;
    const auto word = text.substr(token.from, token.to - token.from);
    const auto gap = text.substr(gap_from, token.from - gap_from);
    token.low = lower(word);
    token.capital = begins_with_capital(word);
    token.initials =
        word.size() > 1 && std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    // "Dr. Patel", "J. Patel": the full stop is not the end.
    const bool shortened = !tokens.empty() && (gap == ". " || gap == ".") &&
                           tokens.back().to - tokens.back().from <= 4 && tokens.back().capital;
    token.close = !tokens.empty() && (is_between_words_of_a_name(gap) || shortened);
    token.starts = tokens.empty() || (ends_a_sentence(gap) && !shortened);
    tokens.push_back(std::move(token));
    gap_from = at;
  }
  return tokens;
}

Redaction::Redaction(RedactionWords words, const std::vector<std::string>& people,
                     const std::vector<std::string>& places)
    : words_(std::move(words)) {
  for (const auto& whole : people) {
    bool first = true;
    for (const auto& token : tokens_of(whole)) {
      if (token.low.size() < 2 || words_.titles.contains(token.low)) continue;
      (first ? first_names_ : surnames_).insert(token.low);
      first = false;
    }
  }
  for (const auto& group : words_.nicknames) {
    const bool of_somebody =
        std::any_of(group.begin(), group.end(), [&](const std::string& name) { return first_names_.contains(name); });
    if (of_somebody) first_names_.insert(group.begin(), group.end());
    words_.given_names.insert(group.begin(), group.end());
  }
  for (const auto& name : places) {
    Place place;
    for (const auto& token : tokens_of(name)) place.whole.push_back(token.low);
    if (!place.whole.empty() && place.whole.front() == "the") place.whole.erase(place.whole.begin());
    for (const auto& word : place.whole) {
      if (words_.in_place_names.contains(word)) break;
      place.telling.push_back(word);
    }
    if (!place.whole.empty()) places_.push_back(std::move(place));
  }
}

bool Redaction::after_a_cue(const std::vector<Token>& tokens, std::size_t at) const {
  if (at == 0 || !tokens[at].close) return false;
  if (words_.titles.contains(tokens[at - 1].low)) return true;
  const auto one = tokens[at - 1].low;
  const auto two = at >= 2 ? tokens[at - 2].low + " " + one : one;
  return std::any_of(words_.before_a_name.begin(), words_.before_a_name.end(),
                     [&](const std::string& cue) { return cue == one || cue == two; });
}

bool Redaction::is_name_start(const std::vector<Token>& tokens, std::size_t at) const {
  const auto& token = tokens[at];
  const bool has_next = at + 1 < tokens.size();
  if (words_.titles.contains(token.low))
    return has_next && tokens[at + 1].close && tokens[at + 1].capital && !words_.not_names.contains(tokens[at + 1].low);
  if (words_.not_names.contains(token.low)) return false;
  if (token.capital && after_a_cue(tokens, at)) return true;
  const bool ours = first_names_.contains(token.low);
  const bool word = words_.also_words.contains(token.low);
  // "in May 2024"
  if (word && has_next && tokens[at + 1].close && tokens[at + 1].low[0] >= '0' && tokens[at + 1].low[0] <= '9')
    return false;
  if (!token.capital) return ours && !word && token.low.size() >= shortest_unknown;
  // Inside a sentence English gives a capital to names, and to what is listed as none.
  if (!ours && !surnames_.contains(token.low) && !words_.given_names.contains(token.low))
    return !token.starts && !token.initials && token.low.size() >= shortest_unknown;
  if (!word || !token.starts) return true;
  // At the start of a sentence "Will" is a name before "said" and "is", and not before "you".
  constexpr std::array<std::string_view, 5> of_somebody{"is", "was", "has", "had", "and"};
  if (!has_next || !tokens[at + 1].close) return false;
  const auto& next = tokens[at + 1].low;
  return !words_.not_names.contains(next) ||
         std::find(of_somebody.begin(), of_somebody.end(), next) != of_somebody.end();
}

bool Redaction::goes_on_with_name(const std::vector<Token>& tokens, std::size_t at, bool after_small) const {
  if (at >= tokens.size() || !tokens[at].close || words_.not_names.contains(tokens[at].low)) return false;
  if (tokens[at].capital) return !tokens[at].starts;
  return after_small && surnames_.contains(tokens[at].low);
}

std::size_t Redaction::name_end(const std::vector<Token>& tokens, std::size_t at) const {
  auto end = at + 1;
  while (end < at + most_words_of_a_name && goes_on_with_name(tokens, end, !tokens[at].capital)) ++end;
  return end;
}

std::size_t Redaction::known_place_end(const std::vector<Token>& tokens, std::size_t at) const {
  const auto stands = [&](const std::vector<std::string>& words, bool capitals) {
    if (words.empty() || at + words.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto& token = tokens[at + i];
      if (token.low != words[i] || (capitals && !token.capital) || (i > 0 && !token.close)) return false;
    }
    return true;
  };
  std::size_t end = at;
  for (const auto& place : places_) {
    // A name made of nothing but general words ("Home Treatment Team") is one only with its capitals.
    if (stands(place.whole, place.telling.empty())) end = std::max(end, at + place.whole.size());
    const bool plain_word = place.telling.size() == 1 && words_.also_words.contains(place.telling.front());
    if (stands(place.telling, true) && !(plain_word && tokens[at].starts))
      end = std::max(end, at + place.telling.size());
  }
  while (end > at && end < tokens.size() && tokens[end].close &&
         (words_.kinds_of_place.contains(tokens[end].low) ||
          (tokens[end].capital && words_.in_place_names.contains(tokens[end].low))))
    ++end;
  return end;
}

std::size_t Redaction::kind_of_place_end(const std::vector<Token>& tokens, std::size_t at) const {
  constexpr std::array<std::string_view, 6> also_in_small{"ward", "hospital", "clinic", "unit", "surgery", "hostel"};
  auto end = at;
  while (end < tokens.size() && end < at + most_words_of_a_name && tokens[end].capital &&
         !words_.not_names.contains(tokens[end].low) && (end == at || tokens[end].close))
    ++end;
  if (end == at) return at;
  // "St Mary's": the s of an apostrophe belongs to it.
  if (end < tokens.size() && tokens[end].low == "s" && tokens[end].close) ++end;
  const auto is_kind = [&](std::size_t place) { return words_.kinds_of_place.contains(tokens[place].low); };
  if (end < tokens.size() && tokens[end].close && is_kind(end)) {
    const bool in_small = std::find(also_in_small.begin(), also_in_small.end(), tokens[end].low) != also_in_small.end();
    if (tokens[end].capital || in_small) return end + 1;
  }
  return end >= at + 2 && is_kind(end - 1) && !words_.given_names.contains(tokens[at].low) ? end : at;
}

std::size_t Redaction::place_end(const std::vector<Token>& tokens, std::size_t at) const {
  return std::max(known_place_end(tokens, at), kind_of_place_end(tokens, at));
}

std::vector<TellingPart> Redaction::suggestions(std::string_view text) const {
  std::vector<TellingPart> parts;
  for (const auto& part : structured_parts(text)) add_unless_overlapping(parts, part);
  const auto tokens = tokens_of(text);
  for (std::size_t at = 0; at < tokens.size();) {
    auto from = at;
    auto end = place_end(tokens, at);
    auto why = Telling::place;
    if (end == at && is_name_start(tokens, at)) {
      end = name_end(tokens, at);
      why = Telling::name;
      // O'Brien
      if (at > 0 && tokens[at].close && tokens[at - 1].capital && tokens[at - 1].low == "o") from = at - 1;
    }
    if (end > at) add_unless_overlapping(parts, {tokens[from].from, tokens[end - 1].to, why});
    at = std::max(end, at + 1);
  }
  std::sort(parts.begin(), parts.end(), [](const auto& one, const auto& other) { return one.from < other.from; });
  return parts;
}

std::vector<std::string> Redaction::read_twice(std::string_view text) const {
  std::string words = " ";
  for (const auto& token : tokens_of(text)) words += token.low + " ";
  std::vector<std::string> found;
  for (const auto& phrase : words_.rare)
    if (words.find(" " + phrase + " ") != std::string::npos) found.push_back(phrase);
  return found;
}

std::string struck_out(std::string_view text, const std::vector<TellingPart>& parts,
                       const std::function<std::string(Telling)>& mark) {
  std::string out;
  std::size_t from = 0;
  for (const auto& part : parts) {
    out.append(text.substr(from, part.from - from));
    out += mark(part.why);
    from = part.to;
  }
  return out.append(text.substr(from));
}

}  // namespace cairn::instruments
