// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "db/database.hpp"
#include "instruments/asking.hpp"
#include "instruments/participants.hpp"

namespace cairn::instruments {

// All of the actor's programme; what lies outside is NotFound.

std::vector<Participant> participants(db::Read& read, const Actor& actor);  // by name, those ended too
Participant participant(db::Read& read, const Actor& actor, const Id<Participant>& id);
// Makes the journal entry speak of the new one. Throws Conflict "instruments.participant.email_taken" where the address
// is another's, "instruments.participant.said_no" where its owner is not to be asked again.
Id<Participant> add(db::Write& write, const NewParticipant& participant);
// The same for many: an address that is known, or whose owner is not to be asked again, is passed over. Returns how
// many were added.
std::int64_t add_all(db::Write& write, const std::vector<NewParticipant>& participants);
// Whether the owner of the address is not to be asked again.
bool said_no(db::Read& read, const Actor& actor, std::string_view email);
// A name, address, group or site put right. Answers given before keep the group they were given for. Throws Conflict
// as add() does, and where they are no longer asked.
void amend(db::Write& write, const Id<Participant>& id, const NewParticipant& participant);
// Takes somebody off the list: their open invitations end too, and their address is deleted. Of one who said no a keyed
// fingerprint stays, so that nobody asks again. Doing it again changes nothing.
void end_participant(db::Write& write, const Id<Participant>& id, std::string_view why);

// Somebody asked in a collection.
struct Invitation {
  std::string id;
  Id<Collection> collection;
  Participant participant;
  std::int64_t site = 1;
  bool answered = false;
  bool quiet = false;  // asked for no more letters
  std::string ended;   // "revoked", "declined", "withdrawn"; "" while the link opens
};
std::vector<Invitation> invitations(db::Read& read, const Actor& actor, const Id<Collection>& collection);  // by name
// Every time somebody was asked, in no order.
std::vector<Invitation> invitations_of(db::Read& read, const Actor& actor, const Id<Participant>& participant);
// By its id alone, for the composer of a letter; nothing where there is none.
std::optional<Invitation> find_invitation(db::Read& read, std::string_view id);
// Where the participant with this address (of an account) is asked, and the link opens.
std::vector<Invitation> invitations_to(db::Read& read, const Actor& actor, std::string_view email);

// Invites those of the participants who are not invited yet; asking twice changes nothing. Who has an address gets a
// letter (kind invitation_letter, about the invitation's id) due at `letters_at`. A participant whose service is none
// of the sites, or who is no longer asked, is passed over. Returns how many were added.
std::int64_t invite(db::Write& write, const Asking& asking, const std::vector<Id<Participant>>& participants,
                    Moment letters_at);
// The secret of an invitation's link, made again from the key of its collection: for its letter, or to hand over.
std::string link_of(db::Read& read, const Invitation& invitation);
// Doing it again changes nothing: the first reason stays.
void end_invitation(db::Write& write, const Id<Collection>& collection, std::string_view invitation,
                    std::string_view why);
// No more letters about this.
void be_quiet(db::Write& write, const Id<Collection>& collection, std::string_view invitation);
// A letter to everybody who has not answered, is not quiet and has an address, in no order; each is looked at again
// when it is sent. Returns how many letters were queued: not to be told while people are asked.
std::int64_t remind(db::Write& write, const Id<Collection>& collection, Moment letters_at);

inline constexpr std::string_view invitation_letter = "asking.invitation";
inline constexpr std::string_view reminder_letter = "asking.reminder";

// The ways in which somebody was asked, as far as it may be told while people are asked.
struct Way {
  bool by_letter = false;
  bool did_not_arrive = false;      // the mail server refused the letter for good, or was away for too long
  std::optional<Moment> handed_at;  // when the link was last handed over
};
Way way_of(db::Read& read, const Invitation& invitation);
// Somebody is shown the link, to hand it over.
void hand_over(db::Write& write, const Invitation& invitation);

// A link for many.
struct GroupLink {
  std::string id;
  Id<Collection> collection;
  std::string code;                       // the secret in its address
  std::optional<std::int64_t> site = {};  // nothing: people choose
  std::string stakeholder = {};           // "": people choose
  std::int64_t most = 60;                 // answers it takes
  std::int64_t taken = 0;                 // never shown while people are asked
  std::string ended = {};                 // "closed", "misused"; "" while it opens
  bool is_full() const { return taken >= most; }
};
inline constexpr std::int64_t most_by_a_link = 100000;
// The oldest first.
std::vector<GroupLink> group_links(db::Read& read, const Actor& actor, const Id<Collection>& collection);
// Makes the journal entry speak of it.
GroupLink add_group_link(db::Write& write, const Id<Collection>& collection, std::optional<std::int64_t> site,
                         std::string_view stakeholder, std::int64_t most);
// With "misused", what came by it and was not counted yet is deleted; "closed" keeps it. Doing it again changes
// nothing.
void end_group_link(db::Write& write, const Id<Collection>& collection, std::string_view link, std::string_view why);

}  // namespace cairn::instruments
