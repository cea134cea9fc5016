// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// How long a session lives, in seconds.
constexpr std::int64_t idle_seconds = 30 * 60;
constexpr std::int64_t administrator_idle_seconds = 15 * 60;  // where the account does nothing else
constexpr std::int64_t absolute_seconds = 12 * 60 * 60;
constexpr int most_sessions = 5;  // of one account; the oldest gives way
// How stale the time last seen may be: a session seen this lately is not written again.
constexpr std::int64_t seen_again_after = 2 * 60;

// One signed-in browser.
struct Session {
  std::string id;
  Id<Account> account;
  Id<Programme> programme;
  std::string display_name;
  std::string forgery_token;
  std::vector<HeldRole> roles;  // in force on the day asked for
  Moment seen_at;
};

// A new session. The token is for the cookie and is not kept: only its hash is.
struct OpenedSession {
  std::string token;
  std::string id;
};
// Beyond most_sessions, the oldest of the account is ended.
OpenedSession open_session(db::Write& write, const Id<Account>& account);

// The session a cookie's token belongs to, or nothing: unknown, ended, idle or too old at `now`, or its account closed.
// Roles are read afresh each time, so that what changes holds at once.
std::optional<Session> find_session(db::Read& read, std::string_view token, Moment now);
// Keeps that it was seen now.
void see_session(db::Write& write, const std::string& session);
// Nothing happens where it is ended already.
void end_session(db::Write& write, const std::string& session);
void end_sessions_of(db::Write& write, const Id<Account>& account);

}  // namespace cairn::accounts
