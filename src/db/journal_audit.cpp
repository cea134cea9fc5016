// SPDX-License-Identifier: Apache-2.0
#include "db/journal_audit.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/stop.hpp"
#include "db/tables.hpp"

namespace cairn::db {
namespace {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

constexpr std::string_view chain_columns =
    "select id, at, actor, act, record_type, record_id, count, position, previous_hash, hash from journal ";
constexpr std::string_view checkpoint_word = "cairn-journal-checkpoint-1";

// The bytes that are hashed, put together in one place in memory.
class Bytes {
 public:
  explicit Bytes(std::string& place) : bytes_(place) { bytes_.clear(); }
  void number(std::uint64_t value) {
    std::array<char, 8> octets{};
    for (char& octet : octets) {
      octet = static_cast<char>(value & 0xFF);
      value >>= 8U;
    }
    bytes_.append(octets.data(), octets.size());
  }
  void part(std::string_view text) {
    number(text.size());
    bytes_.append(text);
  }
  const unsigned char* data() const { return reinterpret_cast<const unsigned char*>(bytes_.data()); }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string& bytes_;
};

bool is(const Digest& digest, std::string_view stored) {
  return std::equal(digest.begin(), digest.end(), stored.begin(), stored.end(),
                    [](unsigned char one, char other) { return one == static_cast<unsigned char>(other); });
}

Digest hash_of(const AuditedEntry& entry, std::string& place) {
  Bytes bytes(place);
  bytes.part("cairn journal 1");
  bytes.part(entry.previous_hash);
  bytes.number(static_cast<std::uint64_t>(entry.position));
  for (const std::string* text : {&entry.id, &entry.at, &entry.actor, &entry.act, &entry.record_type, &entry.record_id})
    bytes.part(*text);
  bytes.number(static_cast<std::uint64_t>(entry.count));
  Digest digest{};
  crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
  return digest;
}

// Into the same strings each time: ten million entries are to be read in a minute.
const AuditedEntry& read_into(AuditedEntry& entry, const Row& row) {
  entry.id = row.text(0);
  entry.at = row.text(1);
  entry.actor = row.text(2);
  entry.act = row.text(3);
  entry.record_type = row.text(4);
  entry.record_id = row.text(5);
  entry.count = row.integer(6);
  entry.position = row.integer(7);
  entry.previous_hash = row.bytes(8);
  entry.hash = row.bytes(9);
  return entry;
}

struct Head {
  std::int64_t position = 0;
  std::string hash;
  std::string mac;
};

bool is_head_of_this_key(const Head& head, const Keys& keys) {
  std::string place;
  Bytes bytes(place);
  bytes.number(static_cast<std::uint64_t>(head.position));
  bytes.part(head.hash);
  const std::string key = keys.derived("journal");
  Digest mac{};
  crypto_generichash(mac.data(), mac.size(), bytes.data(), bytes.size(),
                     reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return is(mac, head.mac);
}

// Entries cut off the end leave a chain that is sound in itself; the head tells how far it went.
std::optional<ChainFault> fault_of_end(Read& read, const ChainAudit& end) {
  const auto head = read.find("select position, hash, mac from journal_head", {}, [](const Row& row) {
    return Head{row.integer(0), std::string(row.bytes(1)), std::string(row.bytes(2))};
  });
  if (!head) return ChainFault{"the journal has lost its head", end.position()};
  if (!is_head_of_this_key(*head, read.keys()))
    return ChainFault{
        "the journal's head was not written under this key: the key file is another store's, or the head was altered",
        end.position()};
  if (head->position > end.position())
    return ChainFault{"entries are missing from the end of the journal", end.position() + 1};
  if (head->position < end.position() || head->hash != end.hash())
    return ChainFault{"the journal does not end where its head says", end.position()};
  return {};
}

std::string unhexed(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (text.size() % 2 != 0 ||
      sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                     &length, &end) != 0 ||
      end != text.data() + text.size())
    return {};
  return bytes;
}

struct Witnessed {
  std::int64_t position = 0;
  std::string hash;
};

// What a line says, where it is signed with this key.
std::optional<Witnessed> witnessed_in(std::string_view line, std::string_view public_key) {
  const auto last = line.rfind(' ');
  if (last == std::string_view::npos) return {};
  const std::string signature = unhexed(line.substr(last + 1));
  const std::string_view said = line.substr(0, last);
  if (signature.size() != crypto_sign_BYTES || public_key.size() != crypto_sign_PUBLICKEYBYTES ||
      crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                  reinterpret_cast<const unsigned char*>(said.data()), said.size(),
                                  reinterpret_cast<const unsigned char*>(public_key.data())) != 0)
    return {};
  if (said.substr(0, checkpoint_word.size() + 1) != std::string(checkpoint_word) + " ") return {};
  const std::string_view fields = said.substr(checkpoint_word.size() + 1);
  Witnessed found;
  const auto number = std::from_chars(fields.data(), fields.data() + fields.size(), found.position);
  const auto after = static_cast<std::size_t>(number.ptr - fields.data()) + 1;
  if (number.ec != std::errc() || after > fields.size()) return {};
  found.hash = unhexed(fields.substr(after, 2 * crypto_hash_sha256_BYTES));
  if (found.hash.size() != crypto_hash_sha256_BYTES) return {};
  return found;
}

std::optional<std::string> hash_at(Read& read, std::int64_t position) {
  return read.find("select hash from journal where position = $1", {position},
                   [](const Row& row) { return std::string(row.bytes(0)); });
}

}  // namespace

