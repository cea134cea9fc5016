// SPDX-License-Identifier: Apache-2.0
#include "web/static_files.hpp"

#include <utility>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace cairn::web {
namespace {

constexpr std::string_view folder = "static/";
constexpr std::string_view served_under = "/assets/";

std::string content_type(std::string_view name) {
  static const std::pair<std::string_view, std::string_view> types[] = {
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
  };
  for (const auto& [ending, type] : types) {
    if (name.ends_with(ending)) return std::string(type);
  }
  return "application/octet-stream";
}

// "fonts/a.woff2" with "3f2a" is "fonts/a.3f2a.woff2".
std::string with_hash(std::string_view name, std::string_view hash) {
  const auto slash = name.rfind('/');
  const auto dot = name.rfind('.');
  const bool has_ending = dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash);
  const auto at = has_ending ? dot : name.size();
  return std::string(name.substr(0, at)) + "." + std::string(hash) + std::string(name.substr(at));
}

}  // namespace

StaticFiles::StaticFiles(std::span<const EmbeddedFile> files) {
  for (const auto& file : files) {
    if (!file.path.starts_with(folder)) continue;
    const auto name = file.path.substr(folder.size());
    const auto hash = hex(sha256(file.bytes)).substr(0, 10);
    StaticFile plain{file.bytes, content_type(name), "\"" + hash + "\"", false};
    StaticFile hashed = plain;
    hashed.for_ever = true;
    const auto hashed_path = std::string(served_under) + with_hash(name, hash);
    by_path_.emplace(std::string(served_under) + std::string(name), std::move(plain));
    by_path_.emplace(hashed_path, std::move(hashed));
    path_of_.emplace(name, hashed_path);
  }
}

const StaticFile* StaticFiles::find(std::string_view path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &found->second;
}

std::string StaticFiles::path(std::string_view name) const {
  const auto found = path_of_.find(name);
  return found == path_of_.end() ? std::string(served_under) + std::string(name) : found->second;
}

const StaticFiles& static_files() {
  static const StaticFiles files(embedded_files());
  return files;
}

std::string asset_path(std::string_view name) {
  return static_files().path(name);
}

}  // namespace cairn::web
