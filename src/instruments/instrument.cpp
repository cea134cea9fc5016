// SPDX-License-Identifier: Apache-2.0
#include "instruments/instrument.hpp"

#include <algorithm>

namespace cairn::instruments {
namespace {

constexpr int seconds_for_a_statement = 22;
constexpr int seconds_a_minute = 60;
constexpr int rounded_to = 5;

}  // namespace

std::optional<std::size_t> Instrument::index_of(std::string_view item_id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == item_id; });
  if (found == items.end()) return {};
  return static_cast<std::size_t>(found - items.begin());
}

int minutes_to_answer(const Instrument& instrument) {
  const int seconds = static_cast<int>(instrument.items.size()) * seconds_for_a_statement;
  const int step = rounded_to * seconds_a_minute;
  return (seconds + step - 1) / step * rounded_to;
}

bool Instrument::contested(const Item& item, std::string_view context) const {
  return item.reading == Reading::contested ||
         std::find(item.contested_in.begin(), item.contested_in.end(), context) != item.contested_in.end();
}

}  // namespace cairn::instruments
