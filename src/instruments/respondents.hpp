// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace cairn::instruments {

// The keyed fingerprints of respondents, those a collection has and those of a file, held closely: 2 million in about
// 100 MB.
class Respondents {
 public:
  using Key = std::array<char, 16>;
  struct Entry {
    Key respondent;
    Key answers;
    std::uint32_t row;  // of the file where it stands; 0 where it does not (yet)
    bool stored;        // the collection has it
  };

  // Both are 16 bytes. A respondent must not be added twice.
  void add(std::string_view respondent, std::string_view answers, std::uint32_t row, bool stored);
  Entry* find(std::string_view respondent);  // nullptr where there is none
  std::int64_t size() const { return static_cast<std::int64_t>(entries_.size()); }

 private:
  std::size_t place_of(std::string_view respondent) const;
  void grow();

  std::deque<Entry> entries_;  // never moved while it grows
  std::vector<std::uint32_t>
      table_;  // index into entries_ plus one; 0 is free. Fingerprints are evenly spread as they are.
};

}  // namespace cairn::instruments
