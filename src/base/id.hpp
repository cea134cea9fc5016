// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>

namespace cairn {

// The id of a thing of kind Of: text made by base/secret, never by a database. Ids of different kinds do not mix.
template <class Of>
struct Id {
  std::string text;
  auto operator<=>(const Id&) const = default;
  bool empty() const { return text.empty(); }
};

}  // namespace cairn