std::vector<ChainFault> ChainAudit::take(const AuditedEntry& entry) {
  std::vector<ChainFault> faults;
  if (entry.position != position_ + 1)
    faults.push_back({"entries are missing from the journal before this one", entry.position});
  else if (last_was_sound_ && entry.previous_hash != hash_)
    faults.push_back({"this journal entry does not follow from the one before it", entry.position});
  if (!is(hash_of(entry, place_), entry.hash)) faults.push_back({"this journal entry was altered", entry.position});
  last_was_sound_ = faults.empty();
  position_ = entry.position;
  hash_ = entry.hash;
  return faults;
}

std::vector<ChainFault> audit_journal(Read& read, Unsealed unsealed) {
  std::vector<ChainFault> faults;
  ChainAudit audit;
  AuditedEntry entry;
  read.each(std::string(chain_columns) + "where position is not null order by position", {}, [&](const Row& row) {
    for (ChainFault& fault : audit.take(read_into(entry, row))) faults.push_back(std::move(fault));
  });
  if (auto fault = fault_of_end(read, audit)) faults.push_back(std::move(*fault));
  if (unsealed == Unsealed::fault && read.number("select count(*) from journal where position is null", {}) > 0)
    faults.push_back({"entries stand in the journal outside its chain", audit.position() + 1});
  return faults;
}

std::string checkpoint_public_key(const Keys& keys) {
  const std::string seed = keys.derived("journal.sign");
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()), secret.data(),
                           reinterpret_cast<const unsigned char*>(seed.data()));
  sodium_memzero(secret.data(), secret.size());
  return public_key;
}

std::vector<ChainFault> audit_witness(Read& read, const std::vector<std::string>& lines, std::string_view public_key) {
  std::vector<ChainFault> faults;
  std::vector<Witnessed> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (auto one = witnessed_in(lines[i], public_key))
      all.push_back(std::move(*one));
    else
      faults.push_back({"line " + std::to_string(i + 1) + " of the witness is not signed with the journal's key", 0});
  }
  std::sort(all.begin(), all.end(),
            [](const Witnessed& one, const Witnessed& two) { return one.position < two.position; });
  std::int64_t sound = 0;
  for (const Witnessed& one : all) {
    const auto hash = hash_at(read, one.position);
    if (hash && *hash == one.hash) {
      sound = one.position;
      continue;
    }
    const std::string since = "; up to position " + std::to_string(sound) + " it is as witnessed";
    if (!hash)
      faults.push_back({"the journal does not reach position " + std::to_string(one.position) +
                            ", which was witnessed: its end was cut off, or an older copy was put back" + since,
                        sound + 1});
    else
      faults.push_back({"the journal was written anew: position " + std::to_string(one.position) +
                            " is not the entry that was witnessed" + since,
                        sound + 1});
    break;
  }
  return faults;
}

std::vector<ChainFault> audit_since(Read& read, std::int64_t position, const std::string& hash) {
  std::vector<ChainFault> faults;
  if (position > 0) {
    const auto stored = hash_at(read, position);
    if (!stored) return {{"the journal does not reach what was witnessed: its end was cut off", position}};
    if (*stored != hash) return {{"the journal was written anew: this is not the entry that was witnessed", position}};
  }
  ChainAudit audit(position, hash);
  AuditedEntry entry;
  read.each(std::string(chain_columns) + "where position > $1 order by position", {position}, [&](const Row& row) {
    for (ChainFault& fault : audit.take(read_into(entry, row))) faults.push_back(std::move(fault));
  });
  if (auto fault = fault_of_end(read, audit)) faults.push_back(std::move(*fault));
  return faults;
}

}  // namespace cairn::db
