// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "base/text.hpp"
#include "privacy/actions_concern_listeners.hpp"
#include "privacy/actions_concerns.hpp"
#include "privacy/store_concerns.hpp"

namespace cairn::privacy {
namespace {

Actor somebody_of(const std::string& programme_id) {
  Actor actor;
  actor.programme_id = programme_id;
  return actor;
}

jobs::Letter composed(const web::Language& say, const std::string& key, const std::string& email,
                      const std::string& name, const std::string& link) {
  return {email, say(key + ".subject"), say(key + ".body", {{"name", name}, {"link", link}})};
}

// What one kind says, and where it leads.
struct Kind {
  std::string key;
  std::string path;
};

jobs::LetterKind letter_kind(const web::Languages& languages, const std::function<std::string()>& address,
                             const Kind& kind) {
  const auto compose = [&languages, address, kind](db::Read& read,
                                                   const std::string& about) -> std::optional<jobs::Letter> {
    const auto parts = split(about, ' ');
    if (parts.size() != 3) throw Corrupt("a letter about no concern");
    const Id<Concern> id{std::string(parts[1])};
    const auto account = accounts::find_account(read, {std::string(parts[2])});
    if (!account || !account->open) return {};
    if (concern(read, somebody_of(std::string(parts[0])), id).opened_at) return {};
    return composed(*languages.usual(), kind.key, account->email, account->display_name, address() + kind.path);
  };
  const auto example = [&languages, address, kind](db::Read&) {
    return composed(*languages.usual(), kind.key, "robin@larkmoor.example", "Robin Marsh", address() + kind.path);
  };
  return {compose, example, jobs::Shown::totals};
}

bool holds(const accounts::Account& account, Role role, Date on) {
  auto roles = account.roles;
  std::erase_if(roles, [&](const HeldRole& held) { return !accounts::in_force(held, on); });
  return account.open && accounts::holds_for_programme({account.id.text, account.programme.text, roles}, role);
}

}  // namespace

Listeners listeners_of(db::Read& read, const std::string& programme_id, Date on) {
  Listeners listeners;
  for (const auto& account : accounts::accounts(read, {programme_id})) {
    if (holds(account, Role::safeguarding_lead, on)) listeners.safeguarding.push_back(account.id.text);
    if (holds(account, Role::lead, on)) listeners.leads.push_back(account.id.text);
  }
  return listeners;
}

jobs::LetterKinds concern_letters(const web::Languages& languages, std::function<std::string()> address) {
  jobs::LetterKinds kinds;
  kinds[std::string(concern_letter)] = letter_kind(languages, address, {"concern.letter.raised", "/today"});
  kinds[std::string(nobody_letter)] = letter_kind(languages, address, {"concern.letter.nobody", "/people"});
  return kinds;
}

jobs::Queue::Work tell_again_work(db::Database& database) {
  return [&database](const jobs::Job& job) {
    const auto telling = telling_again_from(job.payload);
    const auto actor = somebody_of(telling.programme_id);
    database.write(Actor{}, {"concern.tell_again", "safeguarding_concern", telling.concern.text},
                   [&](db::Write& write) {
                     const auto today = date_in_zone(write.now(), accounts::programme(write, actor).zone);
                     tell_again(write, telling, listeners_of(write, telling.programme_id, today));
                     jobs::take_out_of_queue(write, job.id);
                   });
  };
}

}  // namespace cairn::privacy
