// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "db/files.hpp"
#include "db/keys.hpp"

namespace cairn::db {

// A file of bytes sealed piece by piece (libsodium's secretstream, XChaCha20-Poly1305): each piece is bound to those
// before it, and the last is marked, so that a flip, a swap and a cut are all refused. Layout: "CAIRNBK1", key id (8
// bytes), the stream's header (24), then pieces of at most 64 KiB, each after its sealed length (4 bytes, the lowest
// first).
class BackupWriter {
 public:
  // Writes beside `path` and gives the file that name only with finish(). Throws Conflict where `path` is there
  // already, Unavailable where the world fails.
  BackupWriter(std::string path, const Keys& keys);
  ~BackupWriter();  // without finish() nothing stays
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  void put(std::string_view bytes);
  void put_byte(char byte) { put({&byte, 1}); }
  void put_number(std::int64_t number);
  void put_framed(std::string_view bytes);
  // On return the file is on the disk under its name.
  void finish();

 private:
  void seal_piece(std::string_view plain, unsigned char tag);

  std::string path_;
  std::string part_path_;
  std::string head_;
  std::string plain_;
  File file_;
  crypto_secretstream_xchacha20poly1305_state state_{};
};

// Reads what BackupWriter wrote. Throws Corrupt for a wrong key, a flipped bit, a cut-off file and bytes after its end;
// Unavailable where the file cannot be read.
class BackupReader {
 public:
  BackupReader(std::string path, const Keys& keys);

  char take_byte();
  std::int64_t take_number();
  std::string take_framed();
  // Throws Corrupt unless the end of the file has been reached, sound.
  void expect_end();

 private:
  void take(char* to, std::size_t count);
  void open_piece();
  std::size_t read_some(char* to, std::size_t count);  // as many as asked, fewer only at the end of the file

  std::string path_;
  std::string head_;
  std::string plain_;
  std::size_t taken_ = 0;
  bool was_last_ = false;
  File file_;
  crypto_secretstream_xchacha20poly1305_state state_{};
};

}  // namespace cairn::db
