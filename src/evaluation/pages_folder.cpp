// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/stop.hpp"

namespace cairn::evaluation {

Folder::Folder() {
  auto name = (std::filesystem::temp_directory_path() / "cairn-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Unavailable("no temporary folder can be made");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::bytes_of(const char* name) const {
  std::ifstream in(path_ / name, std::ios::binary);
  std::ostringstream bytes;
  if (in.is_open() && in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (in.bad()) throw Unavailable("a temporary file cannot be read back");
  return bytes.str();
}

}  // namespace cairn::evaluation
