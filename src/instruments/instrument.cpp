// SPDX-License-Identifier: Apache-2.0
#include "instruments/instrument.hpp"

#include <algorithm>

namespace cairn::instruments {
std::optional<std::size_t> Instrument::index_of(std::string_view item_id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == item_id; });
  if (found == items.end()) return {};
  return static_cast<std::size_t>(found - items.begin());
}

bool Instrument::contested(const Item& item, std::string_view context) const {
  return item.reading == Reading::contested ||
         std::find(item.contested_in.begin(), item.contested_in.end(), context) != item.contested_in.end();
}

Instrument reworded(Instrument instrument, const std::function<std::string(std::string_view)>& say) {
  for (auto* text :
       {&instrument.title, &instrument.purpose, &instrument.not_for, &instrument.question_a, &instrument.question_b})
    *text = say(*text);
  for (auto& section : instrument.sections) section.title = say(section.title);
  for (auto& item : instrument.items)
    for (auto* text : {&item.label, &item.text, &item.explain}) *text = say(*text);
  return instrument;
}

std::int64_t minutes_to_answer(const Instrument& instrument) {
  constexpr std::int64_t seconds_for_a_statement = 22;
  constexpr std::int64_t step = std::int64_t{5} * 60;
  const auto seconds = static_cast<std::int64_t>(instrument.items.size()) * seconds_for_a_statement;
  return (seconds + step - 1) / step * 5;
}

}  // namespace cairn::instruments
