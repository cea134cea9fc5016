// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "instruments/answers.hpp"
#include "instruments/asking.hpp"
#include "instruments/store_invitations.hpp"

namespace cairn::instruments {

// Whoever answers, as the stores know them: nobody in particular, within the programme that asks.
Actor as_respondent(const Asking& asking);

// What a secret in an address opens: the personal link of an invitation, or the draft of somebody who came by a group
// link.
struct AnswerLink {
  std::string secret;
  Asking asking;
  std::optional<Invitation> invitation;  // of a personal link
  std::string group_link;                // id; of somebody who came by a group link
  bool sent = false;                     // in a named round it may be changed all the same: may_change()
  bool counted = false;                  // what was sent by it is among the responses

  // Whether answers may be begun, gone on with or (in a named round) changed at `now`. `begun`: there is a draft.
  bool may_answer(Moment now, bool begun) const;
  bool is_ended() const { return invitation && !invitation->ended.empty(); }
};
// Nothing for a secret that opens nothing. Of a group link's draft nothing is left once it was sent.
std::optional<AnswerLink> find_answer_link(db::Read& read, std::string_view secret);
// A group link by the code in its address.
struct OpenedGroupLink {
  GroupLink link;
  Asking asking;
};
std::optional<OpenedGroupLink> find_group_link(db::Read& read, std::string_view code);
// The secret of the link of a signed-in person who is asked in a collection, by the address of their account.
std::optional<std::string> link_of_account(db::Read& read, const Actor& actor, const Id<Collection>& collection,
                                           std::string_view email);

// The draft behind a secret, if one was begun. Also, in a named round, what was sent, as long as it may be changed.
std::optional<Answers> find_draft(db::Read& read, const AnswerLink& link, const Instrument& instrument);
// Keeps the draft, unrecorded. Throws Conflict "answer.over" where nothing may be kept any more.
void keep_draft(db::Database& database, const AnswerLink& link, const Instrument& instrument, const Answers& answers);

// Begins a draft by a group link: a fresh secret. Of drafts in which nothing was answered yet at most `most_empty`
// are kept for a link; beyond that the one with the lowest id, which is random, gives way. More than programs can begin
// in ten minutes from a thousand networks (join_gate.hpp), so that no person loses a form they have just opened.
inline constexpr std::int64_t most_empty = 1500;
std::string begin_by_group_link(db::Database& database, const OpenedGroupLink& opened, const Instrument& instrument,
                                const Answers& answers);

// Sends, unrecorded and in one transaction: seals the answers to the round's public key, deletes the draft, marks the
// invitation answered, counts the group. `words` are the programme's terms they were shown in (JSON). Sending again
// what was sent changes nothing; in a named round it takes the place of what was sent, until that was counted. Throws
// Conflict "answer.over" where the time is over, "answer.link_full" where the group link has taken all it may.
enum class Sent { now, before };
Sent send(db::Database& database, const AnswerLink& link, const Instrument& instrument, const Answers& answers,
          std::string_view words);

// Takes back the answers of a named round until it is counted; the invitation then ends as withdrawn. Throws Conflict
// "answer.anonymous" or "answer.over".
void withdraw(db::Database& database, const AnswerLink& link, const Instrument& instrument);

// The tables whose rows stay out of backups: drafts. A draft opens by its link, and links are made again from the key
// of their round, so that a copy of a draft beside the master key would tell whose answers those of the same words are.
std::vector<std::string> not_in_backups();

// Puts answers in that come from a checked sheet of paper.
void send_paper(db::Write& write, const Asking& asking, const Instrument& instrument, const Answers& answers);

}  // namespace cairn::instruments
