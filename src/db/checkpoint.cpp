// SPDX-License-Identifier: Apache-2.0
#include "db/checkpoint.hpp"

#include <fcntl.h>
#include <sodium.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"
#include "db/files.hpp"
#include "db/journal.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view first_word = "cairn-journal-checkpoint-1";

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

struct SigningKey {
  explicit SigningKey(const Keys& keys)
      : public_half(crypto_sign_PUBLICKEYBYTES, '\0'), secret(crypto_sign_SECRETKEYBYTES, '\0') {
    const std::string seed = keys.derived("journal.sign");
    crypto_sign_seed_keypair(octets(public_half), octets(secret), octets(seed));
  }
  ~SigningKey() { sodium_memzero(secret.data(), secret.size()); }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  std::string public_half;
  std::string secret;
};

}  // namespace

std::optional<Checkpoint> checkpoint(Database& database) {
  database.seal_journal();
  const Link head = database.read([](Read& read) { return journal_head(read); });
  if (head.position == 0) return {};
  const SigningKey key(database.keys());
  std::string line = std::string(first_word) + " " + std::to_string(head.position) + " " + hex(head.hash) + " " +
                     iso(database.now()) + " " + hex(sha256(key.public_half).substr(0, 8));
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(octets(signature), nullptr, octets(line), line.size(), octets(key.secret));
  line += " " + hex(signature);
  return Checkpoint{head.position, head.hash, std::move(line)};
}

std::int64_t journal_position(Database& database) {
  return database.read([](Read& read) { return journal_head(read).position; });
}

void append_to_witness(const std::string& file, const Checkpoint& checkpoint) {
  const File witness(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
  if (!witness) throw Unavailable("cannot write to the witness " + file + ": " + std::strerror(errno));
  write_all(witness, checkpoint.line + "\n", file);
  sync(witness, file);
}

std::vector<std::string> witness_lines(const std::string& file) {
  if (::access(file.c_str(), F_OK) != 0) return {};
  std::ifstream witness(file);
  if (!witness) throw Unavailable("cannot read the witness " + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(witness, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string public_key_text(const Keys& keys) {
  return hex(SigningKey(keys).public_half);
}

}  // namespace cairn::db
