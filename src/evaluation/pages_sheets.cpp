// SPDX-License-Identifier: Apache-2.0
// Typing sheets of paper in, twice.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "evaluation/pages_paper.hpp"

namespace cairn::evaluation {
namespace {

using instruments::Axis;
using web::Html;

constexpr std::string_view letters_a = "ypndr";
constexpr std::string_view letters_b = "4321dr";
constexpr std::string_view letters_tone = "whb";

// What the fields of a form hold: what was sent, or what they begin with.
std::string value_of(const web::Form& form, const SheetForm& view, const std::string& name) {
  for (const auto& [field, value] : view.begins_with)
    if (field == name) return form.value(name, value);
  return form.value(name);
}

Html wrong(const web::Form& form, const std::string& name) {
  const auto messages = form.messages(name);
  if (messages.empty()) return {};
  return web::tag("span", {{"class", "nhsuk-error-message"}, {"id", name + "-error"}}, messages.front());
}

// One letter; static/letters.js moves on to the next by itself.
Html letter_input(const web::Form& form, const SheetForm& view, const std::string& name, std::string_view letters,
                  const std::string& label) {
  const bool is_wrong = !form.messages(name).empty();
  return web::void_tag(
      "input", {{"class", is_wrong ? "nhsuk-input cairn-letter nhsuk-input--error" : "nhsuk-input cairn-letter"},
                {"id", name},
                {"name", name},
                {"type", "text"},
                {"maxlength", 1},
                {"autocomplete", "off"},
                {"autocapitalize", "none"},
                {"spellcheck", "false"},
                {"data-letters", letters},
                {"aria-label", label},
                web::Attribute::if_any("aria-describedby", is_wrong ? name + "-error" : ""),
                web::Attribute::if_any("aria-invalid", is_wrong ? "true" : ""),
                {"value", value_of(form, view, name)}});
}

Html item_row(const web::Form& form, const SheetForm& view, const instruments::Item& item) {
  const auto& say = form.say();
  const auto a = instruments::presence_field(item);
  const auto b = instruments::importance_field(item);
  return web::tag("div", {{"class", "cairn-letters__row"}},
                  web::tag("span", {{"class", "cairn-letters__words"}}, web::tag("strong", {}, item.id),
                           " " + item.label, wrong(form, a), wrong(form, b)),
                  letter_input(form, view, a, letters_a, say("evaluation.sheets.letter_a", {{"statement", item.id}})),
                  letter_input(form, view, b, letters_b, say("evaluation.sheets.letter_b", {{"statement", item.id}})));
}

Html statements(const web::Form& form, const SheetForm& view) {
  const auto& say = form.say();
  Html all = web::tag("div", {{"class", "cairn-letters__key"}},
                      web::paragraph(web::tag("strong", {}, "A ") + web::text(say("evaluation.sheets.key_a"))),
                      web::paragraph(web::tag("strong", {}, "B ") + web::text(say("evaluation.sheets.key_b"))));
  const auto& instrument = view.round.instrument;
  for (std::size_t number = 0; number < instrument.sections.size(); ++number) {
    const auto& section = instrument.sections[number];
    Html rows = web::tag("div", {{"class", "cairn-letters__row cairn-letters__head"}, {"aria-hidden", "true"}},
                         web::tag("span", {}, ""), web::tag("span", {}, "A"), web::tag("span", {}, "B"));
    for (const auto& item : instrument.items)
      if (item.section == number) rows += item_row(form, view, item);
    all += web::fieldset(section.id + ". " + section.title, web::tag("div", {{"class", "cairn-letters"}}, rows));
  }
  return all;
}

Html head(const web::Form& form, const SheetForm& view) {
  const auto& say = form.say();
  Html fields;
  if (view.check_number.empty())
    fields += web::text_input(form, {.name = "number",
                                     .label = say("evaluation.sheets.number"),
                                     .hint = say("evaluation.sheets.number_hint"),
                                     .width = 10,
                                     .autocomplete = "off"});
  else
    fields += web::hidden("number", view.check_number);
  if (view.round.asking.sites.size() > 1) {
    web::ChoiceField site{.name = "site", .label = say("evaluation.sheets.site")};
    for (const auto& one : view.round.asking.sites) site.options.push_back({std::to_string(one.number), one.name});
    site.chosen = {value_of(form, view, "site")};
    fields += web::select(form, site);
  }
  web::ChoiceField group{.name = "stakeholder", .label = say("evaluation.sheets.group"), .need = web::Need::optional};
  for (const auto& code : instruments::known_groups(Axis::stakeholder))
    group.options.push_back({code, group_name(say, Axis::stakeholder, code)});
  group.chosen = {value_of(form, view, "stakeholder")};
  return web::tag("div", {{"class", "cairn-sheet-head"}}, fields + web::select(form, group));
}

Html chosen(const web::Form& form, const SheetForm& view) {
  const auto& say = form.say();
  Html all = web::quiet(say("evaluation.sheets.chosen_hint"));
  for (std::size_t place = 1; place <= view.round.instrument.most_important; ++place) {
    const auto top = instruments::choice_field(place);
    const auto tone = instruments::tone_field(place);
    const auto reason = instruments::reason_field(place);
    const auto number = std::to_string(place);
    all += web::tag(
        "div", {{"class", "cairn-sheet-choice"}},
        web::text_input(form, {.name = top,
                               .label = say("evaluation.sheets.chosen_number", {{"n", number}}),
                               .value = value_of(form, view, top),
                               .width = 5,
                               .autocomplete = "off",
                               .need = web::Need::optional}),
        web::tag(
            "div", {{"class", "nhsuk-form-group"}},
            web::tag("label", {{"class", "nhsuk-label nhsuk-label--s"}, {"for", tone}}, say("evaluation.sheets.tone")),
            wrong(form, tone),
            letter_input(form, view, tone, letters_tone, say("evaluation.sheets.tone_label", {{"n", number}}))),
        web::textarea(form, {.name = reason,
                             .label = say("evaluation.sheets.reason"),
                             .value = value_of(form, view, reason),
                             .rows = 2,
                             .need = web::Need::optional}));
  }
  return web::fieldset(say("evaluation.sheets.chosen"), all);
}

Html rest(const web::Form& form, const SheetForm& view) {
  const auto& say = form.say();
  web::ChoiceField why{.name = "why", .label = say("evaluation.sheets.why"), .need = web::Need::optional};
  for (const auto reason : instruments::left_out_reasons)
    why.options.push_back({std::string(reason), say("left_out.why." + std::string(reason))});
  why.chosen = {value_of(form, view, "why")};
  return web::fieldset(say("evaluation.sheets.left_out"),
                       web::select(form, why) + web::textarea(form, {.name = "why_words",
                                                                     .label = say("evaluation.sheets.why_words"),
                                                                     .value = value_of(form, view, "why_words"),
                                                                     .rows = 2,
                                                                     .need = web::Need::optional})) +
         web::textarea(form, {.name = "more",
                              .label = say("evaluation.sheets.more"),
                              .value = value_of(form, view, "more"),
                              .rows = 3,
                              .need = web::Need::optional});
}

// A letter of the form as the answer it stands for; other values as they are.
std::string said(const web::Language& say, const PaperRound& round, const std::string& field,
                 const std::string& value) {
  if (value.empty()) return say("evaluation.sheets.nothing");
  if (field == "stakeholder") return group_name(say, Axis::stakeholder, value);
  if (field == "why") return say("left_out.why." + value);
  if (field == "top") return value;
  if (field == "site") {
    const auto number = whole_number(value);
    const auto* site = number ? round.asking.site(*number) : nullptr;
    return site == nullptr ? value : site->name;
  }
  constexpr std::array<std::pair<char, std::string_view>, 5> codes{
      {{'y', "yes"}, {'p', "partly"}, {'n', "no"}, {'d', "dk"}, {'r', "nr"}}};
  const std::string question = field.ends_with(".a") ? "answer.a." : "answer.b.";
  for (const auto& [letter, code] : codes)
    if (value[0] == letter) return say(question + std::string(code));
  return say(question + value);
}

std::string where(const web::Language& say, const PaperRound& round, const std::string& field) {
  if (field == "site" || field == "stakeholder" || field == "top" || field == "why")
    return say("evaluation.sheets.where." + field);
  const auto item = round.instrument.index_of(field.substr(0, field.rfind('.')));
  const auto name = item ? item_name(round.instrument.items[*item]) : field;
  return say(field.ends_with(".a") ? "evaluation.sheets.where.a" : "evaluation.sheets.where.b", {{"statement", name}});
}

std::string state_of(const web::Language& say, const SheetLine& line) {
  if (line.outcome == "counted") return say.count("evaluation.sheets.counted", line.differences);
  if (line.outcome == "too_late") return say("evaluation.sheets.too_late");
  return say("evaluation.sheets.waits", {{"who", line.entered_by}, {"day", say.date(line.entered_on)}});
}

}  // namespace

Html sheets_page(const web::Language& say, const SheetsView& view) {
  Html page = web::heading(say("evaluation.sheets.title"));
  if (!view.kept.empty())
    page = web::banner(say, web::Banner::done, web::paragraph(say("evaluation.sheets.kept", {{"number", view.kept}}))) +
           page;
  page += web::lead(say("evaluation.sheets.lead"));
  const auto waiting =
      std::count_if(view.lines.begin(), view.lines.end(), [](const SheetLine& line) { return line.outcome.empty(); });
  if (waiting > 0) page += web::paragraph(say.count("evaluation.sheets.waiting", waiting));
  const auto enter = web::link_button(say("evaluation.sheets.enter"), view.round.path + "/sheets/new");
  if (!view.may_enter) page += web::note(web::paragraph(say("evaluation.sheets.shut")));
  std::vector<web::ListRow> rows;
  for (const auto& line : view.lines) {
    if (line.outcome == "removed") continue;
    web::ListRow row{say("evaluation.sheets.sheet", {{"number", line.number}}), {}, state_of(say, line)};
    const auto path = view.round.path + "/sheets/" + line.id;
    if (line.outcome.empty() && view.may_enter)
      row.beside = web::link_button(say("evaluation.sheets.check"), path, web::Button::second);
    if (line.outcome.empty())
      row.below = web::link(say("evaluation.sheets.remove", {{"number", line.number}}), path + "/removal");
    rows.push_back(std::move(row));
  }
  if (rows.empty() && view.may_enter)
    return page + web::empty_state({say("evaluation.sheets.empty"), say("evaluation.sheets.empty_example"), enter}) +
           web::paragraph(web::link(say("evaluation.paper.title"), view.round.path + "/paper"));
  if (view.may_enter) page += enter;
  return page + web::row_list(rows) +
         web::paragraph(web::link(say("evaluation.paper.title"), view.round.path + "/paper"));
}

Html sheet_form_page(const web::Form& form, const SheetForm& view) {
  const auto& say = form.say();
  const bool second = !view.check_number.empty();
  Html page;
  if (!view.kept.empty())
    page += web::banner(say, web::Banner::done, web::paragraph(say("evaluation.sheets.kept", {{"number", view.kept}})));
  page += web::heading(second ? say("evaluation.sheets.check_title", {{"number", view.check_number}})
                              : say("evaluation.sheets.new_title"));
  if (second) {
    page += web::lead(say("evaluation.sheets.check_lead"));
    page += view.own ? web::note(web::paragraph(say("evaluation.sheets.check_own")))
                     : web::quiet(say("evaluation.sheets.check_by", {{"who", view.first_by}}));
  } else {
    page += web::lead(say("evaluation.sheets.new_lead"));
  }
  page += web::privacy(say("evaluation.sheets.who_sees"));
  Html content = second ? Html() : web::once_field(form);
  content += head(form, view) + statements(form, view) + chosen(form, view) + rest(form, view);
  if (second)
    return page + web::post_form(form, view.post_path, content + web::button(say("evaluation.sheets.compare")));
  return page + web::post_form(
                    form, view.post_path,
                    content + web::button_group(
                                  {web::button(say("evaluation.sheets.keep_next"), web::Button::main, "then", "next"),
                                   web::button(say("evaluation.sheets.keep"), web::Button::second)}));
}

Html sheet_choice_page(const web::Form& form, const SheetChoiceView& view) {
  const auto& say = form.say();
  Html fields;
  for (const auto& [name, value] : form.sent.all())
    if (!name.starts_with('_') && !name.starts_with("choose.") && name != "act") fields += web::hidden(name, value);
  for (const auto& difference : view.differences)
    fields += web::radios(
        form, {.name = choice_name(difference),
               .label = where(say, view.round, difference.field),
               .options = {{"first", say("evaluation.sheets.first",
                                         {{"answer", said(say, view.round, difference.field, difference.first)}})},
                           {"second", say("evaluation.sheets.second",
                                          {{"answer", said(say, view.round, difference.field, difference.second)}})}},
               .shape = web::Shape::pills});
  const auto n = static_cast<std::int64_t>(view.differences.size());
  return web::heading(say("evaluation.sheets.choice_title", {{"number", view.number}})) +
         web::lead(say.count("evaluation.sheets.choice_lead", n)) +
         web::post_form(form, view.post_path,
                        fields + web::button_group(
                                     {web::button(say("evaluation.sheets.count"), web::Button::main, "act", "count"),
                                      web::button(say("evaluation.sheets.back"), web::Button::second, "act", "back")}));
}

Html sheet_removal_page(const web::Form& form, const PaperRound& round, const SheetLine& sheet) {
  const auto& say = form.say();
  web::ChoiceField why{.name = "why", .label = say("evaluation.sheets.removal_why")};
  for (const auto reason : instruments::sheet_removals)
    why.options.push_back({std::string(reason), say("evaluation.sheets.removal." + std::string(reason))});
  return web::heading(say("evaluation.sheets.removal_title", {{"number", sheet.number}})) +
         web::lead(say("evaluation.sheets.removal_lead")) +
         web::post_form(
             form, round.path + "/sheets/" + sheet.id + "/removal",
             web::radios(form, why) + web::button(say("evaluation.sheets.removal_button"), web::Button::warning)) +
         web::paragraph(web::link(say("evaluation.sheets.removal_keep"), round.path + "/sheets"));
}

}  // namespace cairn::evaluation
