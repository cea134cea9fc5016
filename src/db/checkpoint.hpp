// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// How far the journal had come at a moment, signed. Kept by somebody who does not hold the database, it shows later
// that the entries up to there are still those there were. The form of the line is told in db/journal_audit.hpp.
struct Checkpoint {
  std::int64_t position = 0;
  std::string hash;  // 32 bytes
  std::string line;  // without its end
};

// The journal's head as it stands, signed with the key derived from the key file; nothing while the journal is empty.
// Throws Corrupt where the head was not written under this key.
std::optional<Checkpoint> checkpoint(Database& database);

// Where the journal's chain ends; 0 for none. Throws as checkpoint() does.
std::int64_t journal_position(Database& database);

// Appends the line to a file of a witness; it is on the disk when this returns. The file is only ever opened for
// appending, so that it may be one that can only grow (chattr +a) or lie on another machine. Throws Unavailable.
void append_to_witness(const std::string& file, const Checkpoint& checkpoint);

// The lines of such a file; none where there is no file yet. Throws Unavailable where it cannot be read.
std::vector<std::string> witness_lines(const std::string& file);

// The public half of the signing key as it is told to a third party: 64 hexadecimal digits.
std::string public_key_text(const Keys& keys);

}  // namespace cairn::db
