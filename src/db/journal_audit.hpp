// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

// Checks the journal and shares no code with what writes it (db/journal.hpp, db/checkpoint.hpp, db/framed.hpp and the
// hashes of base/secret.hpp): a mistake there shall not hide itself here. The forms are written down twice on purpose.
//
// An entry's hash: SHA-256 over these parts, each text or hash with its length in front of it, every number as 8 bytes,
// the lowest first: "cairn journal 1"; the hash before (32 zero bytes at position 1); the position; id, at, actor, act,
// record_type, record_id; the count. The head's mac: keyed BLAKE2b over the position and the hash with its length,
// under the derived key "journal". A checkpoint: one line, "cairn-journal-checkpoint-1 POSITION HASH TIME KEY
// SIGNATURE", the hash, the id of the key (the first 8 bytes of SHA-256 of the public half) and the Ed25519 signature
// in hexadecimal; signed is the line up to and without the last space.
namespace cairn::db {

// A journal row as it was read.
struct AuditedEntry {
  std::string id, at, actor, act, record_type, record_id;
  std::int64_t count = 0;
  std::int64_t position = 0;
  std::string previous_hash;
  std::string hash;
};

// What is wrong, in words without content, at which position.
struct ChainFault {
  std::string what;
  std::int64_t position = 0;
};

// Follows a chain, entry by entry. A value: a copy goes on from where the first one was.
class ChainAudit {
 public:
  // From the beginning, or after an entry that is known.
  ChainAudit() = default;
  ChainAudit(std::int64_t position, std::string hash) : position_(position), hash_(std::move(hash)) {}
  // What is wrong with the next entry. After a fault it goes on with what stands there.
  std::vector<ChainFault> take(const AuditedEntry& entry);
  std::int64_t position() const { return position_; }
  const std::string& hash() const { return hash_; }

 private:
  std::int64_t position_ = 0;
  std::string hash_ = std::string(32, '\0');
  bool last_was_sound_ = true;
  std::string place_;  // for the bytes that are hashed
};

// Follows the whole chain and compares its end with the head; empty where all is well. Entries that wait for their
// place in the chain are a fault, or fine.
enum class Unsealed { fault, fine };
std::vector<ChainFault> audit_journal(Read& read, Unsealed unsealed);

// The public half of the key that signs checkpoints, 32 bytes.
std::string checkpoint_public_key(const Keys& keys);

// Compares the journal with lines a witness kept, in whatever order: each must be signed with the key, and the journal
// must hold, at its position, the entry it names. Names the first entry that is not as witnessed and the last one that
// is. Lines of an older key are a fault too.
std::vector<ChainFault> audit_witness(Read& read, const std::vector<std::string>& lines, std::string_view public_key);

// Follows the chain from an entry that was witnessed to the head: for a look every few minutes.
std::vector<ChainFault> audit_since(Read& read, std::int64_t position, const std::string& hash);

}  // namespace cairn::db
