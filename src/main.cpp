// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <exception>

#include "app/commands.hpp"

int main(int count, char** words) {
  try {
    return cairn::app::run_program(count, words);
  } catch (const std::exception& fault) {
    // Before its texts are read the program has no other words.
    std::fprintf(stderr, "cairn: %s\n", fault.what());
    return static_cast<int>(cairn::jobs::Ended::world);
  }
}
