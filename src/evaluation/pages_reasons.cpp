// SPDX-License-Identifier: Apache-2.0
#include "evaluation/pages_reasons.hpp"

#include <algorithm>
#include <set>

namespace cairn::evaluation {
namespace {

using instruments::TellingPart;
using web::Html;

constexpr std::size_t longest_in_list = 160;  // bytes, cut at a word

std::string shortened(const std::string& words) {
  if (words.size() <= longest_in_list) return words;
  const auto space = words.rfind(' ', longest_in_list);
  return words.substr(0, space == std::string::npos ? 0 : space) + " …";
}

std::string about(const web::Language& say, const std::string& item) {
  return item.empty() ? say("evaluation.said.else") : item;
}

Html group(const web::Language& say, const ReasonsView& view, std::string_view outcome, std::string_view key) {
  std::vector<web::ListRow> rows;
  for (const auto& line : view.lines)
    if (line.outcome == outcome)
      rows.push_back({about(say, line.item), view.path + "/reasons/" + line.id, shortened(line.words)});
  if (rows.empty()) return {};
  return web::heading(2, say.count(key, static_cast<std::int64_t>(rows.size()))) + web::row_list(rows);
}

// The words with what looks telling marked, kind by kind in words for those who do not see colours.
Html marked(const web::Language& say, const ReasonView& view) {
  Html all;
  std::size_t from = 0;
  const std::string_view words = view.now.words;
  for (const auto& part : view.now.telling) {
    all += web::line_breaks(words.substr(from, part.from - from));
    all += web::tag("mark", {{"class", "cairn-telling"}}, words.substr(part.from, part.to - part.from),
                    web::tag("span", {{"class", "cairn-telling__why"}},
                             " " + say("evaluation.reasons.telling." + std::string(code(part.why)))));
    from = part.to;
  }
  return web::tag("blockquote", {{"class", "cairn-reading"}},
                  web::paragraph(all + web::line_breaks(words.substr(from))));
}

Html suggestions(const web::Form& form, const ReasonView& view) {
  if (view.now.telling.empty()) return web::paragraph(form.say()("evaluation.reasons.no_suggestions"));
  web::ChoiceField field{.name = "strike",
                         .label = form.say()("evaluation.reasons.suggestions"),
                         .hint = form.say()("evaluation.reasons.suggestions_hint")};
  std::set<std::string> known;
  for (const auto& part : view.now.telling) {
    const auto value = strike_value(part, view.now.words);
    if (!known.insert(value).second) continue;
    field.options.push_back({value,
                             std::string(std::string_view(view.now.words).substr(part.from, part.to - part.from)),
                             form.say()("evaluation.reasons.telling." + std::string(code(part.why)))});
    field.chosen.push_back(value);
  }
  // Whatever was ticked before, what is suggested now begins ticked.
  auto fresh = form;
  fresh.was_sent = false;
  return web::checkboxes(fresh, field) +
         web::button(form.say()("evaluation.reasons.strike"), web::Button::second, "act", "strike");
}

Html beside(const web::Form& form, const ReasonView& view) {
  const auto& say = form.say();
  web::ChoiceField field{.name = "beside", .label = say("evaluation.reasons.beside")};
  for (const auto* code : {"group", "site", "nobody"})
    field.options.push_back({code, say("evaluation.reasons.beside." + std::string(code)),
                             say("evaluation.reasons.beside_hint." + std::string(code))});
  field.chosen = {view.stood_beside.empty() ? "group" : view.stood_beside};
  return web::radios(form, field);
}

Html read_twice(const web::Language& say, const ReasonView& view) {
  if (view.now.read_twice.empty()) return {};
  std::vector<std::string> quoted;
  for (const auto& phrase : view.now.read_twice) quoted.push_back("“" + phrase + "”");
  return web::attention(say("evaluation.reasons.twice_title"),
                        web::paragraph(say("evaluation.reasons.twice", {{"phrases", say.list(quoted)}})));
}

}  // namespace

std::string strike_mark(const web::Language& say, instruments::Telling why) {
  return "[" + say("evaluation.reasons.mark." + std::string(code(why))) + "]";
}

Html reasons_page(const web::Language& say, const ReasonsView& view) {
  Html page = web::heading(say("evaluation.reasons.title"));
  if (view.still_asking)
    return page + web::lead(say("evaluation.reasons.still_asking", {{"day", say.date(view.last_day)}}));
  page += web::lead(say("evaluation.reasons.lead")) + web::privacy(say("evaluation.reasons.who_sees"));
  if (!view.left_out.empty()) page += web::note(web::paragraph(view.left_out));
  if (view.lines.empty()) return page + web::paragraph(say("evaluation.reasons.none"));
  return page + group(say, view, "", "evaluation.reasons.to_review") +
         group(say, view, "shown", "evaluation.reasons.shown") +
         group(say, view, "kept_back", "evaluation.reasons.kept_back");
}

Html reason_page(const web::Form& form, const ReasonView& view) {
  const auto& say = form.say();
  Html page;
  if (!view.struck.empty()) page += web::banner(say, web::Banner::done, web::paragraph(view.struck));
  page += web::heading(say("evaluation.reasons.one_title"));
  page += web::lead(say("evaluation.reasons.one_lead")) + web::privacy(say("evaluation.reasons.who_sees"));
  if (!view.outcome.empty()) page += web::note(web::paragraph(say("evaluation.reasons.outcome." + view.outcome)));
  page += web::heading(2, about(say, view.item)) + marked(say, view) + read_twice(say, view);
  if (view.now.words != view.original)
    page += web::details(say("evaluation.reasons.original"), web::paragraph(web::line_breaks(view.original)));
  // The words stand as they are now, not as they were sent: striking out has changed them.
  auto now = form;
  if (!view.struck.empty()) now.was_sent = false;
  Html fields = web::hidden("seen", std::to_string(view.seen)) + suggestions(form, view);
  fields += web::textarea(now, {.name = "words",
                                .label = say("evaluation.reasons.words"),
                                .hint = say("evaluation.reasons.words_hint"),
                                .value = view.now.words,
                                .rows = 6});
  fields += beside(form, view);
  if (!view.now.telling.empty())
    fields += web::checkboxes(form, {.name = "read_again",
                                     .label = say("evaluation.reasons.read_again_title"),
                                     .options = {{"yes", say("evaluation.reasons.read_again")}},
                                     .need = web::Need::optional});
  fields +=
      web::button_group({web::button(say("evaluation.reasons.may_be_shown"), web::Button::main, "act", "shown"),
                         web::button(say("evaluation.reasons.keep_back"), web::Button::second, "act", "kept_back")});
  return page + web::post_form(form, view.post_path, fields) +
         web::paragraph(web::link(say("evaluation.reasons.later"), view.list_path));
}

}  // namespace cairn::evaluation
