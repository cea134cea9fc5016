// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "db/database.hpp"

namespace cairn::jobs {

// One letter to one address, in plain text, UTF-8. Neither subject nor first line may tell what the programme is about:
// whoever sees a lit telephone reads them.
struct Letter {
  std::string to;
  std::string subject;
  std::string body;
  bool operator==(const Letter&) const = default;
};

// Writes a letter at the moment it is sent, from what post_letter() was given. Nothing where it is no longer wanted
// (answered meanwhile, revoked, over): then it is dropped, and that is kept. Called outside any write, perhaps more
// than once for one letter.
using Composer = std::function<std::optional<Letter>(db::Read& read, const std::string& about)>;

// What may be told of the letters of a kind on the page that shows what was sent.
enum class Shown {
  totals,  // how many, never to whom: who got a reminder tells who had not answered
  each     // every letter, with its address
};
struct LetterKind {
  Composer compose;
  // The standard wording, with a made-up reader and link: what letters of this kind say, whoever gets them.
  std::function<Letter(db::Read& read)> example = {};
  Shown shown = Shown::totals;
};
using LetterKinds = std::map<std::string, LetterKind, std::less<>>;

// Puts a letter into the outbox, in the transaction of what asks for it, to be sent from `due` on. It is composed only
// at the moment it is sent, by the composer of its kind, so that no name and no link waits in a table. `about` is what
// the composer is given; it is kept sealed and removed once the letter is sent or dropped. A kind whose letters must
// not be told apart afterwards posts them in a shuffled order. Returns the letter's id.
std::string post_letter(db::Write& write, std::string_view kind, std::string_view about, Moment due);

// The kind of the jobs that send letters.
inline constexpr std::string_view mail_job = "mail.send";

}  // namespace cairn::jobs
