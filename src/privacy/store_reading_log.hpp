// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "db/database.hpp"
#include "policy/policy.hpp"
#include "privacy/look.hpp"
#include "privacy/store_facts.hpp"

namespace cairn::privacy {

// Who wants to see something, what for and through what.
struct Looking {
  const policy::Policy& policy;
  const Actor& actor;
  Asked asked;
  Surface surface = Surface::page;
  policy::Action action = policy::Action::read;
};

// The three steps of a look. For look() and look_at_list() alone.
//
// Those of the subjects the actor may see, with what let them; the kind of a subject decides whether it is logged.
struct Admitted {
  std::vector<Subject> subjects;
  std::vector<policy::Decision> decisions;
};
Admitted admitted(db::Read& read, const Looking& looking, std::span<const Subject> subjects);
// Writes a row for each admitted subject that is protected and not the actor's own, in one transaction which decides
// again. Returns true once they are durable, false where one of the subjects is no longer to be seen: then no row is
// written. What cannot be written throws. Writes nothing where no row is due.
[[nodiscard]] bool log_looks(db::Database& database, const Looking& looking, const Admitted& admitted);

// The only way to the content of a protected record. `find` answers the Subject, or throws NotFound where there is
// none; `content` reads what is to be shown. Both see one moment of the data, in which the decision is taken too: what
// is refused is NotFound, as if it were not there, and `content` is not called. Before the content is handed to the
// caller the look stands in the reading log, on the disk, and was decided again there: what the owner took back
// meanwhile is not handed out. Where the log cannot be written, nothing is.
template <class Find, class Content>
auto look(db::Database& database, const Looking& looking, Find&& find, Content&& content)
    -> std::invoke_result_t<Content, db::Read&> {
  auto [seen, shown] = database.read([&](db::Read& read) {
    const Subject subject = find(read);
    Admitted one{{subject}, {}};
    one.decisions = {
        must_allow(decision(read, looking.policy, looking.actor, looking.action, subject, looking.asked), subject)};
    return std::pair<Admitted, std::invoke_result_t<Content, db::Read&>>(std::move(one), content(read));
  });
  if (!log_looks(database, looking, seen)) not_there(seen.subjects.front().type);
  return std::move(shown);
}

// The same for a list: `find` answers every Subject there is, `content` is handed those the actor may see, in their
// order, and nothing tells of the others. A row is written for each. Where something was taken back meanwhile the list
// is made anew; Unavailable where that happens ten times on end.
template <class Find, class Content>
auto look_at_list(db::Database& database, const Looking& looking, Find&& find, Content&& content)
    -> std::invoke_result_t<Content, db::Read&, const std::vector<Subject>&> {
  using Shown = std::invoke_result_t<Content, db::Read&, const std::vector<Subject>&>;
  for (int tries = 0; tries < 10; ++tries) {
    auto [seen, shown] = database.read([&](db::Read& read) {
      const std::vector<Subject> all = find(read);
      auto found = admitted(read, looking, all);
      Shown made = content(read, found.subjects);
      return std::pair<Admitted, Shown>(std::move(found), std::move(made));
    });
    if (log_looks(database, looking, seen)) return std::move(shown);
  }
  throw Unavailable("what the list may show changes faster than it is read", "stop.busy");
}

// A row of the log. It holds ids and words of the policy, nothing of what was read.
struct KeptLook {
  Id<KeptLook> id;
  std::string owner;
  std::string account;
  Role role = Role::anyone;
  Moment at;
  std::string record_type;
  std::string record_id;
  std::string part;
  std::string action;
  std::string reason;                // name(policy::Reason)
  std::optional<std::string> grant;  // with "granted"
  Surface surface = Surface::page;
};
// "Who looked at my record": the latest first, at most `most`, those before `before` where it is given. Leaves out what
// is held back at that moment, and nothing else.
std::vector<KeptLook> looks_at_mine(db::Read& read, const Actor& actor, Moment now, std::int64_t most,
                                    const Id<KeptLook>& before = {});
std::int64_t looks_at_mine_count(db::Read& read, const Actor& actor, Moment now);
// One of them. NotFound where it is not about the actor, or held back.
KeptLook look_at_mine(db::Read& read, const Actor& actor, const Id<KeptLook>& id, Moment now);

// The privacy guardian holds back a look of a safeguarding lead from the owner, so that somebody about whom there is a
// concern is not warned. Once for each look: after that it shows. NotFound where the actor is no privacy guardian or
// was the one who looked, and for the look of anybody else; Conflict where it was held back before.
void hold_back(db::Write& write, const Id<KeptLook>& id, const NewDeferral& deferral);
// Any look, for the privacy guardian: when it was decides how long it may be held back. NotFound for everybody else.
KeptLook look_for_guardian(db::Read& read, const Actor& actor, const Id<KeptLook>& id);

}  // namespace cairn::privacy
