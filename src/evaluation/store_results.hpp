// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/id.hpp"
#include "db/database.hpp"
#include "evaluation/model.hpp"

namespace cairn::evaluation {

// The people of a round were told what came of it.
struct ResultsTold {
  std::int64_t letters = 0;  // 0: by word of mouth, or a sheet on the wall
  Moment at;
  bool operator==(const ResultsTold&) const = default;
};

// The last time; nothing where they were not told yet. NotFound for what the actor does not reach.
std::optional<ResultsTold> last_told(db::Read& read, const Actor& actor, const Id<Study>& study, int round);
// NotFound for a round the study does not have. With `once`, the id the form brought: throws Repeated where they were
// told under it before.
void add_told(db::Write& write, const Id<Study>& study, int round, std::int64_t letters,
              const Id<ResultsTold>& once = {});

}  // namespace cairn::evaluation
