// SPDX-License-Identifier: Apache-2.0
#include "evaluation/store_thresholds.hpp"

#include "base/secret.hpp"

namespace cairn::evaluation {

Thresholds thresholds(db::Read& read, const Actor& actor, const std::vector<Setting>& settings) {
  auto now = standard(settings);
  const auto history = threshold_history(read, actor);
  for (auto change = history.rbegin(); change != history.rend(); ++change) set(now, change->threshold, change->value);
  return now;
}

std::vector<ThresholdChange> threshold_history(db::Read& read, const Actor& actor) {
  return read.list(R"sql(
    select threshold, value, reason, set_by, set_at from evaluation_threshold
    where programme_id = $1 order by set_at desc, id desc
  )sql",
                   {actor.programme_id}, [](const db::Row& row) {
                     const auto at = moment_from_iso(row.text(4));
                     if (!at || !is_threshold(row.text(0)))
                       throw Corrupt("evaluation_threshold holds what nobody could set");
                     return ThresholdChange{row.string(0), row.integer(1), row.string(2), row.string(3), *at};
                   });
}

void change_threshold(db::Write& write, const NewThreshold& change) {
  write.run(R"sql(
    insert into evaluation_threshold (programme_id, id, threshold, value, reason, set_by, set_at)
    values ($1, $2, $3, $4, $5, $6, $7)
  )sql",
            {write.actor().programme_id, ordered_id(write.now()), change.id, change.value, change.reason,
             write.actor().account_id, iso(write.now())});
  write.about(change.id);
}

}  // namespace cairn::evaluation
