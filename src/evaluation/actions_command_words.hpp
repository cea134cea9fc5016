// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "evaluation/model.hpp"
#include "jobs/command.hpp"
#include "web/language.hpp"

namespace cairn::evaluation {

// A round somebody named on the command line.
struct NamedRound {
  Id<Study> study;
  int number = 1;
};
// The round of that number, or the latest. Where there is none, says so on `err`, with the names and numbers there are,
// and answers nothing.
std::optional<NamedRound> find_named_round(jobs::CommandContext& context, const web::Language& say,
                                           const std::string& study_name, std::optional<int> number);

}  // namespace cairn::evaluation
