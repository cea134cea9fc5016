// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "jobs/command.hpp"
#include "web/language.hpp"

namespace cairn::evaluation {

// The three commands of the inventory. Each writes its answer to `context.out`, what is wrong to `context.err`, and
// returns how it ended.

// cairn inventory import FILE.csv --study NAME [--round N] [--create] [--dry-run]
struct ImportArguments {
  std::string file;  // a path that can be opened from here
  std::string study;
  int round = 1;
  bool create = false;   // make the study where there is none of that name
  bool dry_run = false;  // check everything, keep nothing
};
// All or nothing. Every bad cell goes to `err` as CSV with the columns row,column,value,what_to_do (refused). The same
// file again is done and changes nothing. Refused: an unknown study without `create`, a known respondent with other
// answers in that round. Unavailable (world): the file cannot be read.
jobs::Ended inventory_import(const ImportArguments& arguments, jobs::CommandContext& context, const web::Language& say);

// cairn inventory compare --study NAME [--round N] [--by AXIS] [--format table|csv|json]
struct CompareArguments {
  std::string study;
  std::optional<int> round = {};  // the latest where none is named
  std::string by = {};            // employer context setting stakeholder site all; "" is every axis
  std::string format = "table";
};
// Refused: an unknown study or round. Usage: an unknown axis or format.
// CSV columns: item,by,group,people,answers_a,yes,partly,no,dk_a,nr_a,answers_b,mean,dk_b,nr_b,top3,hidden
jobs::Ended inventory_compare(const CompareArguments& arguments, jobs::CommandContext& context,
                              const web::Language& say);

// cairn inventory report --study NAME --site NAME|--everyone --purpose PURPOSE --out FILE.(html|pdf|xlsx) [--round N]
struct ReportArguments {
  std::string study;
  std::optional<int> round = {};
  std::string site;       // empty with `everyone`
  bool everyone = false;  // exactly one of the two
  std::string purpose;    // persuade set_up train job_description show_value
  std::string out;        // its ending decides the form
};
// Refused: an unknown study, round, site or purpose (the known ones are listed). Usage: an unknown ending, site and
// everyone together or neither. World: the file cannot be written, no weasyprint for pdf. The file appears whole or not
// at all.
jobs::Ended inventory_report(const ReportArguments& arguments, jobs::CommandContext& context, const web::Language& say);

}  // namespace cairn::evaluation
