// SPDX-License-Identifier: Apache-2.0
#include "app/letters_page.hpp"

#include "base/text.hpp"

namespace cairn::app {
namespace {

using jobs::LetterState;
using web::Html;

std::string kind_words(const web::Language& say, const std::string& kind) {
  return say("letter.kind." + kind);
}

Html mark(const web::Language& say, LetterState state) {
  const auto tone = state == LetterState::sent       ? web::Tone::done
                    : state == LetterState::given_up ? web::Tone::talk
                    : state == LetterState::waiting  ? web::Tone::waiting
                                                     : web::Tone::plain;
  return web::tag_mark(say("letter.state." + std::string(code(state))), tone);
}

std::string since(const web::Language& say, const LetterLine& line) {
  switch (line.state) {
    case LetterState::sent:
      return say("letter.sent_on", {{"date", say.day(line.ended_on.value_or(line.due_on))}});
    case LetterState::dropped:
      return say("letter.dropped_on", {{"date", say.day(line.ended_on.value_or(line.due_on))}});
    case LetterState::given_up:
      return say("letter.given_up." + line.reason, {{"date", say.day(line.ended_on.value_or(line.due_on))}});
    case LetterState::waiting:
      break;
  }
  const auto due = say("letter.waiting_since", {{"date", say.day(line.due_on)}});
  return line.tries == 0 ? due : due + " " + say.count("letter.tries", line.tries);
}

Html line_acts(const web::Form& form, const LetterLine& line, const LettersView& view) {
  const auto& say = form.say();
  Html acts = mark(say, line.state);
  const bool waits = line.state == LetterState::waiting;
  if (waits && view.may_open) acts += web::link_button(say("letter.open"), "/letters/" + line.id, web::Button::second);
  if (line.state == LetterState::given_up || (waits && line.tries > 0 && view.has_mail_server))
    acts += web::act_form(form, "/letters/" + line.id + "/again",
                          web::button(say("letter.try_again"), web::Button::second));
  return acts;
}

Html each_letter(const web::Form& form, const LettersView& view) {
  const auto& say = form.say();
  std::vector<web::ListRow> rows;
  for (const auto& line : view.each) {
    const auto to = line.to.empty() ? std::string() : say("letter.to", {{"address", line.to}}) + " ";
    rows.push_back({.title = kind_words(say, line.kind),
                    .why = to + say("letter.made_on", {{"date", say.day(line.made_on)}}) + " " + since(say, line),
                    .beside = line_acts(form, line, view)});
  }
  if (rows.empty()) return web::paragraph(say("letter.none"));
  return web::row_list(rows) + (view.shortened ? web::quiet(say("letter.shortened")) : Html());
}

Html totals(const web::Language& say, const LettersView& view) {
  if (view.totals.empty()) return {};
  web::Table table{.caption = say("letter.totals"),
                   .columns = {{say("letter.column.kind")},
                               {say("letter.state.sent"), web::Column::number},
                               {say("letter.state.waiting"), web::Column::number},
                               {say("letter.state.dropped"), web::Column::number},
                               {say("letter.state.given_up"), web::Column::number}}};
  for (const auto& one : view.totals)
    table.rows.push_back({web::text(kind_words(say, one.kind)), web::text(say.number(one.sent)),
                          web::text(say.number(one.waiting)), web::text(say.number(one.dropped)),
                          web::text(say.number(one.given_up))});
  return web::table(table) + web::quiet(say("letter.totals_why"));
}

Html warnings(const web::Form& form, const LettersView& view) {
  const auto& say = form.say();
  Html all;
  if (!view.has_mail_server)
    all += view.may_open
               ? web::note(say("letter.demonstration.title"), web::paragraph(say("letter.demonstration.words")))
               : web::attention(say("letter.no_server.title"), web::paragraph(say("letter.no_server.words")));
  if (view.given_up > 0)
    all += web::attention(
        say.count("letter.given_up.title", view.given_up),
        web::paragraph(say("letter.given_up.words")) +
            web::act_form(form, "/letters/again", web::button(say("letter.try_all_again"), web::Button::second)));
  return all;
}

Html wordings(const web::Language& say, const LettersView& view) {
  std::vector<Html> links;
  links.reserve(view.kinds.size());
  for (const auto& kind : view.kinds) links.push_back(web::link(kind_words(say, kind), "/letters/kinds/" + kind));
  return web::heading(2, say("letter.wordings")) + web::paragraph(say("letter.wordings_why")) + web::bullets(links);
}

// The words, with addresses of this site as links by their path: the copy of the page at hand may stand elsewhere.
Html with_links(std::string_view line, const std::string& site_address) {
  const auto at = line.find(site_address + "/");
  if (at == std::string_view::npos) return web::text(line);
  const auto end = std::min(line.find_first_of(" \t", at), line.size());
  const auto address = line.substr(at, end - at);
  const auto path = address.substr(site_address.size());
  // The standard wording has no real link: "/..." leads nowhere.
  if (path.find("...") != std::string_view::npos) return web::text(line);
  return web::text(line.substr(0, at)) + web::link(address, path) + web::text(line.substr(end));
}

}  // namespace

Html letters_page(const web::Form& form, const LettersView& view) {
  const auto& say = form.say();
  return web::lead(say("letter.lead")) + warnings(form, view) + each_letter(form, view) + totals(say, view) +
         web::heading(2, say("letter.test")) + web::paragraph(say("letter.test_why")) +
         web::act_form(form, "/letters/test", web::button(say("letter.test_send"))) + wordings(say, view);
}

Html letter_page(const web::Language& say, const jobs::Letter& letter, const std::string& site_address) {
  Html words;
  for (const auto line : split(letter.body, '\n')) words += with_links(line, site_address) + web::void_tag("br", {});
  return web::summary_list({{.key = say("letter.to_whom"), .value = web::text(letter.to)},
                            {.key = say("letter.subject"), .value = web::text(letter.subject)}}) +
         web::panel(web::tag("p", {}, words)) + web::paragraph(web::link(say("letter.back"), "/letters"));
}

}  // namespace cairn::app
