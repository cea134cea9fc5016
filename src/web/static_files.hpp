// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.hpp"

namespace cairn::web {

// A style sheet, script, font or picture the program carries.
struct StaticFile {
  std::string_view bytes;
  std::string content_type;
  std::string tag;        // ETag, with its quotes
  bool for_ever = false;  // reached by the name that holds its hash: never changes
};

// The files "static/<name>" of `files`, each under two paths: "/assets/<name>", and with the first ten digits of its
// SHA-256 before the extension ("/assets/cairn.3f2a9c01b2.css"), which a browser may keep for ever.
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const EmbeddedFile> files);
  // Nothing where there is no such file.
  const StaticFile* find(std::string_view path) const;
  // The path with the hash; for a name that is not carried, the plain path, which then answers 404.
  std::string path(std::string_view name) const;

 private:
  std::map<std::string, StaticFile, std::less<>> by_path_;
  std::map<std::string, std::string, std::less<>> path_of_;
};

// Those the program carries itself.
const StaticFiles& static_files();

// The address of a carried file for a page: asset_path("cairn.css") is "/assets/cairn.3f2a9c01b2.css".
std::string asset_path(std::string_view name);

}  // namespace cairn::web
