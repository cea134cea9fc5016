// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "jobs/queue.hpp"

namespace cairn::jobs {

// A job that may be taken up now.
struct Due {
  std::string id;
  std::string at;  // ISO time
};

// The first of a kind: due, not given up, and nobody at it.
std::optional<Due> first_due(db::Read& read, std::string_view kind, Moment now);

// Takes the job up for `longest_seconds`. Nothing where somebody else has it by now, or it has had its most attempts: a
// job that ends the process each time must not do so for ever. Throws Corrupt where the payload does not open, Conflict
// where another process was quicker.
std::optional<Job> take_up(db::Write& write, const std::string& job_id, const QueueSettings& settings);

// The attempt failed: the job is due again later, or given up after its most attempts.
void fail(db::Write& write, const Job& job, const QueueSettings& settings);

// The payload cannot be read, and never will be.
void give_up(db::Write& write, const std::string& job_id);

}  // namespace cairn::jobs
