// SPDX-License-Identifier: Apache-2.0
// The questions themselves, a step at a time.
#include <array>

#include "instruments/pages_answer.hpp"

namespace cairn::instruments {
namespace {

using web::Html;

constexpr std::array<std::string_view, 5> presences{"yes", "partly", "no", "dk", "nr"};
constexpr std::array<std::string_view, 6> importances{"4", "3", "2", "1", "dk", "nr"};

template <std::size_t count>
std::vector<web::Option> options(const web::Language& say, std::string_view key,
                                 const std::array<std::string_view, count>& codes) {
  std::vector<web::Option> all;
  for (const auto code : codes)
    all.push_back({.value = std::string(code), .label = say(std::string(key) + std::string(code))});
  return all;
}

std::vector<std::string> chosen(std::string_view code) {
  return code.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string(code)};
}

// The two questions about one statement, side by side where there is room.
Html one_item(const AnswerPage& page, std::size_t index) {
  const auto& say = page.form.say();
  const auto& item = page.instrument.items[index];
  const auto presence = web::radios(page.form, {.name = presence_field(item),
                                                .label = page.instrument.question_a,
                                                .options = options(say, "answer.a.", presences),
                                                .chosen = chosen(code(page.answers.presence[index])),
                                                .shape = web::Shape::pills});
  const auto importance = web::radios(page.form, {.name = importance_field(item),
                                                  .label = page.instrument.question_b,
                                                  .options = options(say, "answer.b.", importances),
                                                  .chosen = chosen(code(page.answers.importance[index])),
                                                  .shape = web::Shape::pills});
  const auto explain = item.explain.empty() ? Html() : web::quiet(item.explain);
  const auto legend = say("answer.statement", {{"number", std::to_string(index + 1)}, {"text", item.text}});
  return web::fieldset(legend, explain + web::tag("div", {{"class", "cairn-two-questions"}}, presence, importance));
}

// Where saving is told, in place, once script runs.
Html keeping(const web::Language& say) {
  return web::tag("p",
                  {{"class", "cairn-keeping"},
                   {"role", "status"},
                   {"data-kept", say("answer.keeping.kept")},
                   {"data-waiting", say("answer.keeping.waiting")},
                   {"data-over", say("answer.keeping.over")}},
                  web::Html());
}

Html keeping_form(const AnswerPage& page, const std::string& path, const Html& content) {
  return web::tag("div", {{"class", "cairn-keeping-form cairn-answering"}, {"data-keeps", path}},
                  web::post_form(page.form, path, content + keeping(page.form.say())));
}

// A form that is sent as a whole.
Html step_form(const AnswerPage& page, const std::string& path, const Html& content) {
  return web::tag("div", {{"class", "cairn-answering"}}, web::post_form(page.form, path, content));
}

// Starting a part again takes two presses: it takes answers away, and stands near what everybody presses.
Html starting_again(const web::Language& say) {
  return web::details(
      say("answer.clear.title"),
      web::paragraph(say("answer.clear.says")) + web::button(say("answer.clear"), web::Button::second, "act", "clear"));
}

// Tells, where script runs, how many were chosen.
Html chosen_told(const AnswerPage& page) {
  const auto& say = page.form.say();
  const auto most = std::to_string(page.instrument.most_important);
  // The script fills in the number.
  return web::tag("p",
                  {{"class", "cairn-chosen"},
                   {"role", "status"},
                   {"data-told", say("answer.choose.told", {{"n", "{n}"}, {"most", most}})},
                   {"data-full", say("answer.choose.full", {{"n", "{n}"}, {"most", most}})}},
                  web::Html());
}

Html steps_bar(const AnswerPage& page, std::string_view label, std::size_t done) {
  const auto of = page.instrument.sections.size() + 3;
  return web::progress(page.form.say()("answer.progress",
                                       {{"part", std::to_string(done)}, {"of", std::to_string(of)}, {"title", label}}),
                       static_cast<std::int64_t>(done) - 1, static_cast<std::int64_t>(of));
}

Html footer(const AnswerPage& page, std::string_view back) {
  const auto& say = page.form.say();
  const auto key = page.asking.mode == Mode::named ? "answer.footer.named" : "answer.footer.anonymous";
  return web::paragraph(web::link(say("answer.back"), back)) +
         web::privacy(say(key, {{"smallest", say.words(page.asking.smallest_group)}})) +
         web::paragraph(web::link(say("answer.pause.link"), page.path));
}

std::string reason_field(const Item& item, std::string_view part) {
  return "reason." + item.id + "." + std::string(part);
}

Html one_reason(const AnswerPage& page, std::uint8_t index) {
  const auto& say = page.form.say();
  const auto& item = page.instrument.items[index];
  const auto found = page.answers.reasons.find(index);
  const Reason reason = found == page.answers.reasons.end() ? Reason{} : found->second;
  const auto tone = web::radios(page.form, {.name = reason_field(item, "tone"),
                                            .label = say("answer.tone"),
                                            .options = {{.value = "well", .label = say("answer.tone.well")},
                                                        {.value = "hard", .label = say("answer.tone.hard")},
                                                        {.value = "both", .label = say("answer.tone.both")}},
                                            .chosen = chosen(reason.tone),
                                            .shape = web::Shape::pills});
  const auto words = web::textarea(page.form, {.name = reason_field(item, "words"),
                                               .label = say("answer.why_chosen"),
                                               .value = reason.words,
                                               .rows = 3,
                                               .longest = longest_reason,
                                               .need = web::Need::optional});
  return web::fieldset(item.text, tone + words);
}

std::vector<web::SummaryRow> section_rows(const AnswerPage& page) {
  const auto& say = page.form.say();
  std::vector<web::SummaryRow> rows;
  for (std::size_t section = 0; section < page.instrument.sections.size(); ++section) {
    std::int64_t of = 0;
    for (const auto& item : page.instrument.items) of += item.section == section ? 1 : 0;
    const auto answered = page.answers.answered_in(page.instrument, section);
    rows.push_back({.key = page.instrument.sections[section].title,
                    .value = web::text(
                        say("answer.check.answered", {{"n", std::to_string(answered)}, {"of", std::to_string(of)}})),
                    .act = say("answer.check.change"),
                    .act_path = step_path(page, Step::section, section)});
  }
  return rows;
}

Html chosen_rows(const AnswerPage& page) {
  const auto& say = page.form.say();
  std::vector<std::string> items;
  for (const auto index : page.answers.most_important) items.push_back(page.instrument.items[index].text);
  const auto none = web::text(say("answer.check.none_chosen"));
  auto rows = section_rows(page);
  rows.push_back({.key = say("answer.check.chosen"),
                  .value = items.empty() ? none : web::bullets(items),
                  .act = say("answer.check.change"),
                  .act_path = step_path(page, Step::choose)});
  std::int64_t written = page.answers.more.empty() ? 0 : 1;
  for (const auto& [item, reason] : page.answers.reasons) written += reason.words.empty() ? 0 : 1;
  rows.push_back({.key = say("answer.check.written"),
                  .value = web::text(say.count("answer.check.written", written)),
                  .act = say("answer.check.change"),
                  .act_path = step_path(page, Step::why)});
  return web::summary_list(rows);
}

}  // namespace

