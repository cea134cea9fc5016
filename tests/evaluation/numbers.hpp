// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::evaluation::figures {

using instruments::Axis;
using instruments::Comparison;
using instruments::Hidden;

// An instrument of `count` supportive statements "1.1", "1.2" ...
inline instruments::Instrument statements(std::size_t count) {
  instruments::Instrument instrument;
  instrument.id = "test";
  instrument.sections = {{"1", "A section"}};
  for (std::size_t i = 0; i < count; ++i) {
    instruments::Item item;
    item.id = "1." + std::to_string(i + 1);
    item.section = 0;
    item.label = "Statement " + std::to_string(i + 1);
    item.text = "We do thing " + std::to_string(i + 1) + ".";
    instrument.items.push_back(item);
  }
  return instrument;
}

// What one group says of one statement: how many of `of` say it happens, the mean in tenths, how often in the top
// three.
struct Says {
  std::int64_t in_place = 0;
  std::int64_t of = 10;
  std::int64_t tenths = 30;
  std::int64_t top3 = 0;
  Hidden hidden = Hidden::no;
};
struct Speaks {
  Axis axis;
  std::string name;
  std::vector<Says> says;
  Hidden hidden = Hidden::no;
};

// A comparison as the engine would hand it over. Hidden rows hold no number.
inline Comparison numbers(std::size_t items, std::initializer_list<Speaks> groups) {
  Comparison comparison;
  comparison.items = items;
  for (const auto& group : groups) {
    comparison.groups.push_back({group.axis, group.name, group.hidden, group.hidden == Hidden::no ? 10 : 0});
    for (std::size_t item = 0; item < items; ++item) {
      instruments::Row row;
      row.item = item;
      row.axis = group.axis;
      row.group = group.name;
      const auto says = item < group.says.size() ? group.says[item] : Says{10, 10, 20};
      row.hidden = group.hidden != Hidden::no ? group.hidden : says.hidden;
      if (row.hidden == Hidden::no) {
        row.people = 10;
        row.answers_a = says.of;
        row.presence = {says.in_place, 0, says.of - says.in_place, 0, 0};
        row.answers_b = says.tenths == 0 ? 0 : 10;
        row.score_sum = says.tenths;
        row.top3 = says.top3;
      }
      comparison.rows.push_back(row);
    }
  }
  return comparison;
}

}  // namespace cairn::evaluation::figures
