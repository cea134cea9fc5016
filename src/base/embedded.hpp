// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace cairn {

// A file the program carries inside itself: "content/...", "locales/...", "migrations/...", "static/...".
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

// All of them, ordered by path within each folder. Defined by the file tools/embed.py writes.
std::span<const EmbeddedFile> embedded_files();

}  // namespace cairn
