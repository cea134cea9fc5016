// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_account.hpp"

#include "accounts/pages_sign_in.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

Html sessions(const web::Form& form, const std::vector<OwnSession>& all) {
  const auto& say = form.say();
  std::vector<web::ListRow> rows;
  for (const auto& one : all) {
    const auto end = web::act_form(form, "/account/sessions/" + one.id + "/end",
                                   web::button(say("account.session.end"), web::Button::second));
    rows.push_back({.title = say("account.session.made", {{"when", one.made}}),
                    .why = say("account.session.seen", {{"when", one.seen}}),
                    .beside = one.this_one ? web::tag_mark(say("account.session.this"), web::Tone::yours) : end});
  }
  const auto others = all.size() < 2
                          ? Html()
                          : web::act_form(form, "/account/sessions/end-others",
                                          web::button(say("account.sessions.end_others"), web::Button::second));
  return web::heading(2, say("account.sessions")) + web::paragraph(say("account.sessions.words")) +
         web::row_list(rows) + others;
}

}  // namespace

Html own_account_page(const web::Form& form, const OwnAccountView& view) {
  const auto& say = form.say();
  std::vector<web::ListRow> roles;
  for (const auto& held : view.roles)
    roles.push_back({.title = role_label(say, held.role), .why = days_label(say, held)});
  return web::summary_list({{.key = say("account.name"),
                             .value = web::text(view.display_name),
                             .act = say("account.change"),
                             .act_path = "/account/name"},
                            {.key = say("account.email"), .value = web::text(view.email)},
                            {.key = say("account.password"),
                             .value = web::text(say("account.password.kept")),
                             .act = say("account.change"),
                             .act_path = "/account/password"},
                            {.key = say("account.second_step"),
                             .value = web::text(view.second_step),
                             .act = say("account.change"),
                             .act_path = "/account/second-step"}}) +
         web::privacy(say("account.who_sees")) + web::heading(2, say("account.roles")) +
         (roles.empty() ? web::paragraph(say("account.no_roles")) : web::row_list(roles)) +
         sessions(form, view.sessions) +
         web::quiet(say.count("account.signed_out_after", idle_seconds_of(view.roles) / 60));
}

Html own_name_page(const web::Form& form, const std::string& name) {
  const auto& say = form.say();
  return web::heading(say("account.name.title")) +
         web::post_form(form, "/account/name",
                        web::text_input(form, {.name = "display_name",
                                               .label = say("account.name.label"),
                                               .hint = say("account.name.hint"),
                                               .value = name,
                                               .autocomplete = "name",
                                               .longest = 200}) +
                            web::button(say("account.save")));
}

Html own_password_page(const web::Form& form) {
  const auto& say = form.say();
  return web::heading(say("account.password.title")) + web::lead(say("account.password.lead")) +
         web::post_form(form, "/account/password",
                        web::password_input(form, {.name = "current", .label = say("account.password.current")}) +
                            web::password_input(form, {.name = "password",
                                                       .label = say("account.password.new"),
                                                       .hint = say("account.password.hint"),
                                                       .autocomplete = "new-password"}) +
                            web::button(say("account.save")));
}

std::string days_label(const web::Language& say, const HeldRole& held) {
  if (held.from && held.until)
    return say("account.role.between", {{"from", say.short_date(*held.from)}, {"until", say.short_date(*held.until)}});
  if (held.until) return say("account.role.until", {{"until", say.short_date(*held.until)}});
  if (held.from) return say("account.role.from", {{"from", say.short_date(*held.from)}});
  return "";
}

}  // namespace cairn::accounts
