// SPDX-License-Identifier: Apache-2.0
#include "instruments/redaction_structured.hpp"

#include <algorithm>
#include <functional>
#include <regex>
#include <string>

namespace cairn::instruments {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

// Every match that does not begin or end inside a word, and that `holds` for.
void find_all(const std::string& text, const std::regex& form, Telling why, std::vector<TellingPart>& parts,
              const std::function<bool(const std::string&)>& holds = {}) {
  for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at) {
    const auto from = static_cast<std::size_t>(at->position());
    const auto to = from + static_cast<std::size_t>(at->length());
    const bool inside = (from > 0 && is_word(text[from - 1]) && is_word(text[from])) ||
                        (to < text.size() && is_word(text[to]) && is_word(text[to - 1]));
    if (!inside && (!holds || holds(at->str()))) parts.push_back({from, to, why});
  }
}

std::regex form_of(const char* pattern) {
  return std::regex(pattern, std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
}

// Ten or eleven digits with a nought in front, or the country's code and nine or ten.
bool is_telephone(const std::string& text) {
  auto digits = digits_of(text);
  if (digits.starts_with("0044"))
    digits.erase(0, 2);
  else if (text.find('+') == std::string::npos)
    return digits.starts_with('0') && (digits.size() == 10 || digits.size() == 11);
  if (!digits.starts_with("44")) return false;
  digits.erase(0, digits.size() > 2 && digits[2] == '0' ? 3 : 2);
  return digits.size() == 9 || digits.size() == 10;
}

constexpr const char* month =
    "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec("
    "ember)?)";
constexpr const char* year = "((19|20)[0-9]{2}|'?[0-9]{2})";

void find_dates(const std::string& text, std::vector<TellingPart>& parts) {
  static const auto numbers = form_of("[0-3]?[0-9][/.-][01]?[0-9][/.-]((19|20)[0-9]{2}|[0-9]{2})");
  static const auto iso = form_of("(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]");
  static const auto day_first =
      form_of((std::string("[0-3]?[0-9](st|nd|rd|th)?( of)?[ -]") + month + "\\.?,?[ -]" + year).c_str());
  static const auto month_first =
      form_of((std::string(month) + "\\.? [0-3]?[0-9](st|nd|rd|th)?,? (19|20)[0-9]{2}").c_str());
  static const auto born = form_of("(born|dob|d\\.o\\.b\\.?|date of birth)[^0-9\\n]{0,20}(19|20)[0-9]{2}");
  for (const auto* form : {&numbers, &iso, &day_first, &month_first, &born})
    find_all(text, *form, Telling::date, parts);
}

}  // namespace

bool is_nhs_number(std::string_view ten) {
  if (ten.size() != 10 || !std::all_of(ten.begin(), ten.end(), is_digit)) return false;
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (ten[static_cast<std::size_t>(i)] - '0') * (10 - i);
  const int check = (11 - sum % 11) % 11;
  return check != 10 && check == ten[9] - '0';
}

std::vector<TellingPart> structured_parts(std::string_view view) {
  static const auto email = form_of("[a-z0-9._%+'-]+@[a-z0-9-]+(\\.[a-z0-9-]+)+");
  static const auto nhs_called = form_of("nhs (number|no\\.?)[: ]{0,2}(is )?[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}");
  static const auto nhs = form_of("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}");
  static const auto telephone = form_of("(\\+|\\(?0)[0-9 ().-]{7,18}[0-9]");
  static const auto extension = form_of("(ext|extension|bleep|pager)\\.? ?(number )?[0-9]{3,6}");
  // The areas, districts and the letters an inward code can have: Royal Mail's programmers' guide, without its rarer
  // exclusions.
  static const auto postcode = form_of("[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][abd-hjlnp-uw-z]{2}");
  const std::string text(view);
  std::vector<TellingPart> parts;
  find_all(text, email, Telling::email, parts);
  find_all(text, nhs_called, Telling::nhs_number, parts);
  find_all(text, nhs, Telling::nhs_number, parts, [](const std::string& one) { return is_nhs_number(digits_of(one)); });
  find_all(text, telephone, Telling::phone, parts, is_telephone);
  find_all(text, extension, Telling::phone, parts);
  find_all(text, postcode, Telling::postcode, parts);
  find_dates(text, parts);
  return parts;
}

}  // namespace cairn::instruments
