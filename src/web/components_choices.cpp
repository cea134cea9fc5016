// SPDX-License-Identifier: Apache-2.0
// Fields a person chooses in: radios, checkboxes, a list to pick from, a date.
#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "web/components_fields.hpp"
#include "web/components_frame.hpp"

namespace cairn::web {
namespace {

struct Kind {
  std::string_view type;    // "radio", "checkbox"
  std::string_view plural;  // of the class names: "radios", "checkboxes"
};

bool is_chosen(const std::vector<std::string>& chosen, const std::string& value) {
  return std::ranges::find(chosen, value) != chosen.end();
}

// The first choice has the field's own id, so that the error summary leads to it.
std::string choice_id(const ChoiceField& field, std::size_t at) {
  return at == 0 ? field.name : field.name + "-" + std::to_string(at + 1);
}

Html one_choice(const ChoiceField& field, const Kind& kind, std::size_t at, bool chosen) {
  const auto& option = field.options[at];
  const auto base = "nhsuk-" + std::string(kind.plural);
  const auto id = choice_id(field, at);
  const auto hint_id = id + "-item-hint";
  const auto input = void_tag("input", {{"class", base + "__input"},
                                        {"id", id},
                                        {"name", field.name},
                                        {"type", kind.type},
                                        {"value", option.value},
                                        {"checked", chosen},
                                        Attribute::if_any("aria-describedby", option.hint.empty() ? "" : hint_id)});
  const auto item =
      tag("div", {{"class", base + "__item"}}, input,
          tag("label", {{"class", "nhsuk-label " + base + "__label"}, {"for", id}}, option.label),
          option.hint.empty() ? Html()
                              : tag("div", {{"class", "nhsuk-hint " + base + "__hint"}, {"id", hint_id}}, option.hint));
  // Shown by the style sheet while its choice is made; a browser that cannot tell shows it always.
  return option.more.empty() ? item : item + tag("div", {{"class", base + "__conditional"}}, option.more);
}

std::string group_class(const ChoiceField& field, const Kind& kind) {
  const auto base = "nhsuk-" + std::string(kind.plural);
  switch (field.shape) {
    case Shape::list:
      return base;
    case Shape::row:
      return base + " " + base + "--inline";
    case Shape::pills:
      return base + " cairn-pills";
  }
  return base;
}

Html choices(const Form& form, const ChoiceField& field, const Kind& kind) {
  const frame::Parts parts(form, field.name, field.hint);
  const auto chosen = form.values(field.name, field.chosen);
  Html all;
  for (std::size_t at = 0; at < field.options.size(); ++at)
    all += one_choice(field, kind, at, is_chosen(chosen, field.options[at].value));
  return parts.fieldset(frame::legend(form.say(), field.label, field.need, field.size),
                        tag("div", {{"class", group_class(field, kind)}}, all));
}

struct DatePart {
  std::string_view name;  // "day"
  std::string value;
  int width;
};

Html date_part(const Form& form, const DateField& field, const DatePart& part, bool wrong) {
  const bool first = part.name == "day";
  const auto name = field.name + "-" + std::string(part.name);
  const auto id = first ? field.name : name;
  const auto classes = std::string("nhsuk-input nhsuk-date-input__input nhsuk-input--width-") +
                       std::to_string(part.width) + (wrong ? " nhsuk-input--error" : "");
  return tag("div", {{"class", "nhsuk-date-input__item"}},
             tag("label", {{"class", "nhsuk-label nhsuk-date-input__label"}, {"for", id}},
                 form.say()("date_input." + std::string(part.name))),
             void_tag("input", {{"class", classes},
                                {"id", id},
                                {"name", name},
                                {"type", "text"},
                                {"inputmode", "numeric"},
                                {"value", form.value(name, part.value)},
                                Attribute::if_any("aria-invalid", wrong ? "true" : "")}));
}

}  // namespace

Html radios(const Form& form, const ChoiceField& field) {
  return choices(form, field, {"radio", "radios"});
}

Html checkboxes(const Form& form, const ChoiceField& field) {
  return choices(form, field, {"checkbox", "checkboxes"});
}

Html select(const Form& form, const ChoiceField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  const auto chosen = form.values(field.name, field.chosen);
  const auto option = [&](const Option& one) {
    return tag("option", {{"value", one.value}, {"selected", is_chosen(chosen, one.value)}}, one.label);
  };
  const auto any = [&](const Option& one) { return is_chosen(chosen, one.value); };
  const auto empty_first = std::ranges::any_of(field.options, any) && field.need == Need::required
                               ? Html()
                               : tag("option", {{"value", ""}}, form.say()("select.choose"));
  return parts.group(frame::label(form.say(), field.name, field.label, field.need, field.size),
                     tag("select",
                         {{"class", parts.wrong() ? "nhsuk-select nhsuk-select--error" : "nhsuk-select"},
                          {"id", field.name},
                          {"name", field.name},
                          Attribute::if_any("aria-describedby", parts.described_by()),
                          Attribute::if_any("aria-invalid", parts.wrong() ? "true" : "")},
                         empty_first, each(field.options, option)));
}

Html date_input(const Form& form, const DateField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  const auto shown = [&](int Date::* part) {
    return field.value ? std::to_string((*field.value).*part) : std::string();
  };
  const std::vector<DatePart> three{
      {"day", shown(&Date::day), 2}, {"month", shown(&Date::month), 2}, {"year", shown(&Date::year), 4}};
  const auto draw = [&](const DatePart& part) { return date_part(form, field, part, parts.wrong()); };
  return parts.fieldset(frame::legend(form.say(), field.label, field.need, field.size),
                        tag("div", {{"class", "nhsuk-date-input"}}, each(three, draw)));
}

std::optional<Date> sent_date(const Fields& fields, std::string_view name) {
  const auto part = [&](const char* ending) { return whole_number(fields.value(std::string(name) + ending)); };
  const auto day = part("-day");
  const auto month = part("-month");
  const auto year = part("-year");
  if (!day || !month || !year || *day < 1 || *day > 31 || *month < 1 || *month > 12 || *year < 1000 || *year > 9999)
    return {};
  return date_from_iso(iso(Date{static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day)}));
}

bool no_date(const Fields& fields, std::string_view name) {
  for (const auto* ending : {"-day", "-month", "-year"})
    if (!fields.value(std::string(name) + ending).empty()) return false;
  return true;
}

Html fieldset(std::string_view legend, const Html& content, LabelSize size) {
  const auto name = size == LabelSize::page ? "l" : size == LabelSize::large ? "m" : "s";
  const auto said = size == LabelSize::page ? tag("h1", {{"class", "nhsuk-fieldset__heading"}}, legend) : text(legend);
  return tag("fieldset", {{"class", "nhsuk-fieldset cairn-fieldset"}},
             tag("legend", {{"class", std::string("nhsuk-fieldset__legend nhsuk-fieldset__legend--") + name}}, said),
             content);
}

}  // namespace cairn::web
