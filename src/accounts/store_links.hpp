// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.hpp"
#include "accounts/people.hpp"
#include "db/database.hpp"

namespace cairn::accounts {

// The secret in a link that is sent by letter: 160 bits, 32 letters and digits. Made from the id of its row under a key
// that is not in the database, so that it waits in no table and can be written into the letter when that is sent; the
// row keeps its hash.
std::string invitation_secret(const db::Keys& keys, std::string_view id);
std::string password_secret(const db::Keys& keys, std::string_view id);

constexpr std::int64_t password_link_seconds = 60 * 60;
// For an address, known or not: whose it is is not looked up before the letter is written, so that the time it takes
// tells nothing. A link of the address that lives is replaced. Answers the id, for the letter. Rows older than a day
// go.
std::string ask_for_password_link(db::Write& write, std::string_view email_fingerprint);
// How many were asked for an address since then; no more than this many letters go to it in an hour.
constexpr std::int64_t most_password_links = 3;
std::int64_t password_links_asked(db::Read& read, std::string_view email_fingerprint, Moment since);
struct PasswordLink {
  std::string id;
  Id<Account> account;
};
// Whose link a secret is, or nothing: unknown, used, replaced, an hour old, or of nobody, or of a closed account.
std::optional<PasswordLink> find_password_link(db::Read& read, std::string_view secret, Moment now);
// The same by its id, for the letter.
std::optional<PasswordLink> find_password_link_by_id(db::Read& read, std::string_view id, Moment now);
// Conflict where it was used or replaced meanwhile.
void use_password_link(db::Write& write, const PasswordLink& link);

constexpr std::int64_t invitation_seconds = 7LL * 24 * 60 * 60;
struct OfferedRole {
  HeldRole held;
  bool to_confirm = false;  // counts only once a lead has confirmed it
  bool operator==(const OfferedRole&) const = default;
};
struct Invitation {
  std::string id;
  Id<Programme> programme;
  std::string email;
  std::string display_name;
  std::vector<OfferedRole> roles;
  Moment made_at;
  std::string made_by;
};
// Answers the id. One of the same address that waits is replaced.
std::string invite(db::Write& write, const Id<Programme>& programme, const NewInvitation& invitation,
                   const std::vector<OfferedRole>& roles);
// Those that wait, also where their link has grown too old; the newest first.
std::vector<Invitation> invitations_waiting(db::Read& read, const Id<Programme>& programme);
// Nothing where it is unknown, accepted, revoked, replaced or older than a week.
std::optional<Invitation> find_invitation(db::Read& read, std::string_view secret, Moment now);
std::optional<Invitation> find_invitation_by_id(db::Read& read, std::string_view id, Moment now);
enum class InvitationEnd { accepted, revoked };
// Conflict where it has ended meanwhile.
void end_invitation(db::Write& write, const std::string& invitation, InvitationEnd end);

}  // namespace cairn::accounts
