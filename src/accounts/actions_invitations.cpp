// SPDX-License-Identifier: Apache-2.0
// Inviting somebody to open an account, or to take on further roles with the one they have.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "accounts/actions_parts.hpp"
#include "accounts/actions_roles.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "base/text.hpp"

namespace cairn::accounts {
namespace {

using nlohmann::json;
using policy::Action;
using web::Reply;
using web::Request;

constexpr int most_blocks = 5;

std::vector<web::Link> trail(const Request& request) {
  return {{request.say()("people.title"), "/people"}};
}

int blocks_in(const Request& request) {
  const auto sent = whole_number(request.form.value("blocks")).value_or(1);
  return static_cast<int>(std::clamp<std::int64_t>(sent, 1, most_blocks));
}

Structure structure_for(const Request& request, const Doors& doors) {
  return doors.database.read([&](db::Read& read) { return structure(read, request.actor); });
}

web::PageContent form_page(const Request& request, const Structure& structure, int blocks,
                           const std::vector<Problem>& problems) {
  return {.title = request.say()("people.invite.title"),
          .main = invite_page(web::Form::of(request, problems), offer_view(request, structure, blocks)),
          .trail = trail(request)};
}

Reply show_form(const Request& request, const Doors& doors) {
  return web::answer(request, form_page(request, structure_for(request, doors), 1, {}), json::object());
}

InvitationForm form_in(const Request& request) {
  InvitationForm form{request.form.value("email"), request.form.value("display_name"), {}};
  for (int i = 1; i <= blocks_in(request); ++i) form.roles.push_back(role_form_in(request, "-" + std::to_string(i)));
  return form;
}

Reply invite_somebody(const Request& request, const Doors& doors) {
  const auto structure = structure_for(request, doors);
  const auto blocks = blocks_in(request);
  if (request.form.value("act") == "more")
    return web::answer(request, form_page(request, structure, std::min(blocks + 1, most_blocks), {}), json::object());
  const auto checked = check(form_in(request), structure);
  auto problems = checked ? std::vector<Problem>{} : checked.problems();
  std::vector<OfferedRole> roles;
  for (std::size_t i = 0; checked && i < checked->roles.size(); ++i) {
    const auto counts = giving_by(request, doors, checked->roles[i], structure);
    if (counts == Giving::not_theirs) problems.push_back({"role-" + std::to_string(i + 1), "people.problem.not_yours"});
    roles.push_back({checked->roles[i], counts == Giving::once_confirmed});
  }
  if (!problems.empty()) return web::ask_again(request, form_page(request, structure, blocks, problems), problems);
  bool replaced = false;
  const Id<Programme> programme{request.actor.programme_id};
  const auto id =
      doors.database.write(request.actor, {"account_invitation.make", "account_invitation", ""}, [&](db::Write& write) {
        const auto waiting = invitations_waiting(write, programme);
        replaced = std::any_of(waiting.begin(), waiting.end(),
                               [&](const Invitation& one) { return one.email == checked->email; });
        auto made = invite(write, programme, *checked, roles);
        jobs::post_letter(write, "account.invitation", made, write.now());
        return made;
      });
  return web::go_to(request, "/people/invitations/" + id + (replaced ? "?replaced=1" : ""));
}

struct Seen {
  Invitation invitation;
  InvitedRow row;
};
Seen seen(const Request& request, const Doors& doors) {
  const auto& wanted = request.checked_parameter("invitation");
  return doors.database.read([&](db::Read& read) {
    const auto all = structure(read, request.actor);
    const auto zone = programme(read, request.actor).zone;
    for (const auto& one : invitations_waiting(read, {request.actor.programme_id}))
      if (one.id == wanted)
        if (const auto row = invited_row(request, one, all, zone)) return Seen{one, *row};
    throw NotFound("invitation " + wanted);
  });
}

Reply show_one(const Request& request, const Doors& doors) {
  const auto found = seen(request, doors);
  const bool replaced = request.query.value("replaced") == "1";
  return web::answer(
      request,
      {.title = request.say()("people.invitation.title", {{"name", found.row.name}}),
       .main = invited_page(web::Form::of(request), {found.row, found.invitation.email, replaced}),
       .trail = trail(request)},
      {{"id", found.row.id}, {"email", found.invitation.email}, {"roles", found.row.roles}, {"replaced", replaced}});
}

Reply revoke(const Request& request, const Doors& doors) {
  const auto found = seen(request, doors);
  doors.database.write(request.actor, {"account_invitation.revoke", "account_invitation", ""},
                       [&](db::Write& write) { end_invitation(write, found.invitation.id, InvitationEnd::revoked); });
  return web::go_to(request, "/people");
}

}  // namespace

RoleForm role_form_in(const Request& request, const std::string& ending) {
  const auto& form = request.form;
  RoleForm typed{form.value("role" + ending), form.value("reach" + ending), {}, {}};
  if (typed.reach.empty()) typed.reach = "programme";
  typed.from = web::sent_date(form, "from" + ending);
  typed.until = web::sent_date(form, "until" + ending);
  typed.odd_from = !typed.from && !web::no_date(form, "from" + ending);
  typed.odd_until = !typed.until && !web::no_date(form, "until" + ending);
  return typed;
}

Giving giving_by(const Request& request, const Doors& doors, const HeldRole& role, const Structure& structure) {
  policy::Facts facts;
  facts.lies_in = lies_in(role.reach, structure);
  if (!doors.policy.decide(request.actor, "held_role", Action::create, facts).allowed) return Giving::not_theirs;
  const bool has_a_lead = doors.database.read(
      [&](db::Read& read) { return somebody_holds(read, {request.actor.programme_id}, Role::lead); });
  return giving(role, request.actor.roles, has_a_lead, structure);
}

InviteView offer_view(const Request& request, const Structure& structure, int blocks) {
  const bool administers = request.actor.has(Role::administrator);
  const bool leads = request.actor.has(Role::lead);
  InviteView view{structure, {}, blocks, administers && !leads};
  for (const auto role : policy::signed_in)
    if (signs_in(role) && (role != Role::administrator || administers)) view.roles.push_back(role);
  return view;
}

std::optional<InvitedRow> invited_row(const Request& request, const Invitation& invitation, const Structure& structure,
                                      const std::string& zone) {
  InvitedRow row{invitation.id, invitation.display_name, {}, {}};
  for (const auto& one : invitation.roles)
    if (looks_after(request.actor.roles, {one.held}, structure))
      row.roles.push_back(role_line(request.say(), one.held, structure));
  if (row.roles.empty()) return {};
  const auto end = later(invitation.made_at, invitation_seconds);
  if (request.now < end) row.until = request.say().day(date_in_zone(end, zone));
  return row;
}

void add_invitation_routes(web::Routes& routes, const Doors& doors) {
  static constexpr std::initializer_list<Role> inviters{Role::lead, Role::administrator};
  const web::Allow make{"account_invitation", Action::create, inviters};
  routes.get("/people/invite", make, with(doors, show_form));
  routes.post("/people/invite", make, with(doors, invite_somebody), web::Pace::quick, form_limit);
  routes.get("/people/invitations/{invitation}", {"account_invitation", Action::read, inviters}, with(doors, show_one));
  routes.post("/people/invitations/{invitation}/revoke", {"account_invitation", Action::erase, inviters},
              with(doors, revoke), web::Pace::quick, form_limit);
}

}  // namespace cairn::accounts
