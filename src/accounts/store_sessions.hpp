// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// How long a session lives, in seconds; how long it may rest is idle_seconds_of() its roles.
constexpr std::int64_t absolute_seconds = 12 * 60 * 60;
constexpr int most_sessions = 5;  // of one account; the oldest gives way
// How stale the time last seen may be: a session seen this lately is not written again.
constexpr std::int64_t seen_again_after = 2 * 60;
// How far the clocks of several processes may differ: a session seen later than this from now was seen before somebody
// set the clock back.
constexpr std::int64_t clocks_differ_by = 60;

// One signed-in browser.
struct Session {
  std::string id;
  Id<Account> account;
  Id<Programme> programme;
  std::string display_name;
  std::string forgery_token;
  std::vector<HeldRole> roles;  // in force on the day asked for
  Moment seen_at;
  Moment proved_at;  // signed in, or showed since by their password that it is they
};

// A new session. The token is for the cookie and is not kept: only its hash is.
struct OpenedSession {
  std::string token;
  std::string id;
};
// Beyond most_sessions, the oldest of the account is ended.
OpenedSession open_session(db::Write& write, const Id<Account>& account);

// The session a cookie's token belongs to, or nothing: unknown, ended, idle or too old at `now`, seen in the future, or
// its account closed.
// Roles are read afresh each time, so that what changes holds at once.
std::optional<Session> find_session(db::Read& read, std::string_view token, Moment now);
// The id of a session that is over and has no end yet: idle or too old. Ended by a row, so that a clock set back does
// not bring it to life again.
std::optional<std::string> find_session_over(db::Read& read, std::string_view token, Moment now);
// Those of an account that live at `now`, the one seen last first.
struct LiveSession {
  std::string id;
  Moment made_at;
  Moment seen_at;
};
std::vector<LiveSession> sessions_of(db::Read& read, const Id<Account>& account, Moment now);
// Keeps that it was seen now.
void see_session(db::Write& write, const std::string& session);
// Keeps that whoever uses it has just shown that it is they.
void prove_session(db::Write& write, const std::string& session);
// Nothing happens where it is ended already.
void end_session(db::Write& write, const std::string& session);
// Also takes back sign-ins of the account that wait for their second step. `but` is left alone.
void end_sessions_of(db::Write& write, const Id<Account>& account, const std::string& but = {});

}  // namespace cairn::accounts
