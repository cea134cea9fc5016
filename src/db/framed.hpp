// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::db {

// Appends a number as 8 bytes, the lowest first.
inline void append_number(std::string& bytes, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

// Appends the length of `part` and the part itself, so that parts set side by side cannot be cut in another place.
inline void append_framed(std::string& bytes, std::string_view part) {
  append_number(bytes, part.size());
  bytes += part;
}

}  // namespace cairn::db
