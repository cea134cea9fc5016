// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"

namespace cairn::accounts {

// A password that has passed its checks. Length does the work.
struct NewPassword {
  std::string text;
};

// Refuses: fewer than 15 characters, more than 1,000 bytes, text that is not well-formed UTF-8, a password in which one
// of `known` (the programme's and organisations' names, the person's name and address) stands, and the commonest long
// ones: few different characters, a short piece said again and again, runs along the alphabet, the digits or the
// keyboard. Nothing is cut off, no mixture of letters is asked for, spaces count. Source: OWASP ASVS 5.0, section 6.2.
Checked<NewPassword> check_password(std::string_view typed, const std::vector<std::string>& known);

// An e-mail address as it is kept: trimmed, in lower case. Refuses what cannot be one: no single @ with something on
// both sides, white space or control characters, more than 254 bytes.
Checked<std::string> check_email(std::string_view typed);

}  // namespace cairn::accounts
