// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "base/actor.hpp"
#include "base/check.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace cairn::privacy {

// A grant lasts thirty days unless its owner says otherwise, and never longer than 180 days from the day it is given or
// extended: what somebody agreed to once is asked for again.
inline constexpr int usual_days = 30;
inline constexpr int most_days = 180;

// Whom a grant names: one account, or whoever holds a role in exactly that place or in a place inside it. Somebody who
// holds the role for more than the place is not meant.
struct Grantee {
  std::string account = {};  // "" where a role is named
  Role role = Role::anyone;
  Reach reach = {};
  bool operator==(const Grantee&) const = default;
  bool is_person() const { return !account.empty(); }
};

// What of a kind of record can be granted at all, and to whom: told by the policy (store_grants.hpp).
struct Grantable {
  struct Opening {
    std::string part;  // "" for what is in no named part
    std::vector<Role> roles;
  };
  std::vector<Opening> openings;
};

struct GrantForm {
  std::vector<std::string> parts;
  std::string to_account;  // or:
  std::string to_role;
  std::string reach_kind;
  std::string reach_id;
  std::string purpose;
  std::string until;  // "2026-04-02"; "" for the usual thirty days
};
struct NewGrant {
  std::vector<std::string> parts;  // each once, in order
  Grantee to;
  std::string purpose;
  Date until;
  bool operator==(const NewGrant&) const = default;
};
// At least one part, each one that can be granted; one reader and not the owner: an account, or a role that may be
// granted every part, with a place it is held in; a purpose of 1 to 500 characters; a last day from today to 180 days
// on. Every problem at once, in the order of the form.
Checked<NewGrant> check_grant(const GrantForm& form, const std::string& owner, const Grantable& grantable, Date today);

// A new last day for a grant that is live, by the same rule.
Checked<Date> check_extension(std::string_view until, Date today);

}  // namespace cairn::privacy
