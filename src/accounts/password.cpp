// SPDX-License-Identifier: Apache-2.0
#include "accounts/password.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"

namespace cairn::accounts {
namespace {

constexpr std::size_t shortest_password = 15;
constexpr std::size_t most_bytes = 1000;
constexpr std::size_t longest_address = 254;
// Shorter names stand in too many honest passwords to be worth refusing.
constexpr std::size_t shortest_known = 4;

// What people write when told to write something long, without spaces and in lower case.
constexpr std::array<std::string_view, 10> commonest{
    "passwordpassword", "letmeinletmein", "iloveyou",    "correcthorsebatterystaple",
    "thisismypassword", "mypassword",     "password123", "administrator",
    "welcome123",       "changeme"};
constexpr std::array<std::string_view, 8> runs{
    "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "01234567890123456789",         "98765432109876543210",
    "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p"};

std::string squeezed(std::string_view text) {
  std::string result = lower(text);
  std::erase(result, ' ');
  return result;
}

bool repeats_a_piece(const std::string& text) {
  for (std::size_t length = 1; length <= text.size() / 3; ++length) {
    bool repeats = true;
    for (std::size_t i = length; i < text.size() && repeats; ++i) repeats = text[i] == text[i - length];
    if (repeats) return true;
  }
  return false;
}

// What is left once the commonest phrases and runs are taken out must still be worth guessing.
bool is_common(const std::string& squeezed_password) {
  if (std::set<char>(squeezed_password.begin(), squeezed_password.end()).size() < 5) return true;
  if (repeats_a_piece(squeezed_password)) return true;
  for (const auto phrase : commonest)
    if (squeezed_password.find(phrase) != std::string::npos && squeezed_password.size() < phrase.size() + 8)
      return true;
  return std::any_of(runs.begin(), runs.end(), [&](std::string_view run) {
    constexpr std::size_t telling = 10;
    for (std::size_t at = 0; at + telling <= run.size(); ++at)
      if (squeezed_password.find(run.substr(at, telling)) != std::string::npos) return true;
    return false;
  });
}

bool contains_known(const std::string& squeezed_password, const std::vector<std::string>& known) {
  return std::any_of(known.begin(), known.end(), [&](const std::string& word) {
    const auto wanted = squeezed(word);
    return wanted.size() >= shortest_known && squeezed_password.find(wanted) != std::string::npos;
  });
}

bool is_odd(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
}

}  // namespace

Checked<NewPassword> check_password(std::string_view typed, const std::vector<std::string>& known) {
  std::vector<Problem> problems;
  if (!is_utf8(typed)) return std::vector{Problem{"password", "password.problem.odd"}};
  if (typed.size() > most_bytes)
    return std::vector{Problem{"password", "password.problem.long", {{"most", std::to_string(most_bytes)}}}};
  if (characters(typed) < shortest_password)
    problems.push_back({"password", "password.problem.short", {{"least", std::to_string(shortest_password)}}});
  const auto plain = squeezed(typed);
  if (contains_known(plain, known)) problems.push_back({"password", "password.problem.known"});
  if (is_common(plain)) problems.push_back({"password", "password.problem.common"});
  if (!problems.empty()) return problems;
  return NewPassword{std::string(typed)};
}

Checked<std::string> check_email(std::string_view typed) {
  const auto address = trimmed(typed);
  const auto at = address.find('@');
  const bool whole = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                     address.find('@', at + 1) == std::string_view::npos;
  if (!whole || address.size() > longest_address || !is_utf8(address) ||
      std::any_of(address.begin(), address.end(), is_odd))
    return std::vector{Problem{"email", "account.problem.email"}};
  return lower(address);
}

}  // namespace cairn::accounts
