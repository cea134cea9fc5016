// SPDX-License-Identifier: Apache-2.0
// What signing in, links that were sent, and a person's own account have in common.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_second_step.hpp"
#include "accounts/people.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_devices.hpp"
#include "accounts/store_second_factor.hpp"
#include "accounts/store_sessions.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "web/form.hpp"
#include "web/session_cookie.hpp"

namespace cairn::accounts {
namespace {

using web::Reply;
using web::Request;

constexpr std::size_t longest_next = 1000;

// Gives up a second step that was told lost a day ago. Whoever signs in then sets up another.
void give_up_what_was_lost(db::Write& write, const Id<Account>& account) {
  const auto lost = find_lost(write, account);
  if (lost && lost->confirmed_at && later(*lost->confirmed_at, lost_seconds) <= write.now())
    give_up_second_factor(write, account, *lost);
}

// Where the next step is, and the cookie that opens it and nothing else.
Reply to_second_step(const Request& request, const Doors& doors, const Id<Account>& account, const std::string& next) {
  Actor actor;
  actor.account_id = account.text;
  bool has_one = false;
  const auto token = doors.database.write(actor, {"sign_in.begin", "sign_in", ""}, [&](db::Write& write) {
    if (request.signed_in) end_session(write, request.signed_in->session_id);
    give_up_what_was_lost(write, account);
    has_one = find_second_factor(write, account).has_value();
    if (!has_one && !find_offer(write, account, write.now())) offer_second_factor(write, account);
    return begin_sign_in(write, account);
  });
  const auto query = next == "/" ? std::string() : "?next=" + web::percent_encoded(next);
  auto reply = web::go_to(request, (has_one ? "/sign-in/code" : "/sign-in/set-up") + query);
  web::set_cookie(reply, web::session_cookie_name, token, begun_seconds);
  return reply;
}

}  // namespace

web::Act with(const Doors& doors, web::Reply (*act)(const web::Request&, const Doors&)) {
  return [doors, act](const Request& request) { return act(request, doors); };
}

std::string next_path(const std::string& asked) {
  const bool ours = asked.starts_with('/') && !asked.starts_with("//") && asked.size() <= longest_next &&
                    std::none_of(asked.begin(), asked.end(),
                                 [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
  return ours && !asked.starts_with("/sign-") ? asked : "/";
}

Reply ask_to_wait(const Request& request, const web::PageContent& page, const Turn& turn) {
  const auto seconds = std::to_string(turn.seconds);
  const std::string key = turn.seconds == 1 ? "sign_in.problem.wait_one" : "sign_in.problem.wait";
  auto reply = web::ask_again(request, page, {{"", key, {{"n", seconds}}}});
  reply.status = 429;
  reply.headers.emplace_back("Retry-After", seconds);
  if (!turn.ticket.empty())
    web::set_cookie(reply, web::turn_cookie_name, turn.ticket, turn.seconds + Throttle::ticket_seconds);
  return reply;
}

Try try_of(const Request& request, const Doors& doors, std::string_view purpose, const std::string& whom,
           const std::optional<Id<Account>>& account) {
  Try one{std::string(purpose) + doors.database.keys().fingerprint(purpose, whom),
          request.address,
          {},
          request.turn_cookie};
  const bool known = account && doors.database.read([&](db::Read& read) {
    return knows_device(read, *account, request.device_cookie, request.now);
  });
  if (known) one.device = sha256(request.device_cookie);
  return one;
}

PasswordAnswer ask_password(const Request& request, const Doors& doors, const std::string& email,
                            const std::string& typed) {
  auto& database = doors.database;
  const auto record = database.read([&](db::Read& read) { return find_sign_in(read, email); });
  const auto one = try_of(request, doors, "sign_in", email, record ? std::optional(record->account) : std::nullopt);
  const auto turn = doors.throttle.ask(one, request.now);
  if (turn.seconds > 0) return {false, turn};
  const auto kept = record && record->open ? std::optional(record->kept_password) : std::nullopt;
  if (matches(database.keys(), kept, typed)) {
    doors.throttle.succeeded(one);
    return {true, {}};
  }
  if (turn.warn_owner) warn_of_failures(doors, fingerprint_of_email(database.keys(), email));
  return {};
}

Reply after_password(const Request& request, const Doors& doors, const Id<Account>& account, const std::string& next) {
  if (!doors.is_demonstration()) return to_second_step(request, doors, account, next);
  Actor actor;
  actor.account_id = account.text;
  const auto entrance = doors.database.write(actor, {"session.open", "session", ""}, [&](db::Write& write) {
    if (request.signed_in) end_session(write, request.signed_in->session_id);
    return open_entrance(write, request, account);
  });
  auto reply = web::go_to(request, next);
  set_cookies(reply, entrance);
  return reply;
}

Entrance open_entrance(db::Write& write, const Request& request, const Id<Account>& account) {
  const bool known = knows_device(write, account, request.device_cookie, write.now());
  if (!known && has_had_device(write, account)) tell_owner(write, "new_device", account);
  Entrance entrance{{}, request.device_cookie.empty() ? token() : request.device_cookie};
  remember_device(write, account, entrance.device);
  entrance.session = open_session(write, account).token;
  return entrance;
}

Entrance open_entrance_quietly(db::Write& write, const Id<Account>& account) {
  Entrance entrance{{}, token()};
  remember_device(write, account, entrance.device);
  entrance.session = open_session(write, account).token;
  return entrance;
}

void set_cookies(Reply& reply, const Entrance& entrance) {
  web::set_cookie(reply, web::session_cookie_name, entrance.session, absolute_seconds);
  web::set_cookie(reply, web::device_cookie_name, entrance.device, device_seconds);
}

Reply show_recovery_codes(const Request& request, const std::vector<std::string>& codes, const std::string& next) {
  return web::answer(
      request,
      {.title = request.say()("second_step.codes.title"), .main = recovery_codes_page(request.say(), codes, next)},
      {{"recovery_codes", codes}, {"location", next}});
}

void tell_owner(db::Write& write, std::string_view what, const Id<Account>& account) {
  jobs::post_letter(write, "account.notice", std::string(what) + ":" + account.text, write.now());
}

void warn_of_failures(const Doors& doors, std::string_view email_fingerprint) {
  doors.database.write(Actor::anyone(), {"sign_in.warn", "sign_in", ""}, [&](db::Write& write) {
    jobs::post_letter(write, "account.notice", "failures:" + hex(email_fingerprint), write.now());
  });
}

std::vector<std::string> known_names(const Doors& doors) {
  return doors.database.read([](db::Read& read) {
    std::vector<std::string> names;
    const auto programme = find_programme(read);
    if (!programme) return names;
    names.push_back(programme->name);
    Actor actor;
    actor.programme_id = programme->id.text;
    for (const auto& one : structure(read, actor).organisations) names.push_back(one.name);
    return names;
  });
}

}  // namespace cairn::accounts
