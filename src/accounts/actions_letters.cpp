// SPDX-License-Identifier: Apache-2.0
// What the letters of this stage say. None of them names the programme or what it is about: others see a lit telephone.
#include "accounts/actions.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_links.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

using jobs::Letter;

std::optional<Letter> invitation_letter(db::Read& read, const std::string& id, Moment now, const web::Language& say,
                                        const std::string& address) {
  const auto found = find_invitation_by_id(read, id, now);
  if (!found) return {};
  const auto link = address + "/invitation/" + link_secret(read.keys(), "invitation_link", found->id);
  return Letter{found->email, say("letter.invitation.subject"),
                say("letter.invitation.body", {{"name", found->display_name}, {"link", link}})};
}

std::optional<Letter> password_letter(db::Read& read, const std::string& id, Moment now, const web::Language& say,
                                      const std::string& address) {
  const auto found = find_password_link_by_id(read, id, now);
  const auto account = found ? find_account(read, found->account) : std::nullopt;
  if (!account) return {};
  const auto link = address + "/new-password/" + link_secret(read.keys(), "password_link", found->id);
  return Letter{account->email, say("letter.password.subject"),
                say("letter.password.body", {{"name", account->display_name}, {"link", link}})};
}

// "what:account"; of failures, which are counted for addresses, "failures:" and the address's fingerprint.
std::optional<Letter> notice_letter(db::Read& read, const std::string& about, const web::Language& say,
                                    const std::string& address) {
  const auto colon = about.find(':');
  const auto what = about.substr(0, colon);
  const auto whose = about.substr(colon + 1);
  const auto account = what == "failures" ? find_account_by_fingerprint(read, from_hex(whose).value_or(""))
                                          : find_account(read, {whose});
  if (!account || !account->open) return {};
  return Letter{
      account->email, say("letter.notice.subject"),
      say("letter.notice.body",
          {{"name", account->display_name}, {"what", say("letter.notice." + what)}, {"link", address + "/account"}})};
}

}  // namespace

jobs::LetterKinds letters(const web::Language& say, Clock clock, std::function<std::string()> address) {
  const auto of = [&say, clock, address](auto write_letter) {
    return [=, &say](db::Read& read, const std::string& about) {
      return write_letter(read, about, clock(), say, address());
    };
  };
  jobs::LetterKinds kinds;
  kinds["account.invitation"] = {of(invitation_letter), jobs::Shown::each};
  kinds["account.password"] = {of(password_letter), jobs::Shown::totals};
  kinds["account.notice"] = {
      [=, &say](db::Read& read, const std::string& about) { return notice_letter(read, about, say, address()); },
      jobs::Shown::totals};
  return kinds;
}

}  // namespace cairn::accounts
