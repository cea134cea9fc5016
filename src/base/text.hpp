// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

std::string_view trimmed(std::string_view text);                      // without spaces, tabs, CR and LF at either end
std::string lower(std::string_view text);                             // ASCII letters only; other bytes stay
std::vector<std::string_view> split(std::string_view text, char at);  // "" gives one empty part
bool starts_with_ignoring_case(std::string_view text, std::string_view start);

// A whole number in decimal, nothing else around it. No sign but a leading '-'.
std::optional<std::int64_t> whole_number(std::string_view text);

// True for well-formed UTF-8 without NUL (overlong forms and surrogates are refused).
bool is_utf8(std::string_view text);
// How many code points a well-formed UTF-8 text has.
std::size_t characters(std::string_view text);

std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);
// RFC 4648, capital letters, without padding.
std::string base32(std::string_view bytes);

}  // namespace cairn
