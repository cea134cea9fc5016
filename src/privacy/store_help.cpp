// SPDX-License-Identifier: Apache-2.0
#include "privacy/store_help.hpp"

#include "privacy/help.hpp"

namespace cairn::privacy {

std::vector<std::string> help_contacts(db::Read& read, const std::string& programme_id) {
  const auto kept = read.find(R"sql(
    select words from help_contacts where programme_id = $1 order by number desc limit 1
  )sql",
                              {programme_id}, [](const db::Row& row) { return row.string(0); });
  return contacts_of(kept.value_or(""));
}

void set_help_contacts(db::Write& write, const std::vector<std::string>& contacts) {
  const auto& programme = write.actor().programme_id;
  const auto number = 1 + write.number(R"sql(
    select coalesce(max(number), 0) from help_contacts where programme_id = $1
  )sql",
                                       {programme});
  write.run(R"sql(
    insert into help_contacts (programme_id, number, words, made_by, made_at) values ($1, $2, $3, $4, $5)
  )sql",
            {programme, number, as_text(contacts), write.actor().account_id, iso(write.now())});
  write.about(programme);
}

}  // namespace cairn::privacy
