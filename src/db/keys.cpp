// SPDX-License-Identifier: Apache-2.0
#include "db/keys.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <sstream>
#include <utility>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"
#include "db/files.hpp"
#include "db/framed.hpp"
#include "db/sealed_form.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view one_secret_line = "cairn-master-key-1\n";
constexpr std::string_view first_line = "cairn-master-key-2\n";
constexpr std::size_t most_file_bytes = 16'384;

// What a key file says, each secret of 32 bytes.
struct Secrets {
  std::string master;
  std::string lookup;
  std::vector<std::string> former;  // the latest first
};

std::string derive(std::string_view secret, std::string_view purpose) {
  return blake2b("cairn/" + std::string(purpose), secret);
}

SealingKey sealing_key(std::string_view master) {
  return {SealedBy::master, sha256("cairn key id" + std::string(master)).substr(0, key_id_bytes),
          derive(master, "seal")};
}

std::string text_of(const Secrets& secrets);
Secrets secrets_in(std::string_view text, const std::string& path);
std::string read_private(const std::string& path);
void replace_file(const std::string& path, std::string_view bytes);

}  // namespace

// What was read from a key file at one time, with what is made from it.
struct Keys::Ring {
  struct Master {
    std::string secret;
    SealingKey sealing;
    std::string backup;
  };
  explicit Ring(Secrets all) : secrets(std::move(all)), fingerprinting(derive(secrets.lookup, "fingerprint")) {
    add(secrets.master);
    for (const std::string& former : secrets.former) add(former);
  }
  const Master* find(std::string_view id) const {
    for (const Master& one : masters)
      if (one.sealing.id == id) return &one;
    return nullptr;
  }
  Secrets secrets;
  std::string fingerprinting;
  std::vector<Master> masters;  // the newest first

 private:
  void add(const std::string& secret) {
    masters.push_back({secret, sealing_key(secret), derive(secret, "derived/backup")});
  }
};

// Every ring there was stays, for whoever still looks at it.
struct Keys::Rings {
  Rings(std::string file, Secrets secrets) : path(std::move(file)) { use(std::move(secrets)); }
  const Ring& now() const { return *newest.load(std::memory_order_acquire); }
  void use(Secrets secrets) {
    all.push_back(std::make_unique<const Ring>(std::move(secrets)));
    newest.store(all.back().get(), std::memory_order_release);
  }
  // The key with this id, also where another process put it into the file meanwhile.
  const Ring::Master* find(std::string_view id) {
    if (const Ring::Master* found = now().find(id)) return found;
    if (path.empty()) return nullptr;
    const std::lock_guard lock(mutex);
    try {
      Secrets read = secrets_in(read_private(path), path);
      if (read.master != now().secrets.master || read.former != now().secrets.former) use(std::move(read));
    } catch (const Stop&) {
      return nullptr;  // the file is not where it was: what is known is what was read from it
    }
    return now().find(id);
  }

  std::string path;  // empty: in memory alone
  std::mutex mutex;  // for changes
  std::vector<std::unique_ptr<const Ring>> all;
  std::atomic<const Ring*> newest = nullptr;
};

Keys::Keys(std::unique_ptr<Rings> rings) : rings_(std::move(rings)) {}
Keys::Keys(Keys&&) noexcept = default;
Keys& Keys::operator=(Keys&&) noexcept = default;
Keys::~Keys() = default;

Keys Keys::random() {
  return Keys(std::make_unique<Rings>("", Secrets{random_bytes(key_bytes), random_bytes(key_bytes), {}}));
}

Keys Keys::from_file(const std::string& path, bool create) {
  if (create && !std::filesystem::exists(path)) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    make_private_folder(folder.empty() ? "." : folder.string());
    write_new_file(path, text_of({random_bytes(key_bytes), random_bytes(key_bytes), {}}), 0400);
  }
  return Keys(std::make_unique<Rings>(path, secrets_in(read_private(path), path)));
}

std::string Keys::seal(const Place& place, std::string_view plain) const {
  return sealed_under(rings_->now().masters.front().sealing, place, plain);
}

std::string Keys::open(const Place& place, std::string_view sealed) const {
  const SealedHead head = head_of(place, sealed);
  const Ring::Master* master = head.kind == SealedBy::master ? rings_->find(head.key_id) : nullptr;
  if (master == nullptr) throw Corrupt("a value of " + told(place) + " was sealed with another key");
  return opened_under(master->sealing, place, sealed);
}

