// SPDX-License-Identifier: Apache-2.0
#include "instruments/store_definitions.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "base/stop.hpp"
#include "content/toml.hpp"

namespace cairn::instruments {
namespace {

using content::Fault;
using content::Toml;

constexpr std::string_view folder = "instruments/";
constexpr std::size_t most_items = 255;  // Response::most_important holds indices of one byte

std::string path_of(std::string_view id_and_version) {
  return std::string(folder) + std::string(id_and_version) + ".toml";
}

Reading reading_from(std::string_view word) {
  if (word == "contested") return Reading::contested;
  return word == "optional" ? Reading::optional : Reading::supportive;
}

void read_head(Toml::Table& top, Instrument& instrument) {
  instrument.id = top.text("id");
  instrument.version = static_cast<int>(top.whole("version", 1, 999));
  instrument.title = top.text("title");
  instrument.source = top.text("source");
  instrument.licence = top.text("licence");
  instrument.purpose = top.text("purpose");
  instrument.not_for = top.text("not_for");
  instrument.sensitivity =
      top.one_of("sensitivity", {"opinion", "special"}) == "special" ? Sensitivity::special : Sensitivity::opinion;
  instrument.smallest_group = top.whole("smallest_group", 5, 100);
}

void read_questions(Toml::Table& top, Instrument& instrument) {
  instrument.question_a = top.table("question_a").text("text");
  instrument.question_b = top.table("question_b").text("text");
  instrument.most_important = static_cast<std::size_t>(top.table("most_important").whole("most", 1, 3));
}

void read_items(Toml::Table& top, Instrument& instrument) {
  for (auto section : top.tables("section")) instrument.sections.push_back({section.text("id"), section.text("title")});
  for (auto table : top.tables("item")) {
    Item item;
    item.id = table.text("id");
    const std::string section = table.text("section");
    const auto found = std::find_if(instrument.sections.begin(), instrument.sections.end(),
                                    [&](const Section& each) { return each.id == section; });
    if (found == instrument.sections.end()) table.fault("section", "there is no section \"" + section + "\"");
    item.section = static_cast<std::size_t>(found - instrument.sections.begin());
    item.label = table.text("label");
    item.text = table.text("text");
    item.explain = table.optional_text("explain").value_or("");
    item.reading = reading_from(table.one_of("reading", {"supportive", "contested", "optional"}));
    item.contested_in = table.optional_list("contested_in");
    if (instrument.index_of(item.id)) table.fault("id", "two items have this id");
    instrument.items.push_back(std::move(item));
  }
}

std::optional<Instrument> read(const content::Library& library, const content::File& file, std::vector<Fault>& faults);

// Takes sections, questions and the named items from the instrument that `items_of` names.
void borrow(const content::Library& library, Toml::Table& top, Instrument& instrument) {
  const std::string lender_name = top.text("items_of");
  const content::File* file = library.find(path_of(lender_name));
  if (!file || lender_name == instrument.id + ".v" + std::to_string(instrument.version)) {
    top.fault("items_of", "there is no other instrument \"" + lender_name + "\"");
    return;
  }
  std::vector<Fault> of_lender;
  Toml lender_file(*file, of_lender);
  if (lender_file.top().has("items_of")) {
    top.fault("items_of", "that instrument borrows its items too: name the one they come from");
    return;
  }
  const auto lender = read(library, *file, of_lender);
  if (!lender) {
    top.fault("items_of", "\"" + lender_name + "\" has faults of its own");
    return;
  }
  instrument.question_a = lender->question_a;
  instrument.question_b = lender->question_b;
  instrument.most_important = lender->most_important;
  instrument.sections = lender->sections;
  for (const auto& id : top.list("items")) {
    const auto at = lender->index_of(id);
    if (at)
      instrument.items.push_back(lender->items[*at]);
    else
      top.fault("items", "\"" + lender_name + "\" has no item \"" + id + "\"");
  }
}

// The instrument, or nothing and at least one more fault.
std::optional<Instrument> read(const content::Library& library, const content::File& file, std::vector<Fault>& faults) {
  const std::size_t before = faults.size();
  Toml toml(file, faults);
  if (!toml.parsed()) return {};
  Toml::Table top = toml.top();
  Instrument instrument;
  read_head(top, instrument);
  if (file.path != path_of(instrument.id + ".v" + std::to_string(instrument.version)))
    top.fault("id", "the file's name must be <id>.v<version>.toml");
  if (top.has("items_of")) {
    borrow(library, top, instrument);
  } else {
    read_questions(top, instrument);
    read_items(top, instrument);
  }
  if (instrument.items.empty()) top.fault("item", "there is no item");
  if (instrument.items.size() > most_items)
    top.fault("item", "there are more than " + std::to_string(most_items) + " items");
  if (faults.size() != before) return {};
  return instrument;
}

}  // namespace

std::optional<Instrument> find_instrument(const content::Library& library, std::string_view id, int version) {
  const content::File* file = library.find(path_of(std::string(id) + ".v" + std::to_string(version)));
  if (!file) return {};
  std::vector<Fault> faults;
  auto instrument = read(library, *file, faults);
  if (!instrument)
    throw Corrupt(file->path + ", line " + std::to_string(faults.front().line) + ": " + faults.front().what);
  return instrument;
}

std::vector<Instrument> instruments(const content::Library& library, std::vector<Fault>* faults) {
  std::vector<Instrument> all;
  std::vector<Fault> found;
  for (const auto* file : library.in("instruments", ".toml"))
    if (auto instrument = read(library, *file, found)) all.push_back(*std::move(instrument));
  std::sort(all.begin(), all.end(), [](const Instrument& one, const Instrument& other) {
    return std::tie(one.id, one.version) < std::tie(other.id, other.version);
  });
  if (faults) faults->insert(faults->end(), found.begin(), found.end());
  return all;
}

}  // namespace cairn::instruments
