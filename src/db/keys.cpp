// SPDX-License-Identifier: Apache-2.0
#include "db/keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"
#include "db/files.hpp"
#include "db/framed.hpp"

namespace cairn::db {
namespace {

constexpr std::size_t master_bytes = 32;
constexpr std::size_t id_bytes = 8;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t before_ciphertext = 1 + id_bytes + nonce_bytes;
constexpr char sealed_version = 1;
constexpr std::string_view first_line = "cairn-master-key-1\n";

std::string derive(std::string_view master, std::string_view purpose);
std::string additional_data(const Place& place, std::string_view key_id);
std::string key_text(std::string_view master);
std::string master_in(std::string_view text, const std::string& path);
std::string read_private(const std::string& path);
const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

Keys::Keys(std::string master)
    : master_(std::move(master)),
      sealing_(derive(master_, "seal")),
      fingerprinting_(derive(master_, "fingerprint")),
      id_(sha256("cairn key id" + master_).substr(0, id_bytes)) {}

Keys Keys::random() {
  return Keys(random_bytes(master_bytes));
}

Keys Keys::from_file(const std::string& path, bool create) {
  if (create && !std::filesystem::exists(path)) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    make_private_folder(folder.empty() ? "." : folder.string());
    write_new_file(path, key_text(random_bytes(master_bytes)), 0400);
  }
  return Keys(master_in(read_private(path), path));
}

std::string Keys::seal(const Place& place, std::string_view plain) const {
  const std::string bound = additional_data(place, id_);
  std::string sealed(before_ciphertext + plain.size() + tag_bytes, '\0');
  sealed[0] = sealed_version;
  std::memcpy(sealed.data() + 1, id_.data(), id_bytes);
  unsigned char* nonce = octets(sealed) + 1 + id_bytes;
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(sealed) + before_ciphertext, nullptr, octets(plain), plain.size(),
                                             octets(bound), bound.size(), nullptr, nonce, octets(sealing_));
  return sealed;
}

std::string Keys::open(const Place& place, std::string_view sealed) const {
  const std::string where = std::string(place.table) + "." + std::string(place.column);
  if (sealed.size() < before_ciphertext + tag_bytes || sealed[0] != sealed_version)
    throw Corrupt("a value of " + where + " is not in the sealed form");
  if (sealed.substr(1, id_bytes) != id_) throw Corrupt("a value of " + where + " was sealed with another key");
  const std::string bound = additional_data(place, id_);
  std::string plain(sealed.size() - before_ciphertext - tag_bytes, '\0');
  const unsigned char* nonce = octets(sealed) + 1 + id_bytes;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(octets(plain), nullptr, nullptr, octets(sealed) + before_ciphertext,
                                                 sealed.size() - before_ciphertext, octets(bound), bound.size(), nonce,
                                                 octets(sealing_)) != 0)
    throw Corrupt("a sealed value of " + where + " was altered or moved");
  return plain;
}

std::string Keys::fingerprint(std::string_view purpose, std::string_view value) const {
  std::string framed;
  append_framed(framed, purpose);
  append_framed(framed, value);
  std::string result(16, '\0');
  crypto_generichash(octets(result), result.size(), octets(framed), framed.size(), octets(fingerprinting_),
                     fingerprinting_.size());
  return result;
}

std::string Keys::derived(std::string_view purpose) const {
  return derive(master_, "derived/" + std::string(purpose));
}

std::string Keys::id() const {
  return id_;
}

namespace {

std::string derive(std::string_view master, std::string_view purpose) {
  return blake2b("cairn/" + std::string(purpose), master);
}

// Each part goes with its length: "ab" + "c" is not "a" + "bc".
std::string additional_data(const Place& place, std::string_view key_id) {
  std::string bound;
  bound.reserve(5 * sizeof(std::uint64_t) + place.table.size() + place.column.size() + place.row_id.size() +
                place.owner_id.size() + key_id.size());
  for (const std::string_view part : {place.table, place.column, place.row_id, place.owner_id, key_id})
    append_framed(bound, part);
  return bound;
}

std::string key_text(std::string_view master) {
  return std::string(first_line) + hex(master) + "\n";
}

std::string master_in(std::string_view text, const std::string& path) {
  if (text.substr(0, first_line.size()) == first_line) {
    const auto master = from_hex(trimmed(text.substr(first_line.size())));
    if (master && master->size() == master_bytes) return *master;
  }
  throw Corrupt(path + " does not hold a master key");
}

std::string read_private(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) throw Unavailable("cannot read the key file " + path + ": " + std::strerror(errno), "stop.key_missing");
  struct stat found{};
  if (fstat(file.number(), &found) != 0 || !S_ISREG(found.st_mode))
    throw Unavailable("the key file " + path + " is not a file", "stop.key_missing");
  if ((found.st_mode & 077) != 0)
    throw Unavailable("others may read the key file " + path + ": set its mode to 0400", "stop.key_exposed");
  std::array<char, 256> text{};
  const ssize_t count = ::read(file.number(), text.data(), text.size());
  if (count < 0) throw Unavailable("cannot read the key file " + path, "stop.key_missing");
  std::string result(text.data(), static_cast<std::size_t>(count));
  sodium_memzero(text.data(), text.size());
  return result;
}

}  // namespace
}  // namespace cairn::db
