// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cairn::db {

// An open file, closed with the object.
class File {
 public:
  explicit File(int number = -1) : number_(number) {}
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// Makes the folder and those above it where they are not there, the folder itself with mode 0700. Throws Unavailable.
void make_private_folder(const std::string& path);

// Makes a file that must not be there yet; it and its name are on the disk when this returns. Throws Unavailable.
void write_new_file(const std::string& path, std::string_view bytes, mode_t mode);

void write_all(const File& file, std::string_view bytes, const std::string& path);  // throws Unavailable
void sync(const File& file, const std::string& path);                               // throws Unavailable
void sync_folder_of(const std::string& path);                                       // so that a new name lasts

// Holds `folder`/lock for this process alone until the object goes. Waits as long as told for another process to let
// go, then throws Unavailable with key "stop.in_use".
class FolderLock {
 public:
  FolderLock(const std::string& folder, std::int64_t wait_milliseconds);

 private:
  File file_;
};

}  // namespace cairn::db
