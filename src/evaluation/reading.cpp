// SPDX-License-Identifier: Apache-2.0
#include "evaluation/reading.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cairn::evaluation {

Reading reading_of(std::string words, const instruments::Redaction& redaction) {
  Reading reading;
  reading.words = std::move(words);
  reading.telling = redaction.suggestions(reading.words);
  reading.read_twice = redaction.read_twice(reading.words);
  return reading;
}

std::string strike_value(const instruments::TellingPart& part, std::string_view words) {
  return std::string(code(part.why)) + ":" + lower(words.substr(part.from, part.to - part.from));
}

std::vector<instruments::TellingPart> ticked_parts(const Reading& reading, const std::vector<std::string>& ticked) {
  std::vector<instruments::TellingPart> parts;
  for (const auto& part : reading.telling)
    if (std::find(ticked.begin(), ticked.end(), strike_value(part, reading.words)) != ticked.end())
      parts.push_back(part);
  return parts;
}

}  // namespace cairn::evaluation
