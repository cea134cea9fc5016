// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_links.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

Html new_password_input(const web::Form& form) {
  const auto& say = form.say();
  return web::password_input(form, {.name = "password",
                                    .label = say("account.password.new"),
                                    .hint = say("account.password.hint"),
                                    .autocomplete = "new-password"});
}

}  // namespace

Html forgotten_page(const web::Form& form) {
  const auto& say = form.say();
  return web::heading(say("forgotten.title")) + web::lead(say("forgotten.lead")) +
         web::post_form(form, "/sign-in/forgotten",
                        web::text_input(form, {.name = "email",
                                               .label = say("sign_in.email"),
                                               .kind = web::InputKind::email,
                                               .autocomplete = "username"}) +
                            web::button(say("forgotten.button"))) +
         web::paragraph(web::link(say("link.to_sign_in"), "/sign-in"));
}

Html letter_under_way_page(const web::Language& say) {
  return web::lead(say("forgotten.sent.lead")) + web::paragraph(say("forgotten.sent.none")) +
         web::paragraph(web::link(say("link.to_sign_in"), "/sign-in"));
}

Html dead_link_page(const web::Language& say) {
  return web::lead(say("link.dead.lead")) +
         web::bullets(std::vector<std::string>{say("link.dead.password"), say("link.dead.invitation")}) +
         web::paragraph(web::link(say("link.to_forgotten"), "/sign-in/forgotten")) +
         web::paragraph(web::link(say("link.to_sign_in"), "/sign-in"));
}

Html new_password_page(const web::Form& form, const std::string& path) {
  const auto& say = form.say();
  return web::heading(say("new_password.title")) + web::lead(say("new_password.lead")) +
         web::post_form(form, path, new_password_input(form) + web::button(say("new_password.button")));
}

Html invitation_page(const web::Form& form, const std::string& path, Invited invited, const std::string& name) {
  const auto& say = form.say();
  const auto title = web::heading(say("invitation.title"));
  if (invited == Invited::with_account)
    return title + web::lead(say("invitation.known.lead")) +
           web::post_form(form, path,
                          web::password_input(form, {.name = "password", .label = say("account.password.current")}) +
                              web::button(say("invitation.known.button"))) +
           web::paragraph(web::link(say("link.to_forgotten"), "/sign-in/forgotten"));
  return title + web::lead(say("invitation.lead")) +
         web::post_form(form, path,
                        web::text_input(form, {.name = "display_name",
                                               .label = say("invitation.name"),
                                               .hint = say("invitation.name.hint"),
                                               .value = name,
                                               .autocomplete = "name",
                                               .longest = 200}) +
                            new_password_input(form) + web::button(say("invitation.button")));
}

}  // namespace cairn::accounts
