// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_people.hpp"

#include "accounts/pages_account.hpp"
#include "accounts/pages_sign_in.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

std::string reach_label(const web::Language& say, const Reach& reach, const Structure& structure) {
  if (reach.kind == "organisation")
    if (const auto* found = structure.find(Id<Organisation>{reach.id})) return found->name;
  if (reach.kind == "service")
    if (const auto* found = structure.find(Id<Service>{reach.id})) return found->name;
  if (reach.kind == "team")
    if (const auto* found = structure.find(Id<Team>{reach.id})) {
      const auto* service = structure.find(found->service);
      return say("people.reach.team", {{"team", found->name}, {"service", service ? service->name : ""}});
    }
  return say(reach.kind == "study" ? "people.reach.study" : "people.reach.programme");
}

Html mark(const web::Language& say, const PersonRow& row) {
  if (!row.open) return web::tag_mark(say("people.closed"), web::Tone::plain);
  if (row.to_confirm) return web::tag_mark(say("people.waits"), web::Tone::waiting);
  return {};
}

std::string joined(const web::Language& say, const std::vector<std::string>& roles) {
  return roles.empty() ? say("people.no_role") : say.list(roles);
}

// The fields of one role; `ending` is "" or "-1", "-2" ...
Html role_fields(const web::Form& form, const InviteView& view, const std::string& ending) {
  const auto& say = form.say();
  std::vector<web::Option> roles;
  for (const auto role : view.roles)
    roles.push_back({.value = std::string(name(role)), .label = role_label(say, role)});
  std::vector<web::Option> reaches{{.value = "programme", .label = say("people.reach.programme")}};
  const auto add = [&](const Reach& reach) {
    reaches.push_back({.value = reach_code(reach), .label = reach_label(say, reach, view.structure)});
  };
  for (const auto& one : view.structure.organisations) add({"organisation", one.id.text});
  for (const auto& one : view.structure.services) add({"service", one.id.text});
  for (const auto& one : view.structure.teams) add({"team", one.id.text});
  return web::select(form, {.name = "role" + ending, .label = say("people.role"), .options = roles}) +
         web::select(form, {.name = "reach" + ending,
                            .label = say("people.reach"),
                            .hint = say("people.reach.hint"),
                            .options = reaches,
                            .chosen = {"programme"}}) +
         web::details(say("people.days"), web::date_input(form, {.name = "from" + ending,
                                                                 .label = say("people.from"),
                                                                 .hint = say("people.from.hint"),
                                                                 .need = web::Need::optional}) +
                                              web::date_input(form, {.name = "until" + ending,
                                                                     .label = say("people.until"),
                                                                     .hint = say("people.until.hint"),
                                                                     .need = web::Need::optional}));
}

Html confirmed_later(const web::Language& say, const InviteView& view) {
  return view.confirmed_later ? web::note(web::paragraph(say("people.confirmed_later"))) : Html();
}

Html holdings_part(const web::Form& form, const PersonView& view) {
  const auto& say = form.say();
  std::vector<web::ListRow> rows;
  for (const auto& one : view.roles) {
    const auto path = "/people/" + view.id + "/roles/" + one.id;
    std::vector<Html> acts;
    if (one.to_confirm && one.may_confirm)
      acts.push_back(web::act_form(form, path + "/confirm", web::button(say("people.confirm"))));
    if (one.may_end)
      acts.push_back(web::act_form(form, path + "/end", web::button(say("people.end_role"), web::Button::second)));
    rows.push_back({.title = one.words,
                    .why = one.to_confirm ? say("people.waits_for_lead") : "",
                    .beside = web::button_group(acts)});
  }
  const auto give =
      view.may_give && view.open
          ? web::link_button(say("people.give_role"), "/people/" + view.id + "/roles/new", web::Button::second)
          : Html();
  return web::heading(2, say("people.roles")) +
         (rows.empty() ? web::paragraph(say("people.no_role")) : web::row_list(rows)) + give;
}

Html lost_part(const web::Form& form, const PersonView& view) {
  const auto& say = form.say();
  if (!view.has_second_step || (view.lost == LostState::none && !view.may_tell_lost)) return {};
  const auto path = "/people/" + view.id + "/second-step/";
  const auto act = [&](std::string_view key, std::string_view where) {
    return web::act_form(form, path + std::string(where), web::button(say(key), web::Button::second));
  };
  Html part = web::heading(2, say("people.lost.title"));
  if (view.lost == LostState::none)
    return part + web::details(say("people.lost.what"),
                               web::paragraph(say("people.lost.how")) + act("people.lost.tell", "lost"));
  if (view.lost == LostState::told)
    part += web::paragraph(say("people.lost.told")) + (view.may_confirm_lost
                                                           ? act("people.lost.confirm", "confirm")
                                                           : web::paragraph(say("people.lost.other_person")));
  if (view.lost == LostState::confirmed)
    part += web::paragraph(say("people.lost.confirmed", {{"when", view.given_up_after}}));
  return part + act("people.lost.stop", "stop");
}

}  // namespace

std::string role_line(const web::Language& say, const HeldRole& held, const Structure& structure) {
  const auto label = role_label(say, held.role);
  const auto reach = reach_label(say, held.reach, structure);
  const auto days = days_label(say, held);
  if (days.empty()) return say("people.role_line", {{"role", label}, {"reach", reach}});
  return say("people.role_line.days", {{"role", label}, {"reach", reach}, {"days", days}});
}

