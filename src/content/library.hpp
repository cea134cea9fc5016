// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::content {

// One data file, whichever place it came from.
struct File {
  std::string path;  // "instruments/implementation-inventory.v1.toml"
  std::string bytes;
  bool own = false;  // from the organisation's own folder
};

// One thing wrong in a data file, in plain words.
struct Fault {
  std::string path;
  int line = 0;      // 0 where it is about the whole file
  std::string what;  // what is wrong and what to do
};

// The data files: those the program carries (embedded "content/..."), and those of an organisation's own folder, which
// may add files and must not replace any the program carries.
class Library {
 public:
  // `own_folder` may be empty. Refuses (as faults, the file left out): a path the program carries, larger than 1 MB,
  // not UTF-8, a link or anything else that is no plain file, more than 1,000 files. Passes over names that begin with
  // a dot.
  static Library open(const std::string& own_folder);

  // These files and no others, as they are.
  static Library of(std::vector<File> files);

  const File* find(std::string_view path) const;  // nullptr where there is none
  // Those below a folder ("" for all), however deep, whose path ends so; ordered by path.
  std::vector<const File*> in(std::string_view folder, std::string_view ending) const;
  const std::vector<Fault>& faults() const { return faults_; }

 private:
  void add_own(const std::string& own_folder);
  void add_own_file(const std::string& own_folder, const std::string& path);

  std::map<std::string, File, std::less<>> files_;
  std::vector<Fault> faults_;
};

}  // namespace cairn::content
