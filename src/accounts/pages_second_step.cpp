// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_second_step.hpp"

#include "web/qr.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

Html code_input(const web::Form& form, std::string_view label, std::string_view hint) {
  return web::text_input(form, {.name = "code",
                                .label = std::string(label),
                                .hint = std::string(hint),
                                .kind = web::InputKind::one_time_code,
                                .width = 10});
}

}  // namespace

Html second_step_page(const web::Form& form, const std::string& next) {
  const auto& say = form.say();
  // Not a field for digits alone: a recovery code has letters.
  const auto field = web::text_input(form, {.name = "code",
                                            .label = say("second_step.code"),
                                            .hint = say("second_step.code.hint"),
                                            .width = 20,
                                            .autocomplete = "one-time-code"});
  return web::heading(say("second_step.title")) +
         web::post_form(form, "/sign-in/code",
                        field + web::hidden("next", next) + web::button(say("second_step.button"))) +
         web::details(say("second_step.help.title"),
                      web::paragraph(say("second_step.help.codes")) + web::paragraph(say("second_step.help.lost")));
}

Html set_up_second_step_page(const web::Form& form, const SetUpView& view) {
  const auto& say = form.say();
  const auto code = web::qr_code(view.address, say("second_step.qr"));
  const auto by_hand =
      web::details(say("second_step.by_hand.title"),
                   web::paragraph(say("second_step.by_hand.words")) +
                       web::summary_list({{.key = say("second_step.by_hand.secret"), .value = web::text(view.secret)},
                                          {.key = say("second_step.by_hand.address"),
                                           .value = web::tag("code", {{"class", "cairn-address"}}, view.address)}}));
  const auto fields = code_input(form, say("second_step.set_up.code"), say("second_step.set_up.code.hint")) +
                      web::hidden("next", view.next) + web::button(say("second_step.set_up.button"));
  return web::heading(say("second_step.set_up.title")) +
         web::lead(say(view.first_time ? "second_step.set_up.why" : "second_step.set_up.again")) +
         web::heading(2, say("second_step.set_up.app.title")) + web::paragraph(say("second_step.set_up.app.words")) +
         web::heading(2, say("second_step.set_up.scan.title")) + code + by_hand +
         web::heading(2, say("second_step.set_up.type.title")) + web::post_form(form, view.path, fields);
}

Html recovery_codes_page(const web::Language& say, const std::vector<std::string>& codes, const std::string& next) {
  std::vector<Html> lines;
  for (const auto& one : codes) lines.push_back(web::tag("code", {}, one));
  return web::lead(say("second_step.codes.lead")) +
         web::panel(web::tag("div", {{"class", "cairn-codes"}}, web::bullets(lines))) +
         web::paragraph(say("second_step.codes.keep")) +
         web::button_group({web::link_button(say("second_step.codes.on"), next), web::print_button(say)});
}

Html own_second_step_page(const web::Form& form, const OwnSecondStepView& view) {
  const auto& say = form.say();
  if (!view.codes_left) return web::paragraph(say("second_step.own.none"));
  Html page;
  if (view.told_lost)
    page += web::attention(say("second_step.lost.title"),
                           web::paragraph(say("second_step.lost.words")) +
                               web::act_form(form, "/account/second-step/not-lost",
                                             web::button(say("second_step.lost.stop"), web::Button::second)));
  const auto acts = web::button_group({web::button(say("second_step.own.phone"), web::Button::main, "act", "phone"),
                                       web::button(say("second_step.own.codes"), web::Button::second, "act", "codes")});
  return page + web::lead(say("second_step.own.lead")) +
         web::paragraph(say.count("second_step.own.left", *view.codes_left)) +
         web::heading(2, say("second_step.own.change")) + web::paragraph(say("second_step.own.why")) +
         web::post_form(form, "/account/second-step",
                        web::password_input(form, {.name = "password", .label = say("account.password.current")}) +
                            web::text_input(form, {.name = "code",
                                                   .label = say("second_step.code"),
                                                   .hint = say("second_step.code.hint"),
                                                   .width = 20,
                                                   .autocomplete = "one-time-code"}) +
                            acts);
}

}  // namespace cairn::accounts
