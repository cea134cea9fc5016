// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"
#include "evaluation/reading.hpp"

namespace cairn::evaluation {

// Reading what people wrote before anybody else does. Neither page says who wrote a thing or where: a reviewer who
// knows the place should not be able to tell either.

struct ReasonLine {
  std::string id;
  std::string item;     // its number and short name; "" for anything else
  std::string words;    // as written, or as they may be shown
  std::string outcome;  // "", "shown", "kept_back"
};
struct ReasonsView {
  std::string path;  // of the round
  bool still_asking = false;
  Date last_day;
  std::vector<ReasonLine> lines;
  std::string left_out;  // the sentence about those who left the statements out; "" where nothing may be said
};
web::Html reasons_page(const web::Language& say, const ReasonsView& view);

struct ReasonView {
  std::string post_path;
  std::string list_path;
  std::string item;      // as in ReasonLine
  std::string original;  // what was written
  Reading now;
  std::string outcome;       // of the last review; "" for none
  std::int64_t seen = 0;     // its number
  std::string stood_beside;  // code; "" where the words stood beside nothing yet
  std::string struck;        // said after striking out: how many places; "" before
};
web::Html reason_page(const web::Form& form, const ReasonView& view);

// What stands in the place of what is struck out: "[name]".
std::string strike_mark(const web::Language& say, instruments::Telling why);

}  // namespace cairn::evaluation
