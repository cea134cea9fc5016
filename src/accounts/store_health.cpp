// SPDX-License-Identifier: Apache-2.0
#include "accounts/store_health.hpp"

#include "accounts/store_accounts.hpp"

namespace cairn::accounts {

Health health(db::Read& read) {
  Health found;
  found.journal_entries = read.number(R"sql(
    select count(*) from journal
  )sql",
                                      {});
  found.journal_waiting = read.number(R"sql(
    select count(*) from journal where position is null
  )sql",
                                      {});
  const auto backup = read.find(R"sql(
    select max(at) from journal where act = 'backup.make'
  )sql",
                                {}, [](const db::Row& row) { return row.optional_text(0); });
  if (backup && *backup) found.last_backup = moment_from_iso(**backup);
  found.accounts = accounts_count(read);
  return found;
}

}  // namespace cairn::accounts
