// SPDX-License-Identifier: Apache-2.0
#include "privacy/pages_help.hpp"

namespace cairn::privacy {
namespace {

using web::Html;

constexpr std::size_t longest_text = 4100;

std::string call(const web::Language& say, const HelpLine& line) {
  if (line.text.empty()) return say("help.call", {{"number", line.dial}});
  return say("help.write", {{"word", line.text}, {"number", line.dial}});
}

Html lines(const web::Language& say, const std::vector<HelpLine>& all) {
  std::vector<web::ListRow> rows;
  for (const auto& line : all)
    rows.push_back({.title = line.name, .why = line.says, .beside = web::link(call(say, line), address_of(line))});
  return web::row_list(rows);
}

Html own(const web::Language& say, const HelpView& view) {
  std::vector<web::ListRow> rows;
  for (const auto& contact : view.contacts) rows.push_back({.title = contact});
  const auto change = view.may_change ? web::paragraph(web::link(say("help.own.change"), "/help/contacts")) : Html();
  if (rows.empty()) return change;
  return web::heading(2, say("help.own.title")) + web::row_list(rows) + change;
}

}  // namespace

Html help_page(const web::Language& say, const HelpView& view) {
  const auto worry = view.signed_in ? web::paragraph(web::link(say("help.worry"), "/concerns/new")) : Html();
  return web::lead(say("help.lead")) + web::heading(2, say("help.lines.title")) + lines(say, view.lines.lines) +
         own(say, view) + worry + web::print_button(say) + web::quiet(say("help.where"));
}

Html help_contacts_page(const web::Form& form, const std::vector<std::string>& contacts) {
  const auto& say = form.say();
  return web::heading(say("help.own.edit.title")) + web::lead(say("help.own.edit.lead")) +
         web::post_form(form, "/help/contacts",
                        web::textarea(form, {.name = "contacts",
                                             .label = say("help.own.edit.label"),
                                             .hint = say("help.own.edit.hint"),
                                             .value = as_text(contacts),
                                             .rows = 8,
                                             .longest = longest_text,
                                             .need = web::Need::optional}) +
                            web::privacy(say("help.own.edit.who_sees")) + web::button(say("help.own.edit.save")));
}

}  // namespace cairn::privacy
