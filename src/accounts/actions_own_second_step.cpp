// SPDX-License-Identifier: Apache-2.0
// Changing one's own second step: another telephone, or fresh recovery codes. Both ask for the password and a code.
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

Id<Account> own_id(const Request& request) {
  return {request.actor.account_id};
}

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("account.title"), "/account"}};
}

struct Own {
  std::optional<SecondFactor> factor;
  OwnSecondStepView view;
  std::string email;
};
Own own(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) {
    Own found{find_second_factor(read, own_id(request)), {}, {}};
    if (found.factor) found.view.codes_left = recovery_codes_left(read, *found.factor);
    found.view.told_lost = find_lost(read, own_id(request)).has_value();
    const auto account = find_account(read, own_id(request));
    if (!account) throw NotFound("the account of the actor");
    found.email = account->email;
    return found;
  });
}

web::PageContent page(const Request& request, const Own& here, const std::vector<Problem>& problems) {
  return {.title = request.say()("second_step.own.title"),
          .main = web::heading(request.say()("second_step.own.title")) +
                  own_second_step_page(web::Form::of(request, problems), here.view),
          .trail = trail(request)};
}

Reply show(const Request& request, const Doors& doors) {
  const auto here = own(request, doors);
  return web::answer(request, page(request, here, {}),
                     {{"set_up", here.factor.has_value()}, {"codes_left", here.view.codes_left.value_or(0)}});
}

// A code is used up only with a right password, so that a stranger at an open browser learns nothing from it.
Reply change(const Request& request, const Doors& doors) {
  const auto here = own(request, doors);
  if (!here.factor) throw NotFound("a second step of the actor");
  const auto act = request.form.value("act");
  if (act != "phone" && act != "codes") throw NotFound("an act on the second step");
  const auto answer = ask_password(request, doors, here.email, request.form.find("password").value_or(""));
  if (answer.turn.seconds > 0) return ask_to_wait(request, page(request, here, {}), answer.turn);
  const auto typed = request.form.value("code");
  const auto step = step_of_code(here.factor->seed, typed, request.now, here.factor->last_step);
  std::vector<Problem> problems;
  if (!answer.right) problems.push_back({"password", "account.password.wrong"});
  std::vector<std::string> codes;
  bool proved = false;
  if (answer.right)
    doors.database.write(request.actor, {"second_step.change", "account", ""}, [&](db::Write& write) {
      write.about(request.actor.account_id);
      if (step) use_step(write, *here.factor, *step);
      proved = step.has_value() || use_recovery_code(write, *here.factor, typed);
      if (!proved) return;
      if (act == "phone") return offer_second_factor(write, own_id(request));
      codes = renew_recovery_codes(write, *here.factor);
      tell_owner(write, "recovery_codes", own_id(request));
    });
  if (answer.right && !proved) problems.push_back({"code", "second_step.problem.wrong"});
  if (!problems.empty()) return web::ask_again(request, page(request, here, problems), problems);
  if (act == "phone") return web::go_to(request, "/account/second-step/new");
  return show_recovery_codes(request, codes, "/account");
}

struct Offer {
  SecondFactor factor;
  std::string email;
};
// Nothing before the password and a code were asked for: a first second step is set up while signing in.
std::optional<Offer> offer(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) -> std::optional<Offer> {
    const auto account = find_account(read, own_id(request));
    if (!account || !find_second_factor(read, own_id(request))) return {};
    const auto found = find_offer(read, own_id(request), request.now);
    return found ? std::optional(Offer{*found, account->email}) : std::nullopt;
  });
}

Reply new_page(const Request& request, const Offer& here, const std::vector<Problem>& problems) {
  const SetUpView view{.path = "/account/second-step/new",
                       .next = "/account",
                       .address = app_address(here.factor.seed, request.say()("page.name"), here.email),
                       .secret = seed_to_type(here.factor.seed),
                       .first_time = false};
  const web::PageContent content{.title = request.say()("second_step.set_up.title"),
                                 .main = set_up_second_step_page(web::Form::of(request, problems), view),
                                 .trail = trail(request)};
  if (!problems.empty()) return web::ask_again(request, content, problems);
  return web::answer(request, content, {{"secret", view.secret}, {"address", view.address}});
}

Reply show_new(const Request& request, const Doors& doors) {
  const auto here = offer(request, doors);
  return here ? new_page(request, *here, {}) : web::go_to(request, "/account/second-step");
}

Reply confirm_new(const Request& request, const Doors& doors) {
  const auto here = offer(request, doors);
  if (!here) return web::go_to(request, "/account/second-step");
  const auto step = step_of_code(here->factor.seed, request.form.value("code"), request.now, {});
  if (!step) return new_page(request, *here, {{"code", "second_step.problem.not_yet"}});
  std::vector<std::string> codes;
  const auto entrance =
      doors.database.write(request.actor, {"second_step.set_up", "account", ""}, [&](db::Write& write) {
        codes = confirm_second_factor(write, own_id(request), here->factor, *step);
        end_sessions_of(write, own_id(request));
        end_devices_of(write, own_id(request));
        tell_owner(write, "second_step", own_id(request));
        write.note({"session.open", "session", ""});
        return open_entrance_quietly(write, own_id(request));
      });
  auto reply = show_recovery_codes(request, codes, "/account");
  set_cookies(reply, entrance);
  return reply;
}

Reply not_lost(const Request& request, const Doors& doors) {
  const auto lost = doors.database.read([&](db::Read& read) { return find_lost(read, own_id(request)); });
  if (!lost) throw NotFound("a second step told lost");
  doors.database.write(request.actor, {"second_step.not_lost", "account", request.actor.account_id},
                       [&](db::Write& write) { stop_lost(write, *lost); });
  return web::go_to(request, "/account/second-step");
}

}  // namespace

void add_own_second_step_routes(web::Routes& routes, const Doors& doors) {
  const web::Allow amend{"own_account", Action::amend, policy::signed_in};
  routes.get("/account/second-step", amend, with(doors, show));
  routes.post("/account/second-step", amend, with(doors, change), web::Pace::slow, form_limit);
  routes.get("/account/second-step/new", amend, with(doors, show_new));
  routes.post("/account/second-step/new", amend, with(doors, confirm_new), web::Pace::quick, form_limit);
  routes.post("/account/second-step/not-lost", amend, with(doors, not_lost), web::Pace::quick, form_limit);
}

}  // namespace cairn::accounts