Html people_page(const web::Language& say, const PeopleView& view) {
  std::vector<web::ListRow> people;
  std::vector<web::ListRow> waiting;
  for (const auto& one : view.people) {
    const web::ListRow row{
        .title = one.name, .path = "/people/" + one.id, .why = joined(say, one.roles), .beside = mark(say, one)};
    people.push_back(row);
    if (one.to_confirm && one.open) waiting.push_back(row);
  }
  std::vector<web::ListRow> invited;
  for (const auto& one : view.invited)
    invited.push_back({.title = one.name,
                       .path = "/people/invitations/" + one.id,
                       .why = joined(say, one.roles),
                       .beside = web::tag_mark(one.until.empty() ? say("people.invited.over")
                                                                 : say("people.invited.until", {{"day", one.until}}),
                                               one.until.empty() ? web::Tone::plain : web::Tone::waiting)});
  Html page = web::lead(say("people.lead")) + web::link_button(say("people.invite"), "/people/invite");
  if (view.may_confirm && !waiting.empty())
    page += web::attention(say("people.to_confirm.title"),
                           web::paragraph(say("people.to_confirm.words")) + web::row_list(waiting));
  page += web::heading(2, say("people.here")) + web::row_list(people);
  if (!invited.empty()) page += web::heading(2, say("people.invited")) + web::row_list(invited);
  return page;
}

Html invite_page(const web::Form& form, const InviteView& view) {
  const auto& say = form.say();
  Html fields = web::text_input(form, {.name = "email",
                                       .label = say("people.invite.email"),
                                       .hint = say("people.invite.email.hint"),
                                       .kind = web::InputKind::email}) +
                web::text_input(form, {.name = "display_name",
                                       .label = say("people.invite.name"),
                                       .hint = say("people.invite.name.hint"),
                                       .longest = 200});
  for (int i = 1; i <= view.blocks; ++i) {
    const auto number = std::to_string(i);
    fields += web::fieldset(view.blocks == 1 ? say("people.invite.role") : say("people.invite.role_n", {{"n", number}}),
                            role_fields(form, view, "-" + number));
  }
  fields += web::hidden("blocks", std::to_string(view.blocks)) +
            web::button_group({web::button(say("people.invite.button")),
                               web::button(say("people.invite.more"), web::Button::second, "act", "more")});
  return web::heading(say("people.invite.title")) + web::lead(say("people.invite.lead")) + confirmed_later(say, view) +
         web::post_form(form, "/people/invite", fields);
}

Html invited_page(const web::Form& form, const InvitationView& view) {
  const auto& say = form.say();
  const auto replaced = view.replaced ? web::paragraph(say("people.invitation.replaced")) : Html();
  const auto until = view.row.until.empty() ? say("people.invitation.over")
                                            : say("people.invitation.until", {{"day", view.row.until}});
  return web::lead(say("people.invitation.lead")) + replaced +
         web::summary_list({{.key = say("account.name"), .value = web::text(view.row.name)},
                            {.key = say("account.email"), .value = web::text(view.email)},
                            {.key = say("people.roles"), .value = web::text(joined(say, view.row.roles))},
                            {.key = say("people.invitation.link"), .value = web::text(until)}}) +
         web::button_group({web::act_form(form, "/people/invitations/" + view.row.id + "/revoke",
                                          web::button(say("people.invitation.revoke"), web::Button::second)),
                            web::link(say("people.back"), "/people")});
}

Html person_page(const web::Form& form, const PersonView& view) {
  const auto& say = form.say();
  Html page = web::summary_list(
      {{.key = say("account.email"), .value = web::text(view.email)},
       {.key = say("people.state"), .value = web::text(say(view.open ? "people.state.open" : "people.state.closed"))}});
  page += holdings_part(form, view) + lost_part(form, view);
  if (view.may_close)
    page += web::heading(2, say("people.close.title")) + web::paragraph(say("people.close.words")) +
            web::link_button(say("people.close"), "/people/" + view.id + "/close", web::Button::second);
  if (view.may_reopen)
    page += web::heading(2, say("people.reopen.title")) +
            web::act_form(form, "/people/" + view.id + "/reopen", web::button(say("people.reopen")));
  return page;
}

Html give_role_page(const web::Form& form, const std::string& path, const std::string& name, const InviteView& view) {
  const auto& say = form.say();
  return web::heading(say("people.give_role.title", {{"name", name}})) + confirmed_later(say, view) +
         web::post_form(form, path, role_fields(form, view, "") + web::button(say("people.give_role.button"))) +
         web::quiet(say("people.give_role.signs_out"));
}

Html close_page(const web::Form& form, const std::string& path, const std::string& name) {
  const auto& say = form.say();
  return web::heading(say("people.close.sure", {{"name", name}})) +
         web::bullets(
             std::vector<std::string>{say("people.close.now"), say("people.close.kept"), say("people.close.again")}) +
         web::post_form(form, path, web::button(say("people.close.button"), web::Button::warning)) +
         web::paragraph(web::link(say("people.close.not"), path.substr(0, path.rfind('/'))));
}

}  // namespace cairn::accounts
