// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "instruments/answers.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"
#include "instruments/store.hpp"

namespace cairn::instruments {

// What has been sent and waits to be counted. For the stores of this stage.

// Puts answers in, sealed to the collection's public key. In a named round `invitation` is kept with them, and takes
// the place of what it sent before. Throws Conflict "answer.over" where the key is gone: everything was counted.
void put_aside(db::Write& write, const Asking& asking, const Instrument& instrument, const Answers& answers,
               const std::optional<std::string>& invitation);

// An answer that waits, opened with the private key.
struct Waiting {
  std::string invitation_id;  // of a named round, else ""
  Answers answers;
};
std::vector<Waiting> waiting(db::Read& read, const Asking& asking, const Instrument& instrument);
// What one invitation of a named round has sent.
std::optional<Answers> sent_by(db::Read& read, const Asking& asking, const Instrument& instrument,
                               std::string_view invitation);
void take_back(db::Write& write, const Asking& asking, std::string_view invitation);

// One more, or one fewer, of a group has answered.
void count_group(db::Write& write, const Asking& asking, const Answers& answers, std::int64_t by);

// The definition a collection was made with. Throws Corrupt where it is no longer among the data files.
Instrument instrument_of(const content::Library& library, const Asking& asking);

}  // namespace cairn::instruments
