// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_sign_in.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

Html look_around(const web::Form& form, const SignInView& view) {
  const auto& say = form.say();
  std::vector<Html> buttons;
  for (const auto& one : view.look_arounds)
    buttons.push_back(web::button(one.label, buttons.empty() ? web::Button::main : web::Button::second, "as", one.as));
  return web::panel(
      say("sign_in.demonstration.title"),
      web::paragraph(say("sign_in.demonstration.why")) +
          web::post_form(form, "/sign-in/demonstration", web::hidden("next", view.next) + web::button_group(buttons)));
}

std::string days(const web::Language& say, const HeldRole& held) {
  if (held.from && held.until)
    return say("account.role.between", {{"from", say.short_date(*held.from)}, {"until", say.short_date(*held.until)}});
  if (held.until) return say("account.role.until", {{"until", say.short_date(*held.until)}});
  if (held.from) return say("account.role.from", {{"from", say.short_date(*held.from)}});
  return "";
}

}  // namespace

Html sign_in_page(const web::Form& form, const SignInView& view) {
  const auto& say = form.say();
  // One main button a page: looking round where that can be done.
  const auto kind = view.look_arounds.empty() ? web::Button::main : web::Button::second;
  const auto fields =
      web::text_input(
          form,
          {.name = "email", .label = say("sign_in.email"), .kind = web::InputKind::email, .autocomplete = "username"}) +
      web::password_input(form, {.name = "password", .label = say("sign_in.password")}) +
      web::hidden("next", view.next) + web::button(say("sign_in.button"), kind);
  return web::heading(say("sign_in.title")) + (view.look_arounds.empty() ? Html() : look_around(form, view)) +
         web::post_form(form, "/sign-in", fields) +
         web::details(say("sign_in.help.title"), web::paragraph(say("sign_in.help.words")));
}

Html own_account_page(const web::Language& say, const OwnAccountView& view) {
  std::vector<web::ListRow> roles;
  for (const auto& held : view.roles) roles.push_back({.title = role_label(say, held.role), .why = days(say, held)});
  return web::summary_list({{.key = say("account.name"), .value = web::text(view.display_name)},
                            {.key = say("account.email"), .value = web::text(view.email)}}) +
         web::privacy(say("account.who_sees")) + web::heading(2, say("account.roles")) +
         (roles.empty() ? web::paragraph(say("account.no_roles")) : web::row_list(roles)) +
         web::quiet(say("account.signed_out_after"));
}

std::string role_label(const web::Language& say, Role role) {
  return say("role." + std::string(name(role)));
}

}  // namespace cairn::accounts
