// SPDX-License-Identifier: Apache-2.0
#include "privacy/pages_looks.hpp"

namespace cairn::privacy {
namespace {

using web::Html;

constexpr std::size_t longest_words = 2000;

std::string line_of(const LookLine& look) {
  return look.who + ". " + look.why + " " + look.when;
}

Html complaints(const web::Language& say, const std::vector<ComplaintLine>& all) {
  if (all.empty()) return {};
  std::vector<web::ListRow> rows;
  for (const auto& one : all) {
    const bool waits = one.answer.empty();
    rows.push_back({.title = one.words,
                    .why = say(waits ? "looks.complaint.waits" : "looks.complaint.answered",
                               {{"told", one.told_on}, {"due", one.due_on}, {"on", one.answered_on}}),
                    .beside = web::tag_mark(say(waits ? "looks.complaint.mark.waits" : "looks.complaint.mark.answered"),
                                            waits ? web::Tone::waiting : web::Tone::done),
                    .below = waits ? Html() : web::quotation(one.answer, say("looks.complaint.by"))});
  }
  return web::heading(2, say("looks.complaints")) + web::row_list(rows);
}

}  // namespace

Html looks_page(const web::Language& say, const LooksView& view) {
  const auto about = web::lead(say("looks.lead")) + web::privacy(say("looks.who_sees"));
  if (view.looks.empty())
    return about + web::empty_state({say("looks.empty"), say("looks.example"), {}}) + complaints(say, view.complaints);
  std::vector<web::ListRow> rows;
  for (const auto& look : view.looks)
    rows.push_back({.title = look.what,
                    .why = line_of(look),
                    .beside = look.may_complain ? web::link_button(say("looks.not_right"), "/who-looked/" + look.id,
                                                                   web::Button::second)
                                                : Html()});
  const auto older = view.older.empty() ? Html() : web::paragraph(web::link(say("looks.older"), view.older));
  return about + web::paragraph(say.count("looks.count", view.count)) + web::row_list(rows) + older +
         complaints(say, view.complaints);
}

Html complain_page(const web::Form& form, const LookLine& look) {
  const auto& say = form.say();
  return web::heading(say("looks.complain.title")) + web::lead(look.what) + web::paragraph(line_of(look)) +
         web::post_form(form, "/who-looked/" + look.id + "/complaints",
                        web::textarea(form, {.name = "words",
                                             .label = say("looks.complain.label"),
                                             .hint = say("looks.complain.hint"),
                                             .longest = longest_words}) +
                            web::privacy(say("looks.complain.who_sees")) + web::once_field(form) +
                            web::button(say("looks.complain.button")));
}

Html waiting_complaints_page(const web::Language& say, const std::vector<WaitingLine>& waiting) {
  if (waiting.empty()) return web::empty_state({say("looks.waiting.empty"), say("looks.waiting.example"), {}});
  std::vector<web::ListRow> rows;
  for (const auto& one : waiting)
    rows.push_back({.title = say("looks.waiting.row", {{"told", one.told_on}}),
                    .path = "/guardian/complaints/" + one.id,
                    .why = say("looks.waiting.due", {{"due", one.due_on}}),
                    .beside = one.is_late ? web::tag_mark(say("looks.waiting.late"), web::Tone::talk)
                                          : web::tag_mark(say("looks.waiting.yours"), web::Tone::yours)});
  return web::lead(say("looks.waiting.lead")) + web::row_list(rows);
}

Html open_complaint_page(const web::Form& form, const OpenComplaintView& view) {
  const auto& say = form.say();
  return web::heading(say("looks.open.title")) + web::lead(say("looks.waiting.due", {{"due", view.complaint.due_on}})) +
         web::quotation(view.complaint.words, view.owner) +
         web::panel(say("looks.open.look"), web::paragraph(view.look.what) + web::paragraph(line_of(view.look))) +
         web::paragraph(say("looks.open.no_content")) +
         web::post_form(form, "/guardian/complaints/" + view.id + "/answers",
                        web::textarea(form, {.name = "words",
                                             .label = say("looks.open.label"),
                                             .hint = say("looks.open.hint"),
                                             .longest = longest_words}) +
                            web::button(say("looks.open.button")));
}

}  // namespace cairn::privacy
