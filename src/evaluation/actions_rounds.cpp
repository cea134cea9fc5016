// SPDX-License-Identifier: Apache-2.0
#include "evaluation/actions_rounds.hpp"

#include <algorithm>

#include "evaluation/store.hpp"
#include "instruments/store.hpp"
#include "instruments/store_definitions.hpp"

namespace cairn::evaluation {
namespace {

constexpr std::string_view standard_id = "implementation-inventory";
constexpr std::string_view short_id = "implementation-inventory-short";
constexpr int standard_version = 2;

instruments::Instrument must_find(const content::Library& library, std::string_view id, int version) {
  auto found = instruments::find_instrument(library, id, version);
  if (!found) throw Corrupt("no instrument " + std::string(id) + " of version " + std::to_string(version));
  return std::move(*found);
}

// A round people are still asked in shows nothing yet: it is left out, unless it is the one that is asked for or there
// is no other.
std::vector<Round> rounds_to_look_at(db::Read& read, const Actor& actor, const Id<Study>& id,
                                     std::optional<int> number) {
  const auto all = rounds(read, actor, id);
  std::vector<Round> some;
  for (const auto& round : all)
    if (round.number == number || instruments::responses(read, actor, {round.collection_id}) > 0) some.push_back(round);
  if (some.empty() && !number && !all.empty()) some.push_back(all.back());
  return some;
}

}  // namespace

OpenedRound open_round(db::Database& database, const content::Library& library, const Actor& actor, const Id<Study>& id,
                       std::optional<int> number, const web::Language& say) {
  OpenedRound opened;
  database.read([&](db::Read& read) {
    opened.study = study(read, actor, id);
    opened.rounds = rounds_to_look_at(read, actor, id, number);
  });
  if (opened.rounds.empty()) throw NotFound("study " + id.text + " has no round yet");
  const auto wanted = number.value_or(opened.rounds.back().number);
  const auto found = std::find_if(opened.rounds.begin(), opened.rounds.end(),
                                  [&](const Round& round) { return round.number == wanted; });
  if (found == opened.rounds.end()) throw NotFound("study " + id.text + " has no round " + std::to_string(wanted));
  opened.round = *found;
  opened.instrument = instrument_of(library, opened.study, say);
  opened.comparison =
      instruments::comparison_of(database, actor, {opened.round.collection_id}, opened.instrument).comparison;
  return opened;
}

std::optional<instruments::Comparison> comparison_before(db::Database& database, const Actor& actor,
                                                         const OpenedRound& opened) {
  const Round* before = nullptr;
  for (const auto& round : opened.rounds)
    if (round.number < opened.round.number) before = &round;
  if (before == nullptr) return std::nullopt;
  return instruments::comparison_of(database, actor, {before->collection_id}, opened.instrument).comparison;
}

instruments::Instrument instrument_of(const content::Library& library, const Study& study, const web::Language& say) {
  return instruments::reworded(
      must_find(library, study.instrument_id, study.instrument_version),
      [&](std::string_view text) { return say.in_own_words(text, {instruments::words_of_files}); });
}

instruments::Instrument standard_instrument(const content::Library& library) {
  return must_find(library, standard_id, standard_version);
}

std::vector<instruments::Instrument> possible_instruments(const content::Library& library) {
  return {standard_instrument(library), must_find(library, short_id, standard_version)};
}

Made make_destination(db::Database& database, const Actor& actor, const Destination& destination,
                      const instruments::Instrument& instrument) {
  if (destination.study && destination.round) return {destination.study->id, destination.round->collection_id};
  const db::Entry entry{destination.study ? "study_round.add" : "study.add", "study",
                        destination.study ? destination.study->id.text : ""};
  return database.write(actor, entry, [&](db::Write& write) {
    Made made;
    made.study = destination.study ? destination.study->id
                                   : add_study(write, destination.study_name, instrument.id, instrument.version);
    made.collection_id = instruments::add_collection(write, write.actor(), instrument, instrument.smallest_group).text;
    add_round(write, made.study, {destination.number, made.collection_id, destination.dated_on});
    return made;
  });
}

}  // namespace cairn::evaluation
