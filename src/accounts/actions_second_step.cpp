// SPDX-License-Identifier: Apache-2.0
// The second step of signing in: a code from an app, or a recovery code; or, for whoever has none yet, setting it up.
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_second_step.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_devices.hpp"
#include "accounts/store_second_factor.hpp"
#include "accounts/store_sessions.hpp"
#include "accounts/totp.hpp"

namespace cairn::accounts {
namespace {

using policy::Action;
using web::Reply;
using web::Request;

constexpr std::string_view purpose = "second_step";

std::string next_of(const Request& request) {
  return next_path(request.method == web::Method::post ? request.form.value("next") : request.query.value("next"));
}

std::optional<Begun> begun_by(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) { return find_begun(read, request.session_cookie, request.now); });
}

Actor owner_of(const Begun& begun) {
  Actor actor;
  actor.account_id = begun.account.text;
  return actor;
}

web::PageContent code_page(const Request& request, const std::vector<Problem>& problems) {
  return {.title = request.say()("second_step.title"),
          .main = second_step_page(web::Form::of(request, problems), next_of(request))};
}

Reply show_code(const Request& request, const Doors& doors) {
  const auto begun = begun_by(request, doors);
  if (!begun) return web::go_to(request, "/sign-in");
  const bool has_one =
      doors.database.read([&](db::Read& read) { return find_second_factor(read, begun->account).has_value(); });
  if (!has_one) return web::go_to(request, "/sign-in/set-up");
  return web::answer(request, code_page(request, {}), nlohmann::json{{"next", next_of(request)}});
}

// Lets in where the code fits; nothing where it does not. A code from the app shows that nothing was lost.
std::optional<Entrance> enter(const Request& request, const Doors& doors, const Begun& begun,
                              const SecondFactor& factor) {
  const auto typed = request.form.value("code");
  const auto step = step_of_code(factor.seed, typed, request.now, factor.last_step);
  std::optional<Entrance> entrance;
  doors.database.write(owner_of(begun), {step ? "session.open" : "second_step.try", "session", ""},
                       [&](db::Write& write) {
                         if (step) {
                           use_step(write, factor, *step);
                           if (const auto lost = find_lost(write, begun.account)) stop_lost(write, *lost);
                         } else if (!use_recovery_code(write, factor, typed)) {
                           return;
                         } else {
                           tell_owner(write, "recovery_code", begun.account);
                         }
                         end_begun(write, begun.id);
                         entrance = open_entrance(write, request, begun.account);
                       });
  return entrance;
}

Reply check_code(const Request& request, const Doors& doors) {
  const auto begun = begun_by(request, doors);
  if (!begun) return web::go_to(request, "/sign-in");
  const auto factor = doors.database.read([&](db::Read& read) { return find_second_factor(read, begun->account); });
  if (!factor) return web::go_to(request, "/sign-in/set-up");
  if (request.form.value("code").empty()) {
    const std::vector<Problem> problems{{"code", "second_step.problem.no_code"}};
    return web::ask_again(request, code_page(request, problems), problems);
  }
  const auto one = try_of(request, doors, purpose, begun->account.text, begun->account);
  const auto turn = doors.throttle.ask(one, request.now);
  if (turn.seconds > 0) return ask_to_wait(request, code_page(request, {}), turn);
  const auto entrance = enter(request, doors, *begun, *factor);
  if (!entrance) {
    if (turn.warn_owner)
      doors.database.write(owner_of(*begun), {"sign_in.warn", "account", begun->account.text},
                           [&](db::Write& write) { tell_owner(write, "code_failures", begun->account); });
    const std::vector<Problem> problems{{"code", "second_step.problem.wrong"}};
    return web::ask_again(request, code_page(request, problems), problems);
  }
  doors.throttle.succeeded(one);
  auto reply = web::go_to(request, next_of(request));
  set_cookies(reply, *entrance);
  return reply;
}

// What an app needs, for somebody who has no second step yet.
struct SettingUp {
  Begun begun;
  Account account;
  SecondFactor offer;
};
std::optional<SettingUp> setting_up(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) -> std::optional<SettingUp> {
    const auto begun = find_begun(read, request.session_cookie, request.now);
    if (!begun || find_second_factor(read, begun->account)) return {};
    const auto offer = find_offer(read, begun->account, request.now);
    const auto account = find_account(read, begun->account);
    if (!offer || !account) return {};
    return SettingUp{*begun, *account, *offer};
  });
}

Reply set_up_page(const Request& request, const SettingUp& here, const std::vector<Problem>& problems) {
  const SetUpView view{.path = "/sign-in/set-up",
                       .next = next_of(request),
                       .address = app_address(here.offer.seed, request.say()("page.name"), here.account.email),
                       .secret = seed_to_type(here.offer.seed),
                       .first_time = true};
  const web::PageContent page{.title = request.say()("second_step.set_up.title"),
                              .main = set_up_second_step_page(web::Form::of(request, problems), view)};
  if (!problems.empty()) return web::ask_again(request, page, problems);
  return web::answer(request, page, {{"secret", view.secret}, {"address", view.address}});
}

Reply show_set_up(const Request& request, const Doors& doors) {
  const auto here = setting_up(request, doors);
  return here ? set_up_page(request, *here, {}) : web::go_to(request, "/sign-in");
}

Reply set_up(const Request& request, const Doors& doors) {
  const auto here = setting_up(request, doors);
  if (!here) return web::go_to(request, "/sign-in");
  const auto step = step_of_code(here->offer.seed, request.form.value("code"), request.now, {});
  if (!step) return set_up_page(request, *here, {{"code", "second_step.problem.not_yet"}});
  std::vector<std::string> codes;
  const auto entrance =
      doors.database.write(owner_of(here->begun), {"second_step.set_up", "account", ""}, [&](db::Write& write) {
        codes = confirm_second_factor(write, here->begun.account, here->offer, *step);
        end_begun(write, here->begun.id);
        write.note({"session.open", "session", ""});
        return open_entrance(write, request, here->begun.account);
      });
  auto reply = show_recovery_codes(request, codes, next_of(request));
  set_cookies(reply, entrance);
  return reply;
}

}  // namespace

void add_second_step_routes(web::Routes& routes, const Doors& doors) {
  const web::Allow open_page{"public_page", Action::read, {Role::anyone}};
  const web::Allow sign{"own_session", Action::create, {Role::anyone}};
  routes.get("/sign-in/code", open_page, with(doors, show_code));
  routes.post("/sign-in/code", sign, with(doors, check_code), web::Pace::quick, form_limit);
  routes.get("/sign-in/set-up", open_page, with(doors, show_set_up));
  routes.post("/sign-in/set-up", sign, with(doors, set_up), web::Pace::quick, form_limit);
}

}  // namespace cairn::accounts
