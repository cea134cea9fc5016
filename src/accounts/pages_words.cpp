// SPDX-License-Identifier: Apache-2.0
#include "accounts/pages_words.hpp"

namespace cairn::accounts {
namespace {

using web::Html;

std::string term_label(const web::Language& say, const std::string& term) {
  return say("words.term." + term);
}

Html word_rows(const web::Language& say, const std::vector<WordLine>& words, const std::string& language,
               const std::string& service) {
  std::vector<web::ListRow> rows;
  for (const auto& word : words)
    rows.push_back({.title = word.wording.one,
                    .path = words_path(language, word.term, service),
                    .why = say("words.row", {{"meaning", term_label(say, word.term)}, {"many", word.wording.many}}),
                    .beside = word.own ? web::tag_mark(say("words.own"), web::Tone::done) : Html()});
  return web::row_list(rows);
}

Html language_tabs(const web::Language& say, const WordsView& view) {
  if (view.languages.size() < 2) return {};
  std::vector<web::Link> tabs;
  for (const auto& one : view.languages) tabs.push_back({one.name, words_path(one.code), one.code == view.language});
  return web::tabs(say("words.languages"), tabs);
}

// Two sentences in which every form of the word stands once.
Html preview(const web::Language& say, const Wording& word) {
  return web::note(say("words.preview"),
                   web::paragraph(say("words.preview.first", {{"article", word.article}, {"start", word.start}})) +
                       web::paragraph(say("words.preview.second", {{"many", word.many}, {"starts", word.starts}})));
}

Html fields(const web::Form& form, const WordView& view) {
  const auto& say = form.say();
  const auto& now = view.preview ? *view.preview : view.now;
  const auto field = [&](const char* name, const char* label, const char* hint, const std::string& value,
                         web::Need need) {
    return web::text_input(form, {.name = name,
                                  .label = say(label),
                                  .hint = hint ? say(hint) : std::string(),
                                  .value = value,
                                  .width = 20,
                                  .need = need});
  };
  const bool follow = form.was_sent || view.own;
  const auto derived = [&](const std::string& value) { return follow ? value : std::string(); };
  return field("one", "words.one", "words.one_hint", now.one, web::Need::required) +
         field("many", "words.many", nullptr, now.many, web::Need::required) +
         web::details(say("words.more"),
                      web::paragraph(say("words.more_why")) +
                          field("article", "words.article", nullptr, derived(now.article), web::Need::optional) +
                          field("start", "words.start", nullptr, derived(now.start), web::Need::optional) +
                          field("starts", "words.starts", nullptr, derived(now.starts), web::Need::optional));
}

Html history(const web::Language& say, const WordView& view) {
  if (view.history.empty()) return {};
  std::vector<std::string> lines;
  for (const auto& change : view.history)
    lines.push_back(change.wording
                        ? say("words.history.chosen", {{"date", say.short_date(change.on)},
                                                       {"who", change.who},
                                                       {"one", change.wording->one},
                                                       {"many", change.wording->many}})
                        : say("words.history.standard", {{"date", say.short_date(change.on)}, {"who", change.who}}));
  return web::heading(2, say("words.history")) + web::bullets(lines);
}

Html hidden_place(const WordView& view) {
  return web::hidden("service", view.service) + web::hidden("language", view.language);
}

}  // namespace

std::string words_path(const std::string& language, const std::string& term, const std::string& service) {
  auto path = term.empty() ? std::string("/words") : "/words/" + term;
  std::string query;
  if (!service.empty()) query += "&service=" + service;
  if (!language.empty() && language != "en") query += "&language=" + language;
  if (!query.empty()) query[0] = '?';
  return path + query;
}

Html words_page(const web::Language& say, const WordsView& view) {
  Html services;
  for (const auto& service : view.services)
    services += web::heading(3, service.name) + word_rows(say, service.words, view.language, service.id);
  return web::lead(say("words.lead")) + language_tabs(say, view) + word_rows(say, view.words, view.language, {}) +
         (services.empty()
              ? Html()
              : web::heading(2, say("words.services")) + web::paragraph(say("words.services_why")) + services);
}

Html word_page(const web::Form& form, const WordView& view) {
  const auto& say = form.say();
  const auto place =
      view.service.empty()
          ? say("words.for_all", {{"meaning", term_label(say, view.term)}})
          : say("words.for_service", {{"meaning", term_label(say, view.term)}, {"service", view.service_name}});
  const auto content = hidden_place(view) + fields(form, view) + preview(say, view.preview.value_or(view.now)) +
                       web::button_group({web::button(say("words.keep")),
                                          web::button(say("words.show"), web::Button::second, "show", "yes")});
  const auto standard =
      view.own ? web::act_form(form, "/words/" + view.term + "/standard",
                               hidden_place(view) + web::button(say("words.standard", {{"one", view.standard.one}}),
                                                                web::Button::second))
               : Html();
  return web::lead(place) + web::post_form(form, "/words/" + view.term, content) + standard + history(say, view);
}

Html language_page(const web::Form& form, const std::vector<web::LanguageChoice>& languages, const std::string& back) {
  const auto& say = form.say();
  web::ChoiceField choice{.name = "language", .label = say("language.which"), .hint = say("language.kept")};
  for (const auto& one : languages) choice.options.push_back({.value = one.code, .label = one.name});
  choice.chosen = {say.code()};
  return web::post_form(form, "/language",
                        web::hidden("back", back) + web::radios(form, choice) + web::button(say("language.choose")));
}

}  // namespace cairn::accounts
