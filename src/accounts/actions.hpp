// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/once.hpp"
#include "accounts/throttle.hpp"
#include "db/database.hpp"
#include "jobs/mail.hpp"
#include "policy/policy.hpp"
#include "web/languages.hpp"
#include "web/request.hpp"
#include "web/routes.hpp"

namespace cairn::accounts {

// Somebody made up, as whom anybody may look around a demonstration.
struct MadeUpPerson {
  std::string email;
  std::string label_key;  // of the text on the button
};

// What the acts of this stage work with. Everything must outlive the routes.
struct Doors {
  db::Database& database;
  const policy::Policy& policy;
  Throttle& throttle;
  std::vector<MadeUpPerson> made_up =
      {};  // empty but in a demonstration: only then may anybody sign in without a password or a second step
  OneTimeLinks* look_round = nullptr;  // of a demonstration: links that sign in once as somebody made up
  std::string words_path = {};         // of the page for the programme's own words; empty where there is none
  const SetupCode* setup = nullptr;    // what the first person must know; without it nobody can set a programme up

  bool is_demonstration() const { return !made_up.empty(); }
};

// Signing in and out with its second step, links that are sent, a person's own account, the people of the programme and
// their roles, setting up a new programme, and the structure of the programme.
void add_routes(web::Routes& routes, const Doors& doors);

// Who a cookie's token signs in at `now`, or nothing. Keeps that the session was seen, at most once in two minutes;
// where that cannot be kept, reading goes on. A session found too old is ended.
std::optional<web::SignedIn> signed_in_by(db::Database& database, const std::string& token, Moment now);

// The letters of this stage: account.invitation (an invitation's id), account.password (a link's id) and account.notice
// ("word:account", what happened to an account, told to its owner). `address` gives the site's address without a slash
// at its end, at the time a letter is written. `languages` must outlive what is answered.
jobs::LetterKinds letters(const web::Languages& languages, Clock clock, std::function<std::string()> address);

}  // namespace cairn::accounts
