// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "content/csv.hpp"
#include "db/database.hpp"
#include "instruments/import.hpp"
#include "instruments/instrument.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// A file of responses that can be read from its start more than once: it is read to check it, and again to keep it.
struct ResponseFile {
  std::function<content::CsvReader::Source()> open;
  std::uint64_t size = 0;  // in bytes

  // Throws Unavailable where the path is no regular file that can be read (standard input is not).
  static ResponseFile at(const std::string& path);
  // The bytes of an upload; they must outlive it.
  static ResponseFile in_memory(std::string_view bytes);
};

// Who is told how it goes. Either may be empty.
struct ImportWatch {
  TellBadCell bad;                                                        // each bad cell, in the order of the file
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // now and then, in bytes
};

// What checking a file found.
struct CheckedFile {
  bool accepted = false;    // nothing is wrong with it
  std::int64_t bad = 0;     // bad cells told
  std::int64_t added = 0;   // respondents the collection does not have yet
  std::int64_t known = 0;   // respondents it has already, with the same answers
  std::string fingerprint;  // of all its bytes
};

// The most respondents one collection can hold.
inline constexpr std::int64_t most_respondents = 2'000'000;

// Checks every row of the file and tells every bad cell. Changes nothing. `into` is the collection whose respondents
// are known already; none where it is yet to be made. Refused beyond what RowReader refuses: an empty file or one
// without respondents, another encoding than UTF-8, another delimiter, quotes that do not match, the same respondent
// twice, a respondent the collection has with other answers, more than most_respondents. Memory stays within 200 MB
// whatever the size of the file.
CheckedFile check_responses(db::Database& database, const Actor& actor, const std::optional<Id<Collection>>& into,
                            const Instrument& instrument, const ResponseFile& file, const ImportWatch& watch);

// Keeps the respondents of a checked file that the collection does not have yet, all of them or none: they are put
// aside in short writes and become part of the collection in one, journaled as "inventory.import" about the collection.
// What an import that was killed has put aside is removed by the next one. Where there is nothing new, nothing is
// written. Returns how many were added. Throws Conflict "instruments.import.changed" where the file is no longer the
// one that was checked, Conflict "instruments.import.two_at_once" where another import into the same collection is
// under way, NotFound outside the actor's programme.
std::int64_t keep_responses(db::Database& database, const Actor& actor, const Id<Collection>& into,
                            const Instrument& instrument, const ResponseFile& file, const CheckedFile& checked,
                            const ImportWatch& watch);

// Both, into a collection that is there.
CheckedFile import_responses(db::Database& database, const Actor& actor, const Id<Collection>& into,
                             const Instrument& instrument, const ResponseFile& file, const ImportWatch& watch);

}  // namespace cairn::instruments
