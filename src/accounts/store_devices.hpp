// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "accounts/account.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// A sign-in whose password was right and whose second step has still to come. It is no session.
constexpr std::int64_t begun_seconds = 15 * 60;
struct Begun {
  std::string id;
  Id<Account> account;
};
// The token is for the cookie; only its hash is kept.
std::string begin_sign_in(db::Write& write, const Id<Account>& account);
// Nothing where the token is unknown, older than begun_seconds or from the future, has been completed or taken back, or
// the account is closed.
std::optional<Begun> find_begun(db::Read& read, std::string_view token, Moment now);
void end_begun(db::Write& write, const std::string& begun);

// A browser in which an account has signed in whole: known by a cookie of its own for half a year.
constexpr std::int64_t device_seconds = 180LL * 24 * 60 * 60;
bool knows_device(db::Read& read, const Id<Account>& account, std::string_view token, Moment now);
// Whether the account has ever had a device, so that the first is no news.
bool has_had_device(db::Read& read, const Id<Account>& account);
// Keeps that the account signed in whole in the browser that holds the token; again where it is known.
void remember_device(db::Write& write, const Id<Account>& account, std::string_view token);
void end_devices_of(db::Write& write, const Id<Account>& account);

}  // namespace cairn::accounts
