// SPDX-License-Identifier: Apache-2.0
// What the letters of this stage say. None of them names the programme or what it is about: others see a lit telephone.
#include "accounts/actions.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_links.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

using jobs::Letter;

constexpr std::string_view example_reader = "robin@larkmoor.example";
constexpr std::string_view example_name = "Robin Marsh";
constexpr std::string_view example_path = "/...";

struct Reader {
  std::string email;
  std::string name;
};

// `what` fills a place that only notices have.
Letter letter_of(const web::Language& say, const std::string& kind, const Reader& reader, const std::string& link,
                 const std::string& what = {}) {
  const auto key = "account.letter." + kind;
  return {reader.email, say(key + ".subject"),
          say(key + ".body", {{"name", reader.name}, {"link", link}, {"what", what}})};
}

std::optional<Letter> invitation_letter(db::Read& read, const std::string& id, Moment now, const web::Language& say,
                                        const std::string& address) {
  const auto found = find_invitation_by_id(read, id, now);
  if (!found) return {};
  return letter_of(say, "invitation", {found->email, found->display_name},
                   address + "/invitation/" + invitation_secret(read.keys(), found->id));
}

std::optional<Letter> password_letter(db::Read& read, const std::string& id, Moment now, const web::Language& say,
                                      const std::string& address) {
  const auto found = find_password_link_by_id(read, id, now);
  const auto account = found ? find_account(read, found->account) : std::nullopt;
  if (!account) return {};
  return letter_of(say, "password", {account->email, account->display_name},
                   address + "/new-password/" + password_secret(read.keys(), found->id));
}

// "what:account"; of failures, which are counted for addresses, "failures:" and the address's fingerprint.
std::optional<Letter> notice_letter(db::Read& read, const std::string& about, Moment, const web::Language& say,
                                    const std::string& address) {
  const auto colon = about.find(':');
  const auto what = about.substr(0, colon);
  const auto whose = about.substr(colon + 1);
  const auto account = what == "failures" ? find_account_by_fingerprint(read, from_hex(whose).value_or(""))
                                          : find_account(read, {whose});
  if (!account || !account->open) return {};
  return letter_of(say, "notice", {account->email, account->display_name}, address + "/account",
                   say("account.letter.notice." + what));
}

}  // namespace

jobs::LetterKinds letters(const web::Languages& languages, Clock clock, std::function<std::string()> address) {
  const auto kind = [&languages, clock, address](auto write_letter, std::string example_key, jobs::Shown shown) {
    const auto compose = [=, &languages](db::Read& read, const std::string& about) {
      return write_letter(read, about, clock(), *languages.usual(), address());
    };
    const auto example = [=, &languages](db::Read&) {
      const auto say = languages.usual();
      return letter_of(*say, example_key, {std::string(example_reader), std::string(example_name)},
                       address() + std::string(example_path), (*say)("account.letter.notice.new_device"));
    };
    return jobs::LetterKind{compose, example, shown};
  };
  jobs::LetterKinds kinds;
  kinds["account.invitation"] = kind(invitation_letter, "invitation", jobs::Shown::each);
  kinds["account.password"] = kind(password_letter, "password", jobs::Shown::totals);
  kinds["account.notice"] = kind(notice_letter, "notice", jobs::Shown::totals);
  return kinds;
}

}  // namespace cairn::accounts
