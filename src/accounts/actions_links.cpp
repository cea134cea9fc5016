// SPDX-License-Identifier: Apache-2.0
// Links that were sent by letter. Opening one changes nothing, so that a program that looks into letters does not use
// it up; sending the form does.
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/pages_links.hpp"
#include "accounts/password.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_links.hpp"
#include "accounts/store_roles.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

Reply dead_link(const Request& request) {
  auto reply = web::answer(request, {.title = request.say()("link.dead.title"), .main = dead_link_page(request.say())},
                           {{"stop", {{"key", "link.dead.title"}, {"message", request.say()("link.dead.title")}}}});
  reply.status = 404;
  return reply;
}

Actor owner(const Id<Account>& account) {
  Actor actor;
  actor.account_id = account.text;
  return actor;
}

std::vector<Problem> problems_of_password(const Doors& doors, const Account& account, const std::string& typed) {
  const auto password = check_password(typed, words_of(account.email, account.display_name, known_names(doors)));
  return password ? std::vector<Problem>{} : password.problems();
}

// ---- A forgotten password

web::PageContent forgotten(const Request& request, const std::vector<Problem>& problems) {
  return {.title = request.say()("forgotten.title"), .main = forgotten_page(web::Form::of(request, problems))};
}

Reply show_forgotten(const Request& request) {
  return web::answer(request, forgotten(request, {}), json::object());
}

// The same answer, and the same work, whether the address has an account or not. An address that asks again and again
// gets no further letters for a while; a network that does has to wait.
Reply ask_for_link(const Request& request, const Doors& doors) {
  const auto email = check_email(request.form.value("email"));
  if (!email) return web::ask_again(request, forgotten(request, email.problems()), email.problems());
  const auto fingerprint = fingerprint_of_email(doors.database.keys(), *email);
  // Of this network alone, so that nobody elsewhere makes the owner wait.
  const auto turn = doors.throttle.ask(
      {"password_link" + network_of(request.address) + fingerprint, request.address, {}, request.turn_cookie},
      request.now);
  if (turn.seconds > 0) return ask_to_wait(request, forgotten(request, {}), turn);
  const auto asked = doors.database.read([&](db::Read& read) {
    return password_links_asked(read, fingerprint, later(request.now, -password_link_seconds));
  });
  if (asked < most_password_links)
    doors.database.write(Actor::anyone(), {"password_link.ask", "password_link", ""}, [&](db::Write& write) {
      jobs::post_letter(write, "account.password", ask_for_password_link(write, fingerprint), write.now());
    });
  return web::answer(request,
                     {.title = request.say()("forgotten.sent.title"), .main = letter_under_way_page(request.say())},
                     {{"sent", true}});
}

std::optional<PasswordLink> password_link(const Request& request, const Doors& doors) {
  const auto secret = request.checked_parameter("secret");
  return doors.database.read([&](db::Read& read) { return find_password_link(read, secret, request.now); });
}

web::PageContent new_password(const Request& request, const std::vector<Problem>& problems) {
  return {.title = request.say()("new_password.title"),
          .main = new_password_page(web::Form::of(request, problems), request.path)};
}

Reply show_new_password(const Request& request, const Doors& doors) {
  if (!password_link(request, doors)) return dead_link(request);
  return web::answer(request, new_password(request, {}), json::object());
}

Reply set_new_password(const Request& request, const Doors& doors) {
  const auto link = password_link(request, doors);
  if (!link) return dead_link(request);
  const auto account = doors.database.read([&](db::Read& read) { return find_account(read, link->account); });
  const auto typed = request.form.find("password").value_or("");
  const auto problems = problems_of_password(doors, *account, typed);
  if (!problems.empty()) return web::ask_again(request, new_password(request, problems), problems);
  const auto kept = kept_password(doors.database.keys(), {typed});
  doors.database.write(owner(link->account), {"account.password", "account", ""}, [&](db::Write& write) {
    use_password_link(write, *link);
    set_password(write, link->account, kept);
    tell_owner(write, "password", link->account);
  });
  return after_password(request, doors, link->account, "/");
}

// ---- An invitation

