// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"

namespace cairn::evaluation {

// The figures of a published study, by statement and group, to stand beside one's own. No group of everyone: the study
// printed none.
struct Published {
  std::string title;       // of the study, as cited
  std::string source;      // where the figures stand, with its address
  std::string short_name;  // "2014 study"
  std::vector<std::string> warnings;

  struct Key {
    std::string item;
    instruments::Axis axis;
    std::string group;  // code
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, std::int64_t> mean_tenths;
  std::map<Key, std::int64_t> top3;

  std::optional<std::int64_t> mean(std::string_view item, instruments::Axis axis, std::string_view group) const;
  // 0 for a statement nobody in that group chose; nothing for a group the study did not have.
  std::optional<std::int64_t> chosen(std::string_view item, instruments::Axis axis, std::string_view group) const;
};

// A statement whose mean in one shown group lies furthest from the study's for the same group.
struct Beside {
  std::size_t item = 0;
  instruments::Axis axis = instruments::Axis::all;
  std::string group;
  std::int64_t here_tenths = 0;
  std::int64_t published_tenths = 0;
  std::int64_t apart() const;
};
// Those at least `apart_tenths` away, the furthest first.
std::vector<Beside> beside_the_study(const instruments::Comparison& comparison,
                                     const instruments::Instrument& instrument, const Published& published,
                                     instruments::Axis axis, std::int64_t apart_tenths);

}  // namespace cairn::evaluation