std::string Keys::fingerprint(std::string_view purpose, std::string_view value) const {
  const std::string& key = rings_->now().fingerprinting;
  std::string framed;
  append_framed(framed, purpose);
  append_framed(framed, value);
  std::string result(16, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(),
                     reinterpret_cast<const unsigned char*>(framed.data()), framed.size(),
                     reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return result;
}

std::int64_t Keys::short_fingerprint(std::string_view purpose, std::string_view value) const {
  const std::string whole = fingerprint(purpose, value);
  return static_cast<unsigned char>(whole[0]) * 256 + static_cast<unsigned char>(whole[1]);
}

std::string Keys::derived(std::string_view purpose) const {
  return derive(rings_->now().secrets.lookup, "derived/" + std::string(purpose));
}

std::string Keys::id() const {
  return rings_->now().masters.front().sealing.id;
}

std::string Keys::backup_key() const {
  return rings_->now().masters.front().backup;
}

std::optional<std::string> Keys::backup_key(std::string_view id) const {
  const Ring::Master* master = rings_->now().find(id);
  return master == nullptr ? std::nullopt : std::optional(master->backup);
}

std::vector<std::string> Keys::former_ids() const {
  const auto& masters = rings_->now().masters;
  std::vector<std::string> ids;
  for (std::size_t i = 1; i < masters.size(); ++i) ids.push_back(masters[i].sealing.id);
  return ids;
}

void Keys::renew() const {
  const std::lock_guard lock(rings_->mutex);
  const Secrets& now = rings_->now().secrets;
  Secrets next{random_bytes(key_bytes), now.lookup, {}};
  next.former.push_back(now.master);
  for (const std::string& former : now.former) next.former.push_back(former);
  if (!rings_->path.empty()) replace_file(rings_->path, text_of(next));
  rings_->use(std::move(next));
}

void Keys::retire_former() const {
  const std::lock_guard lock(rings_->mutex);
  const Ring& now = rings_->now();
  if (!rings_->path.empty()) {
    const std::filesystem::path folder = std::filesystem::path(rings_->path).parent_path();
    for (std::size_t i = 1; i < now.masters.size(); ++i)
      replace_file((folder / ("retired-" + hex(now.masters[i].sealing.id) + ".key")).string(),
                   text_of({now.masters[i].secret, now.secrets.lookup, {}}));
    replace_file(rings_->path, text_of({now.secrets.master, now.secrets.lookup, {}}));
  }
  rings_->use({now.secrets.master, now.secrets.lookup, {}});
}

namespace {

std::string text_of(const Secrets& secrets) {
  std::string text =
      std::string(first_line) + "master " + hex(secrets.master) + "\nlookup " + hex(secrets.lookup) + "\n";
  for (const std::string& former : secrets.former) text += "former " + hex(former) + "\n";
  return text;
}

std::optional<std::string> secret_in(std::string_view hexadecimal) {
  auto secret = from_hex(hexadecimal);
  if (!secret || secret->size() != key_bytes) return std::nullopt;
  return secret;
}

std::optional<Secrets> secrets_of_lines(std::string_view lines) {
  Secrets secrets;
  std::istringstream all{std::string(lines)};
  for (std::string line; std::getline(all, line);) {
    const auto space = line.find(' ');
    if (space == std::string::npos) return std::nullopt;
    const auto secret = secret_in(std::string_view(line).substr(space + 1));
    const std::string_view word = std::string_view(line).substr(0, space);
    if (!secret) return std::nullopt;
    if (word == "master" && secrets.master.empty())
      secrets.master = *secret;
    else if (word == "lookup" && secrets.lookup.empty())
      secrets.lookup = *secret;
    else if (word == "former")
      secrets.former.push_back(*secret);
    else
      return std::nullopt;
  }
  if (secrets.master.empty() || secrets.lookup.empty()) return std::nullopt;
  return secrets;
}

Secrets secrets_in(std::string_view text, const std::string& path) {
  if (text.starts_with(first_line)) {
    if (auto secrets = secrets_of_lines(text.substr(first_line.size()))) return *secrets;
  } else if (text.starts_with(one_secret_line)) {
    if (const auto both = secret_in(trimmed(text.substr(one_secret_line.size())))) return {*both, *both, {}};
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
  std::array<char, most_file_bytes> text{};
  const ssize_t count = ::read(file.number(), text.data(), text.size());
  if (count < 0) throw Unavailable("cannot read the key file " + path, "stop.key_missing");
  std::string result(text.data(), static_cast<std::size_t>(count));
  sodium_memzero(text.data(), text.size());
  return result;
}

// Whole, old or new, whenever the machine stops.
void replace_file(const std::string& path, std::string_view bytes) {
  const std::string next = path + ".next";
  ::unlink(next.c_str());
  try {
    write_new_file(next, bytes, 0400);
  } catch (const Unavailable& world) {
    throw Unavailable(world.what(), "stop.key_not_kept");
  }
  if (std::rename(next.c_str(), path.c_str()) != 0)
    throw Unavailable("cannot replace the key file " + path + ": " + std::strerror(errno), "stop.key_not_kept");
  sync_folder_of(path);
}

}  // namespace
}  // namespace cairn::db
