// SPDX-License-Identifier: Apache-2.0
#include "content/library.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/embedded.hpp"
#include "base/text.hpp"

namespace cairn::content {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view carried_folder = "content/";
constexpr std::size_t largest_file = 1'000'000;
constexpr std::size_t most_files = 1000;

// An open file, closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// The bytes of a plain file, or why there are none. Opened so that a link, a pipe or a device put there meanwhile is
// not followed.
std::optional<std::string> read_plain_file(const fs::path& path, std::string& why) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat about{};
  if (file.number() < 0 || ::fstat(file.number(), &about) != 0) {
    why = "cannot be opened: look at who may read it";
    return {};
  }
  if (!S_ISREG(about.st_mode)) {
    why = "is not a plain file: put a plain file there";
    return {};
  }
  std::string bytes(std::min(static_cast<std::size_t>(about.st_size), largest_file) + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0) {
      why = "cannot be read: the disk may be faulty";
      return {};
    }
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size == bytes.size()) {
    why = size > largest_file ? "is larger than 1 MB: make it smaller" : "grew while it was read: try again";
    return {};
  }
  bytes.resize(size);
  if (!is_utf8(bytes)) {
    why = "is not UTF-8 text: save it as UTF-8";
    return {};
  }
  return bytes;
}

// Names that start with a dot are the file system's and the editors' own.
bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

}  // namespace

Library Library::open(const std::string& own_folder) {
  Library library;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(carried_folder)) continue;
    const std::string path(file.path.substr(carried_folder.size()));
    library.files_[path] = {path, std::string(file.bytes), false};
  }
  if (!own_folder.empty()) library.add_own(own_folder);
  return library;
}

Library Library::of(std::vector<File> files) {
  Library library;
  for (File& file : files) {
    const std::string path = file.path;
    library.files_[path] = std::move(file);
  }
  return library;
}

void Library::add_own(const std::string& own_folder) {
  std::error_code error;
  fs::recursive_directory_iterator walk(own_folder, fs::directory_options::none, error);
  if (error) {
    faults_.push_back({own_folder, 0, "is not a folder that can be read: look at the setting \"content\""});
    return;
  }
  std::size_t count = 0;
  for (; walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    const fs::path& found = walk->path();
    const std::string path = found.lexically_relative(own_folder).generic_string();
    std::error_code unreadable;
    const auto status = walk->symlink_status(unreadable);
    if (is_hidden(found)) {
      if (fs::is_directory(status)) walk.disable_recursion_pending();
    } else if (!fs::is_directory(status)) {
      if (++count > most_files) {
        faults_.push_back(
            {own_folder, 0, "holds more than " + std::to_string(most_files) + " files: keep fewer there"});
        return;
      }
      add_own_file(own_folder, path);
    }
    if (error) break;
  }
  if (error) faults_.push_back({own_folder, 0, "could not be read to its end: " + error.message()});
}

void Library::add_own_file(const std::string& own_folder, const std::string& path) {
  if (files_.contains(path)) {
    faults_.push_back({path, 0, "is already carried by the program: give your file another id, or the next version"});
    return;
  }
  std::string why;
  if (!is_utf8(path)) {
    faults_.push_back({hex(path), 0, "has a name that is not UTF-8 (shown here in hexadecimal): rename it"});
  } else if (auto bytes = read_plain_file(fs::path(own_folder) / path, why)) {
    files_[path] = {path, std::move(*bytes), true};
  } else {
    faults_.push_back({path, 0, why});
  }
}

const File* Library::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::vector<const File*> Library::in(std::string_view folder, std::string_view ending) const {
  const std::string start = folder.empty() ? "" : std::string(folder) + "/";
  std::vector<const File*> found;
  for (auto at = files_.lower_bound(start); at != files_.end() && at->first.starts_with(start); ++at) {
    if (at->first.ends_with(ending)) found.push_back(&at->second);
  }
  return found;
}

}  // namespace cairn::content
