// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace cairn::evaluation {

// A folder of its own that only this program can read, gone with the object; for programs and libraries that write to a
// path alone. Throws Unavailable where none can be had.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const char* name) const { return (path_ / name).string(); }
  // The bytes of a file in it. Throws Unavailable where it cannot be read; "" where it is empty or not there.
  std::string bytes_of(const char* name) const;
  std::string text() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace cairn::evaluation
