// SPDX-License-Identifier: Apache-2.0
#include "privacy/pages_concerns.hpp"

namespace cairn::privacy {
namespace {

using web::Html;

constexpr std::size_t longest_words = 4000;
constexpr std::size_t longest_contact = 300;

std::string urgency_words(const web::Language& say, Urgency urgency) {
  return say("concern.urgency." + std::string(code(urgency)));
}

Html mark(const web::Language& say, const Concern& one) {
  if (one.closed_at) return web::tag_mark(say("concern.state.closed"), web::Tone::plain);
  if (one.opened_at) return web::tag_mark(say("concern.state.opened"), web::Tone::done);
  return web::tag_mark(say("concern.state.waiting"), web::Tone::waiting);
}

web::ChoiceField urgency_field(const web::Language& say) {
  web::ChoiceField field{.name = "urgency", .label = say("concern.urgency.label")};
  for (const auto urgency : all_urgencies) {
    const std::string word(code(urgency));
    field.options.push_back({word, urgency_words(say, urgency), say("concern.urgency." + word + ".hint")});
  }
  return field;
}

Html notes(const std::vector<NoteView>& all) {
  std::vector<web::ListRow> rows;
  for (const auto& note : all) rows.push_back({.title = note.words, .why = note.who + ", " + note.on});
  return web::row_list(rows);
}

Html note_form(const web::Form& form, const std::string& path) {
  const auto& say = form.say();
  return web::post_form(form, path + "/notes",
                        web::textarea(form, {.name = "words",
                                             .label = say("concern.note.label"),
                                             .hint = say("concern.note.hint"),
                                             .longest = longest_words}) +
                            web::once_field(form) + web::button(say("concern.note.keep")));
}

}  // namespace

Html raise_page(const web::Form& form, bool heard) {
  const auto& say = form.say();
  const auto danger =
      web::paragraph(say("concern.raise.danger")) + web::paragraph(web::link(say("concern.raise.help"), "/help"));
  const auto fields = web::textarea(form, {.name = "words",
                                           .label = say("concern.words.label"),
                                           .hint = say("concern.words.hint"),
                                           .longest = longest_words}) +
                      web::radios(form, urgency_field(say)) +
                      web::text_input(form, {.name = "contact",
                                             .label = say("concern.contact.label"),
                                             .hint = say("concern.contact.hint"),
                                             .longest = longest_contact,
                                             .need = web::Need::optional});
  return web::heading(say("concern.raise.title")) + web::lead(say("concern.raise.lead")) +
         web::attention(say(heard ? "concern.raise.danger.title" : "concern.raise.nobody.title"),
                        (heard ? Html() : web::paragraph(say("concern.raise.nobody"))) + danger) +
         web::post_form(form, "/concerns",
                        fields + web::privacy(say("concern.raise.who_sees")) + web::once_field(form) +
                            web::button(say("concern.raise.button"))) +
         web::paragraph(web::link(say("concern.raise.own"), "/concerns/mine")) +
         web::paragraph(web::link(say("concern.raise.policies"), "/policies/about/safeguarding"));
}

Html own_concerns_page(const web::Language& say, const std::vector<ConcernRow>& all, const std::string& fresh) {
  const auto done = fresh.empty() ? Html()
                                  : web::banner(say, web::Banner::done,
                                                web::paragraph(say("concern.own.fresh", {{"reference", fresh}})) +
                                                    web::paragraph(say("concern.own.next")));
  if (all.empty())
    return done + web::empty_state({say("concern.own.empty"), say("concern.own.example"),
                                    web::link_button(say("concern.own.first"), "/concerns/new")});
  std::vector<web::ListRow> rows;
  for (const auto& row : all)
    rows.push_back({.title = say("concern.row.title", {{"reference", reference_of(row.concern.id)}}),
                    .why = say("concern.row.raised", {{"date", row.raised_on}}),
                    .beside = mark(say, row.concern)});
  return done + web::lead(say("concern.own.lead")) + web::row_list(rows) + web::privacy(say("concern.own.who_sees")) +
         web::paragraph(web::link(say("concern.own.another"), "/concerns/new"));
}

Html concerns_page(const web::Language& say, const std::vector<ConcernRow>& all) {
  if (all.empty()) return web::empty_state({say("concern.list.empty"), say("concern.list.example"), {}});
  std::vector<web::ListRow> rows;
  for (const auto& row : all)
    rows.push_back({.title = say("concern.row.title", {{"reference", reference_of(row.concern.id)}}),
                    .path = row.may_open ? "/concerns/" + row.concern.id.text : "",
                    .why = say("concern.row.urgency",
                               {{"urgency", urgency_words(say, row.concern.urgency)}, {"date", row.raised_on}}),
                    .beside = mark(say, row.concern)});
  return web::lead(say("concern.list.lead")) + web::row_list(rows) + web::privacy(say("concern.list.who_sees"));
}

Html opened_concern_page(const web::Form& form, const OpenedConcernView& view) {
  const auto& say = form.say();
  const auto& one = view.opened.concern;
  const auto path = "/concerns/" + one.id.text;
  const auto contact = view.opened.contact.empty() ? say("concern.open.no_contact") : view.opened.contact;
  auto page =
      web::heading(say("concern.row.title", {{"reference", reference_of(one.id)}})) +
      web::privacy(say("concern.open.who_sees")) +
      web::summary_list({{.key = say("concern.open.words"), .value = web::text(view.opened.words)},
                         {.key = say("concern.open.urgency"), .value = web::text(urgency_words(say, one.urgency))},
                         {.key = say("concern.open.who"), .value = web::text(view.who)},
                         {.key = say("concern.open.contact"), .value = web::text(contact)},
                         {.key = say("concern.open.raised"), .value = web::text(view.raised_on)}}) +
      web::heading(2, say("concern.note.title")) +
      (view.notes.empty() ? web::paragraph(say("concern.note.none")) : notes(view.notes)) + note_form(form, path) +
      web::heading(2, say("concern.close.title"));
  if (!view.closed_on.empty())
    return std::move(page) + web::paragraph(say("concern.close.closed", {{"date", view.closed_on}}));
  if (view.notes.empty()) return std::move(page) + web::paragraph(say("concern.close.note_first"));
  return std::move(page) + web::paragraph(say("concern.close.words")) +
         web::act_form(form, path + "/closings", web::button(say("concern.close.button"), web::Button::second));
}

}  // namespace cairn::privacy
