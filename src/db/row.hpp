// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cairn::db {

// Bytes that are not text: sealed values, hashes.
struct BytesView {
  std::string_view bytes;
};

// A value bound to $1, $2 ... in the order given. Views must live until the call returns. std::monostate is null.
using Bound = std::variant<std::monostate, std::int64_t, std::string_view, BytesView>;
using Binds = std::initializer_list<Bound>;

Bound or_null(const std::optional<std::string>& text);
Bound or_null(std::optional<std::int64_t> number);

// Throws std::logic_error for text that is not well-formed UTF-8 or holds NUL: one engine would keep it and the other
// not, so neither does. What people type is checked long before.
void refuse_broken_text(std::string_view text);

// What stands in a column of a row. A fraction is neither of these: what is stored is counted in whole units.
enum class Holds { nothing, number, text, bytes, other };

// One row of an answer; valid only inside the function it is handed to. Columns count from 0.
// Asking for a number where there is text, or for a value where there is null, throws Corrupt: no answer is not 0.
class Row {
 public:
  virtual ~Row() = default;
  virtual Holds holds(int column) const = 0;
  bool is_null(int column) const { return holds(column) == Holds::nothing; }
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;

  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> optional_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
};

}  // namespace cairn::db
