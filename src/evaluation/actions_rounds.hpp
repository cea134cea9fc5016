// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/library.hpp"
#include "db/database.hpp"
#include "evaluation/model.hpp"
#include "instruments/comparison.hpp"
#include "instruments/instrument.hpp"
#include "web/language.hpp"

namespace cairn::evaluation {

// One round of a study, read with what may be shown of its answers.
struct OpenedRound {
  Study study;
  std::vector<Round> rounds;  // of the study, by number: those with answers, and the one below
  Round round;
  instruments::Instrument instrument;
  instruments::Comparison comparison;
};

// Throws NotFound for what the actor does not reach, and for a round the study does not have; Corrupt where the
// instrument is no longer among the data files. Without a number, the latest round that has answers.
OpenedRound open_round(db::Database& database, const content::Library& library, const Actor& actor,
                       const Id<Study>& study, std::optional<int> number, const web::Language& say);
// The comparison of the round before, where there is one.
std::optional<instruments::Comparison> comparison_before(db::Database& database, const Actor& actor,
                                                         const OpenedRound& opened);

// The instrument a study uses, in the programme's words. Throws Corrupt where it is no longer among the data files.
instruments::Instrument instrument_of(const content::Library& library, const Study& study, const web::Language& say);
// The one a study uses unless somebody chooses otherwise: the whole inventory.
instruments::Instrument standard_instrument(const content::Library& library);
// Those a new study may use: the whole inventory, and its short form.
std::vector<instruments::Instrument> possible_instruments(const content::Library& library);

// Where answers go: a study that is there or is to be made, and its round likewise.
struct Destination {
  std::optional<Study> study;
  std::string study_name;  // of the one to be made
  int number = 1;
  std::optional<Round> round;
  std::optional<Date> dated_on;
};
// Makes what is missing, in one write, and returns the study and where the answers go.
struct Made {
  Id<Study> study;
  std::string collection_id;
};
Made make_destination(db::Database& database, const Actor& actor, const Destination& destination,
                      const instruments::Instrument& instrument);

}  // namespace cairn::evaluation
