// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/pages_words.hpp"

namespace cairn::evaluation {

struct StudyLine {
  Study study;
  std::vector<Round> rounds;
};
web::Html studies_page(const web::Language& say, const std::vector<StudyLine>& lines, bool may_create, bool may_ask);
// A form of the inventory a study can use; the first is the usual one.
struct FormChoice {
  std::string id;
  std::string title;
  std::int64_t statements = 0;
  std::int64_t minutes = 0;
};
web::Html new_study_page(const web::Form& form, const std::vector<FormChoice>& choices);

// A round with what may be said of how many answered: the number where everyone is shown, otherwise that there are too
// few.
struct RoundLine {
  Round round;
  std::optional<std::int64_t> people = {};
  bool any = false;        // somebody has answered
  std::string state = {};  // of a round that asks people: "Open until Friday 20 March."
  bool counted = true;     // false while people are asked: then nothing is said of how many answered
};
struct StudyView {
  const Study& study;
  std::string instrument_title;
  std::vector<RoundLine> rounds = {};
  std::int64_t reports = 0;
  bool may_import = false;
  bool may_report = false;
  bool may_ask = false;
};
web::Html one_study_page(const web::Language& say, const StudyView& view);

// Bringing in a file. `bad` are the cells to mend, in words; with them the page shows a table of all.
struct BadLine {
  std::int64_t row;
  std::string column;
  std::string value;
  std::string what_to_do;
};
struct ImportView {
  const Study& study;
  std::vector<Round> rounds;  // whose answers come in files; a round that asks people takes none
  int next = 1;               // the number of a new one
  std::vector<BadLine> bad = {};
  std::int64_t bad_in_all = 0;  // more than `bad` holds where there are very many
};
web::Html import_page(const web::Form& form, const ImportView& view);
struct ImportDone {
  const Study& study;
  int round = 1;
  std::int64_t added = 0;
  std::int64_t known = 0;
  bool kept = false;  // false: it was a check alone
};
web::Html import_done_page(const web::Language& say, const ImportDone& done);

// The thresholds of the programme, each with its history.
struct ThresholdLine {
  const Setting& setting;
  std::int64_t value = 0;
  struct Past {
    std::int64_t value;
    std::string reason;
    std::string date;
  };
  std::vector<Past> history;
};
// `changing` is the threshold whose form was sent, "" for none.
web::Html thresholds_page(const web::Form& form, const std::vector<ThresholdLine>& lines, std::string_view changing,
                          bool may_change);

}  // namespace cairn::evaluation
