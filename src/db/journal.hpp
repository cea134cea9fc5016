// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace cairn::db {

// One entry as it stands in the table journal, before it has its place in the chain.
struct JournalRow {
  std::string id;
  std::string at;  // ISO time
  std::string actor;
  std::string act;
  std::string record_type;
  std::string record_id;
  std::int64_t count = 0;
};

// Where a chain ends. The empty chain ends at position 0 with a hash of 32 zero bytes.
struct Link {
  std::int64_t position = 0;
  std::string hash = std::string(32, '\0');
};

// The rows a write leaves: the entry it was asked with, about what it found, then its notes in order.
std::vector<JournalRow> rows_of(const Write& write, const Entry& asked);

// Who acted, in the journal's words: a keyed fingerprint of the account in hex; else the first role ("operator",
// "respondents", "anyone"); else "system".
std::string actor_word(const Actor& actor, const Keys& keys);

// The link after `before` for a row: SHA-256 over the hash before, the position and every column, each with its length.
Link link_after(const Link& before, const JournalRow& row);

// Puts a row into the table: at `link` with `previous` before it, or unsealed.
void insert_sealed(Engine& engine, const JournalRow& row, const Link& previous, const Link& link);
void insert_unsealed(Engine& engine, const JournalRow& row);

// The statement that puts in a row, and its values unsealed; they point into the row.
extern const std::string_view insert_entry_sql;
using EntryBinds = std::array<Bound, 10>;
EntryBinds unsealed_binds(const JournalRow& row);

// Where the chain ends according to journal_head. Throws Corrupt where the head was not written under these keys.
Link journal_head(Engine& engine, const Keys& keys);
Link journal_head(Read& read);
void check_journal_head(Read& read);
void set_journal_head(Engine& engine, const Keys& keys, const Link& head);

// Chains at most `most` entries that wait unsealed, the oldest first, and moves the head. Returns how many.
std::int64_t seal_waiting(Engine& engine, const Keys& keys, std::int64_t most);

}  // namespace cairn::db
