// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"
#include "instruments/response.hpp"

namespace cairn::instruments::test {

// An instrument with items 1.1, 1.2, 1.3 ... in one section.
inline Instrument small_instrument(std::size_t items = 4) {
  Instrument instrument;
  instrument.id = "small";
  instrument.title = "A small instrument";
  instrument.sections = {{"1", "Only section"}};
  for (std::size_t i = 0; i < items; ++i) {
    Item item;
    item.id = "1." + std::to_string(i + 1);
    item.label = "Item " + item.id;
    item.text = item.label;
    instrument.items.push_back(item);
  }
  return instrument;
}

// A response to so many items, with nothing answered. Groups: employer, context, setting, stakeholder, site.
inline Response unanswered(std::size_t items, std::array<std::string, 5> groups = {}) {
  Response response;
  response.groups = std::move(groups);
  response.presence.assign(items, Presence::unanswered);
  response.importance.assign(items, Importance::unanswered);
  return response;
}

// Every item answered alike.
inline Response answered(std::size_t items, std::array<std::string, 5> groups, Presence presence = Presence::yes,
                         Importance importance = Importance::quite) {
  Response response = unanswered(items, std::move(groups));
  response.presence.assign(items, presence);
  response.importance.assign(items, importance);
  return response;
}

}  // namespace cairn::instruments::test
