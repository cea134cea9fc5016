// SPDX-License-Identifier: Apache-2.0
#include "evaluation/store_results.hpp"

#include "base/secret.hpp"
#include "evaluation/store.hpp"

namespace cairn::evaluation {

std::optional<ResultsTold> last_told(db::Read& read, const Actor& actor, const Id<Study>& id, int number) {
  study(read, actor, id);
  return read.find(R"sql(
    select letters, told_at from results_told where programme_id = $1 and study_id = $2 and round = $3
    order by number desc limit 1
  )sql",
                   {actor.programme_id, id.text, std::int64_t{number}}, [](const db::Row& row) {
                     const auto at = moment_from_iso(row.text(1));
                     if (!at) throw Corrupt("results_told holds a time that is none");
                     return ResultsTold{row.integer(0), *at};
                   });
}

void add_told(db::Write& write, const Id<Study>& id, int number, std::int64_t letters, const Id<ResultsTold>& once) {
  round(write, write.actor(), id, number);
  const auto known = write.number(R"sql(
    select count(*) from results_told where programme_id = $1 and id = $2
  )sql",
                                  {write.actor().programme_id, once.text});
  if (known > 0) throw Repeated("people were told before: " + once.text);
  const auto before = write.number(R"sql(
    select coalesce(max(number), 0) from results_told where programme_id = $1 and study_id = $2 and round = $3
  )sql",
                                   {write.actor().programme_id, id.text, std::int64_t{number}});
  write.run(R"sql(
    insert into results_told (programme_id, study_id, round, number, id, letters, told_by, told_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
  )sql",
            {write.actor().programme_id, id.text, std::int64_t{number}, before + 1,
             once.empty() ? unordered_id() : once.text, letters, write.actor().account_id, iso(write.now())});
}

}  // namespace cairn::evaluation