std::string step_path(const AnswerPage& page, Step step, std::size_t section) {
  switch (step) {
    case Step::section:
      return page.path + "/parts/" + std::to_string(section + 1);
    case Step::choose:
      return page.path + "/most-important";
    case Step::why:
      return page.path + "/why";
    case Step::check:
      return page.path + "/check";
  }
  return page.path;
}

Html section_page(const AnswerPage& page, std::size_t section) {
  const auto& say = page.form.say();
  const auto& title = page.instrument.sections[section].title;
  const auto path = step_path(page, Step::section, section);
  Html items = web::hidden("state", section_state(page.answers, page.instrument, section));
  for (std::size_t i = 0; i < page.instrument.items.size(); ++i)
    if (page.instrument.items[i].section == section) items += one_item(page, i);
  items += web::button(say("answer.save"), web::Button::main, "act", "next") + starting_again(say);
  const auto back = section == 0 ? page.path : step_path(page, Step::section, section - 1);
  return steps_bar(page, title, section + 1) + web::heading(title) +
         web::paragraph(web::text(say("answer.nothing_compulsory") + " ") +
                        web::tag("strong", {}, say("answer.we_save"))) +
         keeping_form(page, path, items) + footer(page, back);
}

Html choose_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  web::ChoiceField field{.name = "most_important",
                         .label = say("answer.choose.label"),
                         .hint = say("answer.choose.hint"),
                         .need = web::Need::required,
                         .size = web::LabelSize::large};
  for (const auto index : to_choose_from(page.answers, page.instrument)) {
    const auto& item = page.instrument.items[index];
    field.options.push_back({.value = item.id, .label = item.text});
  }
  for (const auto index : page.answers.most_important) field.chosen.push_back(page.instrument.items[index].id);
  const auto sections = page.instrument.sections.size();
  return steps_bar(page, say("answer.choose.step"), sections + 1) + web::heading(say("answer.choose.title")) +
         web::lead(say("answer.choose.lead")) +
         keeping_form(page, step_path(page, Step::choose),
                      web::tag("div", {{"class", "cairn-choose"}, {"data-most", page.instrument.most_important}},
                               chosen_told(page), web::checkboxes(page.form, field)) +
                          web::button(say("answer.save"))) +
         footer(page, step_path(page, Step::section, sections - 1));
}

