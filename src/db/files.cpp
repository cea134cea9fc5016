// SPDX-License-Identifier: Apache-2.0
#include "db/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <thread>

#include "base/stop.hpp"

namespace cairn::db {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& path) {
  const int reason = errno;
  throw Unavailable(what + " " + path + ": " + std::strerror(reason),
                    reason == ENOSPC || reason == EDQUOT ? "stop.disk_full" : "stop.unavailable");
}

}  // namespace

void make_private_folder(const std::string& path) {
  const std::filesystem::path folder(path);
  std::error_code failed;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), failed);
  if (failed) throw Unavailable("cannot make the folder " + path + ": " + failed.message());
  if (::mkdir(path.c_str(), 0700) == 0)
    sync_folder_of(path);
  else if (errno != EEXIST)
    refuse("cannot make the folder", path);
}

void write_new_file(const std::string& path, std::string_view bytes, mode_t mode) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file) refuse("cannot make", path);
  write_all(file, bytes, path);
  sync(file, path);
  sync_folder_of(path);
}

void write_all(const File& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void sync(const File& file, const std::string& path) {
  if (::fsync(file.number()) != 0) refuse("cannot write to the disk", path);
}

void sync_folder_of(const std::string& path) {
  const std::filesystem::path above = std::filesystem::absolute(path).lexically_normal().parent_path();
  const File folder(::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) refuse("cannot open the folder", above.string());
  sync(folder, above.string());
}

FolderLock::FolderLock(const std::string& folder, std::int64_t wait_milliseconds) {
  const std::string path = folder + "/lock";
  file_ = File(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file_) refuse("cannot open", path);
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_milliseconds);
  while (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) refuse("cannot lock", path);
    if (std::chrono::steady_clock::now() >= until)
      throw Unavailable("another process holds the data folder " + folder, "stop.in_use");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace cairn::db
