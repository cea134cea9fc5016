// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_setup.hpp"

#include <algorithm>

namespace cairn::accounts {

using web::Html;

Html first_lead_page(const web::Form& form) {
  const auto& say = form.say();
  const auto fields =
      web::text_input(form, {.name = "setup_code",
                             .label = say("setup.code"),
                             .hint = say("setup.code.hint"),
                             .width = 20,
                             .autocomplete = "off"}) +
      web::text_input(form,
                      {.name = "display_name", .label = say("setup.name"), .autocomplete = "name", .longest = 200}) +
      web::text_input(form, {.name = "email",
                             .label = say("sign_in.email"),
                             .hint = say("setup.email.hint"),
                             .kind = web::InputKind::email,
                             .autocomplete = "username"}) +
      web::password_input(form, {.name = "password",
                                 .label = say("account.password.new"),
                                 .hint = say("account.password.hint"),
                                 .autocomplete = "new-password"});
  return web::heading(say("setup.title")) + web::lead(say("setup.lead")) +
         web::bullets(
             std::vector<std::string>{say("setup.step.you"), say("setup.step.phone"), say("setup.step.programme")}) +
         web::post_form(form, "/setup", fields + web::button(say("setup.button")));
}

Html setup_tasks_page(const web::Form& form, const std::vector<SetupTask>& tasks) {
  const auto& say = form.say();
  std::vector<web::Task> rows;
  for (const auto& one : tasks) {
    const auto status = one.done ? "setup.done" : one.looked_at ? "setup.look" : "setup.to_do";
    const auto tone = one.done ? web::Tone::done : one.looked_at ? web::Tone::plain : web::Tone::yours;
    rows.push_back(
        {.title = say(one.key), .path = one.path, .hint = say(one.key + ".hint"), .status = say(status), .tone = tone});
  }
  const bool all =
      std::all_of(tasks.begin(), tasks.end(), [](const SetupTask& one) { return one.done || one.looked_at; });
  const auto finish = web::act_form(
      form, "/setup/finish",
      web::button(say(all ? "setup.finish" : "setup.put_away"), all ? web::Button::main : web::Button::second));
  return web::lead(say("setup.tasks.lead")) + web::task_list(rows) + web::paragraph(say("setup.tasks.later")) + finish;
}

Html programme_page(const web::Form& form, const ProgrammeView& view) {
  const auto& say = form.say();
  std::vector<web::Option> zones;
  for (const auto& zone : view.zones) zones.push_back({.value = zone, .label = zone});
  return web::heading(say("setup.programme")) +
         web::post_form(form, "/setup/programme",
                        web::text_input(form, {.name = "name",
                                               .label = say("setup.programme.name"),
                                               .hint = say("setup.programme.name.hint"),
                                               .value = view.name,
                                               .longest = 200}) +
                            web::select(form, {.name = "zone",
                                               .label = say("setup.programme.zone"),
                                               .hint = say("setup.programme.zone.hint"),
                                               .options = zones,
                                               .chosen = {view.zone}}) +
                            web::button(say("structure.save")));
}

Html first_administrator_page(const web::Form& form) {
  const auto& say = form.say();
  const auto other =
      web::text_input(form, {.name = "email",
                             .label = say("people.invite.email"),
                             .kind = web::InputKind::email,
                             .need = web::Need::optional}) +
      web::text_input(
          form,
          {.name = "display_name", .label = say("people.invite.name"), .longest = 200, .need = web::Need::optional});
  return web::heading(say("setup.administrator")) + web::lead(say("setup.administrator.what")) +
         web::post_form(
             form, "/setup/administrator",
             web::radios(form,
                         {.name = "who",
                          .label = say("setup.administrator.who"),
                          .options = {{.value = "other", .label = say("setup.administrator.other"), .more = other},
                                      {.value = "me",
                                       .label = say("setup.administrator.me"),
                                       .hint = say("setup.administrator.me.hint")}}}) +
                 web::button(say("structure.save")));
}

}  // namespace cairn::accounts
