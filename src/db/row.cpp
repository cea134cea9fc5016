// SPDX-License-Identifier: Apache-2.0
#include "db/row.hpp"

#include <stdexcept>

#include "base/text.hpp"

namespace cairn::db {

Bound or_null(const std::optional<std::string>& text) {
  return text ? Bound(std::string_view(*text)) : Bound();
}

Bound or_null(std::optional<std::int64_t> number) {
  return number ? Bound(*number) : Bound();
}

void refuse_broken_text(std::string_view text) {
  if (!is_utf8(text)) throw std::logic_error("a text to be stored is not UTF-8");
}

}  // namespace cairn::db
