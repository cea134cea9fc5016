// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.hpp"
#include "db/verify.hpp"
#include "evaluation/model.hpp"

namespace cairn::evaluation {

// All of these see and change the actor's programme alone, and in it only studies one of the actor's roles reaches (the
// whole programme, or that one study). What is not reached is NotFound, as what is not there.

std::vector<Study> studies(db::Read& read, const Actor& actor);  // by name
Study study(db::Read& read, const Actor& actor, const Id<Study>& id);
std::optional<Study> find_study(db::Read& read, const Actor& actor, std::string_view name);  // in any case of letters

// `name` has been checked. Throws Conflict where the name was taken meanwhile. Makes the journal entry speak of the new
// study.
Id<Study> add_study(db::Write& write, std::string_view name, std::string_view instrument_id, int instrument_version);

std::vector<Round> rounds(db::Read& read, const Actor& actor, const Id<Study>& study);  // by number
// Throws NotFound for a round the study does not have.
Round round(db::Read& read, const Actor& actor, const Id<Study>& study, int number);
std::optional<Round> find_round(db::Read& read, const Actor& actor, const Id<Study>& study, int number);
// Throws Conflict where the study has that round already.
void add_round(db::Write& write, const Id<Study>& study, const Round& round);

// A round by the collection its answers are kept in. Asks nothing of the actor's reach but the programme: for people
// who are asked themselves, and for what is told of people.
struct RoundOfCollection {
  Study study;
  Round round;
};
std::optional<RoundOfCollection> find_round_of(db::Read& read, const Actor& actor, std::string_view collection_id);
// The collection of a round of the actor's programme, whether or not a role reaches it: the caller looks in it for the
// actor's own invitation.
std::optional<std::string> collection_to_answer(db::Read& read, const Actor& actor, const Id<Study>& study, int number);

// A report that was asked for. Makes the journal entry speak of it. With report.id, the id the form brought: throws
// Repeated where the actor has made the very same report under it; one that differs gets an id of its own.
Id<SiteReport> add_report(db::Write& write, const SiteReport& report);
SiteReport report(db::Read& read, const Actor& actor, const Id<SiteReport>& id);
std::vector<SiteReport> reports(db::Read& read, const Actor& actor);                          // the latest first
std::vector<SiteReport> reports(db::Read& read, const Actor& actor, const Id<Study>& study);  // the latest first

// With `once`, the id the form brought, as add_report does with a report's.
void add_feedback(db::Write& write, const Id<SiteReport>& report, const NewFeedback& feedback,
                  const Id<Feedback>& once = {});
// What the actor said about a report last, if anything.
std::optional<Feedback> feedback_by(db::Read& read, const Actor& actor, const Id<SiteReport>& report);
std::vector<Feedback> feedback_on(db::Read& read, const Actor& actor,
                                  const Id<SiteReport>& report);  // the latest first
// The reports within reach of which nobody has said yet whether they were useful, the latest first.
std::vector<SiteReport> reports_without_feedback(db::Read& read, const Actor& actor);

// The columns of this stage that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::evaluation
