// SPDX-License-Identifier: Apache-2.0
#include "db/backup_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/secret.hpp"
#include "base/stop.hpp"
#include "base/text.hpp"
#include "db/framed.hpp"
#include "db/sealed_form.hpp"

namespace cairn::db {
namespace {

constexpr std::string_view magic = "CAIRNBK1";
constexpr std::size_t stream_header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t piece_bytes = 65536;
constexpr std::size_t seal_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t length_bytes = 4;
// The longest value a backup may hold; far above what the program stores, and below what memory can bear.
constexpr std::uint64_t most_value_bytes = 256U << 20U;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

BackupWriter::BackupWriter(std::string path, const Keys& keys)
    : path_(std::move(path)), part_path_(path_ + "." + unordered_id() + ".part") {
  if (::access(path_.c_str(), F_OK) == 0) throw Conflict("there is a file already: " + path_, "stop.file_exists");
  file_ = File(::open(part_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file_) throw Unavailable("cannot make " + part_path_ + ": " + std::strerror(errno));
  std::string stream_header(stream_header_bytes, '\0');
  const std::string key = keys.backup_key();
  crypto_secretstream_xchacha20poly1305_init_push(&state_, octets(stream_header), octets(key));
  head_ = std::string(magic) + keys.id() + stream_header;
  write_all(file_, head_, part_path_);
  plain_.reserve(piece_bytes);
}

BackupWriter::~BackupWriter() {
  if (!part_path_.empty()) ::unlink(part_path_.c_str());
  sodium_memzero(&state_, sizeof state_);
}

void BackupWriter::put(std::string_view bytes) {
  while (!bytes.empty()) {
    if (plain_.size() == piece_bytes) {
      seal_piece(plain_, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
      plain_.clear();
    }
    const std::size_t count = std::min(bytes.size(), piece_bytes - plain_.size());
    plain_.append(bytes.substr(0, count));
    bytes.remove_prefix(count);
  }
}

void BackupWriter::put_number(std::int64_t number) {
  std::string bytes;
  append_number(bytes, static_cast<std::uint64_t>(number));
  put(bytes);
}

void BackupWriter::put_framed(std::string_view bytes) {
  put_number(static_cast<std::int64_t>(bytes.size()));
  put(bytes);
}

void BackupWriter::finish() {
  seal_piece(plain_, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
  sync(file_, part_path_);
  // A link, unlike a rename, never puts itself in another file's place.
  if (::link(part_path_.c_str(), path_.c_str()) != 0) {
    if (errno == EEXIST) throw Conflict("there is a file already: " + path_, "stop.file_exists");
    throw Unavailable("cannot give the backup its name " + path_ + ": " + std::strerror(errno));
  }
  ::unlink(part_path_.c_str());
  part_path_.clear();
  sync_folder_of(path_);
}

void BackupWriter::seal_piece(std::string_view plain, unsigned char tag) {
  std::string piece(length_bytes + plain.size() + seal_bytes, '\0');
  const auto length = static_cast<std::uint32_t>(plain.size() + seal_bytes);
  for (std::size_t i = 0; i < length_bytes; ++i) piece[i] = static_cast<char>((length >> (8 * i)) & 0xFF);
  crypto_secretstream_xchacha20poly1305_push(&state_, octets(piece) + length_bytes, nullptr, octets(plain),
                                             plain.size(), octets(head_), head_.size(), tag);
  write_all(file_, piece, part_path_);
}

BackupReader::BackupReader(std::string path, const Keys& keys) : path_(std::move(path)) {
  file_ = File(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_) throw Unavailable("cannot read " + path_ + ": " + std::strerror(errno), "command.cannot_read");
  head_.resize(magic.size() + key_id_bytes + stream_header_bytes);
  if (read_some(head_.data(), head_.size()) != head_.size() || head_.substr(0, magic.size()) != magic)
    throw Corrupt(path_ + " is not a backup");
  const auto key = keys.backup_key(std::string_view(head_).substr(magic.size(), key_id_bytes));
  if (!key) throw Corrupt(path_ + " was made under another key");
  if (crypto_secretstream_xchacha20poly1305_init_pull(&state_, octets(head_) + magic.size() + key_id_bytes,
                                                      octets(*key)) != 0)
    throw Corrupt(path_ + " is damaged");
}

char BackupReader::take_byte() {
  char byte = 0;
  take(&byte, 1);
  return byte;
}

std::int64_t BackupReader::take_number() {
  std::array<char, 8> bytes{};
  take(bytes.data(), bytes.size());
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return static_cast<std::int64_t>(number);
}

std::string BackupReader::take_framed() {
  const auto count = static_cast<std::uint64_t>(take_number());
  if (count > most_value_bytes) throw Corrupt(path_ + " holds a value that is too long");
  std::string bytes(count, '\0');
  take(bytes.data(), bytes.size());
  return bytes;
}

void BackupReader::expect_end() {
  if (taken_ < plain_.size() || !was_last_) throw Corrupt(path_ + " goes on after its end");
  char more = 0;
  if (read_some(&more, 1) != 0) throw Corrupt(path_ + " has bytes after its end");
}

void BackupReader::take(char* to, std::size_t count) {
  while (count > 0) {
    if (taken_ == plain_.size()) open_piece();
    const std::size_t now = std::min(count, plain_.size() - taken_);
    std::memcpy(to, plain_.data() + taken_, now);
    taken_ += now;
    to += now;
    count -= now;
  }
}

void BackupReader::open_piece() {
  const auto damaged = [&] { return Corrupt(path_ + " is damaged or cut off"); };
  if (was_last_) throw damaged();
  std::array<unsigned char, length_bytes> coded{};
  if (read_some(reinterpret_cast<char*>(coded.data()), coded.size()) != coded.size()) throw damaged();
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) length |= static_cast<std::size_t>(coded[i]) << (8 * i);
  if (length < seal_bytes || length > piece_bytes + seal_bytes) throw damaged();
  std::string piece(length, '\0');
  if (read_some(piece.data(), piece.size()) != piece.size()) throw damaged();
  plain_.assign(length - seal_bytes, '\0');
  taken_ = 0;
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_, octets(plain_), nullptr, &tag, octets(piece), piece.size(),
                                                 octets(head_), head_.size()) != 0)
    throw damaged();
  was_last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

std::size_t BackupReader::read_some(char* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t now = ::read(file_.number(), to + done, count - done);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) throw Unavailable("cannot read " + path_ + ": " + std::strerror(errno));
    if (now == 0) break;
    done += static_cast<std::size_t>(now);
  }
  return done;
}

}  // namespace cairn::db
