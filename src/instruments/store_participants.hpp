// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/actor.hpp"
#include "db/database.hpp"
#include "instruments/participants.hpp"

namespace cairn::instruments {

// What the stores of this stage share about participants.

db::Place participant_place(std::string_view column, std::string_view id, std::string_view programme);
// Keyed, of the address in small letters.
std::string email_fingerprint(const db::Keys& keys, std::string_view email);
// An account, or the word for whoever acts without one.
std::string given_by(const Actor& actor);
// From seven columns: programme_id, id, name, email, stakeholder, service_id, why they were ended.
Participant participant_from(const db::Keys& keys, const db::Row& row, int first);

}  // namespace cairn::instruments
