// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "instruments/redaction.hpp"

namespace cairn::evaluation {

// A passage in front of a reviewer.
struct Reading {
  std::string words;                              // as they stand in the form now
  std::vector<instruments::TellingPart> telling;  // of `words`
  std::vector<std::string> read_twice;            // turns of phrase that come with a story only one person has
};
Reading reading_of(std::string words, const instruments::Redaction& redaction);

// What a checkbox of a suggestion sends: kind and text in small letters, so that the same words in several places go
// together.
std::string strike_value(const instruments::TellingPart& part, std::string_view words);
// The parts that were ticked.
std::vector<instruments::TellingPart> ticked_parts(const Reading& reading, const std::vector<std::string>& ticked);

}  // namespace cairn::evaluation
