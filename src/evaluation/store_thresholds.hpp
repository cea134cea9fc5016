// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"
#include "evaluation/thresholds.hpp"

namespace cairn::evaluation {

// One change of a threshold of the actor's programme.
struct ThresholdChange {
  std::string threshold;
  std::int64_t value = 0;
  std::string reason;
  std::string set_by;  // account; "" for a command
  Moment set_at;
};

// What holds now: the standard values with the latest changes of the actor's programme over them.
Thresholds thresholds(db::Read& read, const Actor& actor, const std::vector<Setting>& settings);
std::vector<ThresholdChange> threshold_history(db::Read& read, const Actor& actor);  // the latest first
void change_threshold(db::Write& write, const NewThreshold& change);

}  // namespace cairn::evaluation