struct Guest {
  Invitation invitation;
  std::optional<Account> account;  // of their address
};
// Nothing where the link is dead, or the account of the address is closed: that is for whoever invited to mend.
std::optional<Guest> guest_by(const Request& request, const Doors& doors) {
  const auto secret = request.checked_parameter("secret");
  return doors.database.read([&](db::Read& read) -> std::optional<Guest> {
    auto invitation = find_invitation(read, secret, request.now);
    if (!invitation) return {};
    auto account = find_account_by_email(read, invitation->email);
    if (account && !account->open) return {};
    return Guest{*std::move(invitation), std::move(account)};
  });
}

web::PageContent invitation_form(const Request& request, const Guest& guest, const std::vector<Problem>& problems) {
  const auto invited = guest.account ? Invited::with_account : Invited::without_account;
  return {
      .title = request.say()("invitation.title"),
      .main = invitation_page(web::Form::of(request, problems), request.path, invited, guest.invitation.display_name)};
}

Reply show_invitation(const Request& request, const Doors& doors) {
  const auto guest = guest_by(request, doors);
  if (!guest) return dead_link(request);
  return web::answer(request, invitation_form(request, *guest, {}), {{"has_account", guest->account.has_value()}});
}

void give_offered(db::Write& write, const Invitation& invitation, const Id<Account>& account) {
  for (const auto& one : invitation.roles)
    give_role(write, invitation.programme, account, one.held, one.to_confirm ? Counts::once_confirmed : Counts::now);
  end_invitation(write, invitation.id, InvitationEnd::accepted);
  write.about(account.text);
}

Reply accept_with_account(const Request& request, const Doors& doors, const Guest& guest) {
  const auto typed = request.form.find("password").value_or("");
  const auto answer = ask_password(request, doors, guest.account->email, typed);
  if (answer.turn.seconds > 0) return ask_to_wait(request, invitation_form(request, guest, {}), answer.turn);
  if (!answer.right) {
    const std::vector<Problem> problems{{"password", "account.password.wrong"}};
    return web::ask_again(request, invitation_form(request, guest, problems), problems);
  }
  doors.database.write(owner(guest.account->id), {"account_invitation.accept", "account", ""},
                       [&](db::Write& write) { give_offered(write, guest.invitation, guest.account->id); });
  return after_password(request, doors, guest.account->id, "/");
}

Reply accept(const Request& request, const Doors& doors) {
  const auto guest = guest_by(request, doors);
  if (!guest) return dead_link(request);
  if (guest->account) return accept_with_account(request, doors, *guest);
  const auto typed = request.form.find("password").value_or("");
  const auto name = check_display_name(request.form.value("display_name"));
  std::vector<Problem> problems = name ? std::vector<Problem>{} : name.problems();
  const auto password = check_password(
      typed, words_of(guest->invitation.email, name ? *name : guest->invitation.display_name, known_names(doors)));
  if (!password) problems.insert(problems.end(), password.problems().begin(), password.problems().end());
  if (!problems.empty()) return web::ask_again(request, invitation_form(request, *guest, problems), problems);
  const auto kept = kept_password(doors.database.keys(), *password);
  const auto account =
      doors.database.write(Actor::anyone(), {"account_invitation.accept", "account", ""}, [&](db::Write& write) {
        const auto id =
            add(write, guest->invitation.programme, NewAccount{guest->invitation.email, *name, *password, {}}, kept);
        give_offered(write, guest->invitation, id);
        return id;
      });
  return after_password(request, doors, account, "/");
}

}  // namespace

void add_link_routes(web::Routes& routes, const Doors& doors) {
  const web::Allow read{"account_link", Action::read, {Role::anyone}};
  const web::Allow use{"account_link", Action::create, {Role::anyone}};
  routes.get("/sign-in/forgotten", read, show_forgotten);
  routes.post("/sign-in/forgotten", use, with(doors, ask_for_link), web::Pace::quick, form_limit);
  routes.get("/new-password/{secret}", read, with(doors, show_new_password));
  routes.post("/new-password/{secret}", use, with(doors, set_new_password), web::Pace::slow, form_limit);
  routes.get("/invitation/{secret}", read, with(doors, show_invitation));
  routes.post("/invitation/{secret}", use, with(doors, accept), web::Pace::slow, form_limit);
}

}  // namespace cairn::accounts
