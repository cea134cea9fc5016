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
         web::paragraph(web::link(say("link.to_forgotten"), "/sign-in/forgotten")) +
         web::details(say("sign_in.help.title"), web::paragraph(say("sign_in.help.words")));
}

Html look_round_page(const web::Form& form, const std::string& path, const std::string& label) {
  const auto& say = form.say();
  return web::heading(say("sign_in.look_round.title")) + web::lead(say("sign_in.look_round.words")) +
         web::post_form(form, path, web::button(label));
}

Html sign_in_again_page(const web::Form& form, const std::string& next, bool made_up) {
  const auto& say = form.say();
  const auto password =
      made_up ? Html() : web::password_input(form, {.name = "password", .label = say("sign_in.password")});
  return web::heading(say("sign_in.again.title")) + web::lead(say("sign_in.again.why")) +
         web::post_form(form, "/sign-in/again",
                        password + web::hidden("next", next) + web::button(say("sign_in.again.button")));
}

std::string role_label(const web::Language& say, Role role) {
  return say("role." + std::string(name(role)));
}

}  // namespace cairn::accounts