Html why_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  Html fields;
  for (const auto index : page.answers.most_important) fields += one_reason(page, index);
  fields += web::textarea(page.form, {.name = "more",
                                      .label = say("answer.more"),
                                      .hint = say("answer.more.hint"),
                                      .value = page.answers.more,
                                      .rows = 4,
                                      .longest = longest_reason,
                                      .need = web::Need::optional});
  fields += web::button(say("answer.save"));
  return steps_bar(page, say("answer.why_step"), page.instrument.sections.size() + 2) +
         web::heading(say("answer.why_title")) + web::lead(say("answer.why_lead")) +
         web::note(say("answer.why_note.title"), web::paragraph(say("answer.why_note"))) +
         keeping_form(page, step_path(page, Step::why), fields) + footer(page, step_path(page, Step::choose));
}

Html check_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  const auto* site = page.asking.site(page.answers.site);
  const auto about = say("answer.check.about", {{"group", stakeholder_label(say, page.answers.stakeholder)},
                                                {"site", site ? site->name : std::string()}});
  const auto key = page.asking.mode == Mode::named ? "answer.check.named" : "answer.check.anonymous";
  return steps_bar(page, say("answer.check.step"), page.instrument.sections.size() + 3) +
         web::heading(say("answer.check.title")) + web::lead(about) + chosen_rows(page) +
         web::note(web::paragraph(say(key))) +
         step_form(page, page.path + "/send", web::button(say("answer.check.send"))) +
         footer(page, step_path(page, Step::why));
}

Html left_out_page(const AnswerPage& page) {
  const auto& say = page.form.say();
  web::ChoiceField why{.name = "why", .label = say("left_out.why")};
  for (const auto reason : left_out_reasons)
    why.options.push_back({.value = std::string(reason), .label = say("left_out.why." + std::string(reason))});
  if (page.answers.left_out) why.chosen = {page.answers.left_out->why};
  const auto words = web::textarea(page.form, {.name = "words",
                                               .label = say("left_out.words"),
                                               .hint = say("left_out.words.hint"),
                                               .value = page.answers.left_out ? page.answers.left_out->words : "",
                                               .longest = longest_reason,
                                               .need = web::Need::optional});
  return web::heading(say("left_out.title")) + web::lead(say("left_out.lead")) +
         step_form(page, page.path + "/left-out",
                   web::radios(page.form, why) + words + web::button(say("left_out.send"))) +
         web::paragraph(web::link(say("left_out.back"), page.path));
}

}  // namespace cairn::instruments
