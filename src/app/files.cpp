// SPDX-License-Identifier: Apache-2.0
#include "app/files.hpp"

#include <fstream>
#include <sstream>

#include "base/stop.hpp"

namespace cairn::app {

std::string whole_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
  if (!file.is_open() || file.bad() || !bytes) throw Unavailable("cannot read " + path, "command.cannot_read");
  return bytes.str();
}

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) throw Unavailable("cannot read " + path, "command.cannot_read");
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

jobs::Ended tell_problems(const std::vector<Problem>& problems, const web::Language& say, std::ostream& err) {
  for (const auto& problem : problems) err << "cairn: " << say(problem) << '\n';
  return jobs::Ended::refused;
}

}  // namespace cairn::app
