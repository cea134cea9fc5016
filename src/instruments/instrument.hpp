// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::instruments {

// How to take a low presence: a gap to close; ask before calling it a gap; a matter of choice.
enum class Reading { supportive, contested, optional };

// What the answers are about decides how they are protected (docs/operating/small-numbers.md).
enum class Sensitivity { opinion, special };

struct Item {
  std::string id;       // "4.1"
  std::size_t section;  // index into Instrument::sections
  std::string label;    // short, for charts
  std::string text;     // the statement as shown
  std::string explain;  // a line where a word needs it; may be empty
  Reading reading = Reading::supportive;
  std::vector<std::string> contested_in;  // contexts in which it is contested though not elsewhere: "voluntary"
};

struct Section {
  std::string id;  // "4"
  std::string title;
};

// A released version of an instrument as read from its file. Never changes; responses keep id and version.
struct Instrument {
  std::string id;  // "implementation-inventory"
  int version = 1;
  std::string title;
  std::string source;
  std::string licence;
  std::string purpose;
  std::string not_for;
  Sensitivity sensitivity = Sensitivity::opinion;
  std::int64_t smallest_group = 5;  // settable 5 to 20 for opinion
  std::string question_a;
  std::string question_b;
  std::size_t most_important = 3;
  std::vector<Section> sections;
  std::vector<Item> items;

  std::optional<std::size_t> index_of(std::string_view item_id) const;
  // True where a low presence must be asked about rather than called a gap, in a service of this context.
  bool contested(const Item& item, std::string_view context) const;
};

// The same with every text a respondent reads said in other words: the files are written with the usual ones.
Instrument reworded(Instrument instrument, const std::function<std::string(std::string_view)>& say);
// The words of the programme that stand in the files in their usual form.
inline constexpr std::string_view words_of_files = "worker";

// Minutes it takes most people, to the next five: a statement with both its questions in under half a minute.
std::int64_t minutes_to_answer(const Instrument& instrument);

}  // namespace cairn::instruments
