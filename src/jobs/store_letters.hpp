// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"
#include "jobs/mail.hpp"

namespace cairn::jobs {

// A letter that still may be sent.
struct WaitingLetter {
  std::string id;
  std::string kind;
  std::string about;
};
std::optional<WaitingLetter> find_waiting_letter(db::Read& read, const std::string& letter_id);

enum class GivenUpBecause { address, refused, too_long };
std::string_view code(GivenUpBecause reason);

// What became of a letter, in the transaction that also takes its job out of the queue. `address` is kept, sealed,
// where it is given. Each does nothing more for a letter that waits no longer.
void letter_was_sent(db::Write& write, const std::string& letter_id, const std::optional<std::string>& address);
void letter_was_dropped(db::Write& write, const std::string& letter_id);
// The letter stays, with what it is about, so that somebody can ask for another try.
void letter_is_given_up(db::Write& write, const std::string& letter_id, GivenUpBecause reason);

// A letter is tried at once: one that waits need not wait longer, one that was given up waits again. Throws NotFound
// where there is no such letter, or it was sent or dropped.
void try_letter_again(db::Write& write, const std::string& letter_id);

// The same for every letter that was given up.
void try_given_up_letters_again(db::Write& write);

enum class LetterState { waiting, sent, dropped, given_up };
std::string_view code(LetterState state);

struct LetterRow {
  std::string id;
  std::string kind;
  Moment made_at;
  Moment due_at;
  LetterState state = LetterState::waiting;
  std::optional<Moment> at = {};  // sent, dropped or given up
  std::int64_t tries = 0;         // begun so far; of one that waits or was given up
  std::optional<std::string> address = {};
  std::string reason = {};  // code of GivenUpBecause; empty unless given up
};
// The newest first, at most `most`; of one kind, or of all where `kind` is empty.
std::vector<LetterRow> letters(db::Read& read, std::string_view kind, std::int64_t most);
std::optional<LetterRow> find_letter(db::Read& read, const std::string& letter_id);

struct LetterCount {
  std::string kind;
  std::int64_t waiting = 0;
  std::int64_t sent = 0;
  std::int64_t dropped = 0;
  std::int64_t given_up = 0;
};
// By kind, in the order of their names.
std::vector<LetterCount> letter_counts(db::Read& read);

// For whoever looks after the machine: no names, no addresses.
struct OutboxHealth {
  std::int64_t waiting = 0;             // due by now
  std::optional<Moment> waiting_since;  // of the one that has been due longest
  std::int64_t given_up = 0;
};
OutboxHealth outbox_health(db::Read& read, Moment now);

// The columns of jobs that hold sealed values.
std::vector<db::SealedColumn> sealed_columns();

}  // namespace cairn::jobs
