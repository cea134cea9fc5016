// SPDX-License-Identifier: Apache-2.0
// Forms and the fields a person types into. The choices are in components_choices.cpp.
#include "web/components_fields.hpp"

#include <string>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "web/components_frame.hpp"

namespace cairn::web {
namespace {

std::string_view type_of(InputKind kind) {
  switch (kind) {
    case InputKind::email:
      return "email";
    case InputKind::telephone:
      return "tel";
    case InputKind::web_address:
      return "url";
    case InputKind::search:
      return "search";
    default:
      return "text";  // whole numbers and codes too: browsers change what is typed into type="number"
  }
}

bool wants_digits(InputKind kind) {
  return kind == InputKind::whole_number || kind == InputKind::one_time_code;
}

std::string autocomplete_of(const TextField& field) {
  if (!field.autocomplete.empty()) return field.autocomplete;
  return field.kind == InputKind::one_time_code ? "one-time-code" : "";
}

std::string input_class(const TextField& field, bool wrong) {
  std::string name = wrong ? "nhsuk-input nhsuk-input--error" : "nhsuk-input";
  if (field.width > 0) name += " nhsuk-input--width-" + std::to_string(field.width);
  if (field.kind == InputKind::one_time_code) name += " nhsuk-input--code";
  return name;
}

Html problem_line(const Language& say, const Problem& problem) {
  if (problem.field.empty()) return tag("li", {}, say(problem));
  return tag("li", {}, tag("a", {{"href", "#" + problem.field}}, say(problem)));
}

}  // namespace

Form Form::of(const Request& request, std::vector<Problem> problems) {
  const bool posted = request.method == Method::post;
  const auto once = posted ? request.checked_once() : std::string();
  return {.language = request.language,
          .sent = posted ? request.form : Fields{},
          .was_sent = posted,
          .problems = std::move(problems),
          .token = request.signed_in ? request.signed_in->forgery_token : std::string(),
          .once = once.empty() ? ordered_id(request.now) : once};
}

std::string Form::value(std::string_view name, std::string_view otherwise) const {
  // Not trimmed: a form comes back as it was typed.
  if (was_sent) return sent.find(name).value_or("");
  return std::string(otherwise);
}

std::vector<std::string> Form::values(std::string_view name, const std::vector<std::string>& otherwise) const {
  return was_sent ? sent.values(name) : otherwise;
}

std::vector<std::string> Form::messages(std::string_view field) const {
  std::vector<std::string> all;
  for (const auto& problem : problems)
    if (problem.field == field && !field.empty()) all.push_back(say()(problem));
  return all;
}

Html error_summary(const Language& say, const std::vector<Problem>& problems) {
  if (problems.empty()) return {};
  const auto line = [&](const Problem& problem) { return problem_line(say, problem); };
  return tag(
      "div", {{"class", "nhsuk-error-summary"}, {"data-module", "nhsuk-error-summary"}},
      tag("div", {{"role", "alert"}}, tag("h2", {{"class", "nhsuk-error-summary__heading"}}, say("problems.title")),
          tag("div", {{"class", "nhsuk-error-summary__body"}},
              tag("ul", {{"class", "nhsuk-list nhsuk-error-summary__list"}}, each(problems, line)))));
}

Html post_form(const Form& form, std::string_view path, const Html& content, Carries carries) {
  return tag("form",
             {{"method", "post"},
              {"action", path},
              {"novalidate", true},
              Attribute::if_any("enctype", carries == Carries::files ? "multipart/form-data" : "")},
             form.token.empty() ? Html() : hidden("_token", form.token), content);
}

Html get_form(std::string_view path, const Html& content) {
  return tag("form", {{"method", "get"}, {"action", path}, {"class", "cairn-filter"}}, content);
}

Html act_form(const Form& form, std::string_view path, const Html& button_and_hidden) {
  return tag("form", {{"method", "post"}, {"action", path}, {"class", "cairn-act"}},
             form.token.empty() ? Html() : hidden("_token", form.token), button_and_hidden);
}

Html hidden(std::string_view name, std::string_view value) {
  return void_tag("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html once_field(const Form& form) {
  return hidden("_once", form.once);
}

Html text_input(const Form& form, const TextField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  const auto suffix_id = field.name + "-suffix";
  const auto described = parts.described_by(field.suffix.empty() ? "" : suffix_id);
  const auto input =
      void_tag("input", {{"class", input_class(field, parts.wrong())},
                         {"id", field.name},
                         {"name", field.name},
                         {"type", type_of(field.kind)},
                         {"value", form.value(field.name, field.value)},
                         Attribute::if_any("autocomplete", autocomplete_of(field)),
                         Attribute::if_any("inputmode", wants_digits(field.kind) ? "numeric" : ""),
                         Attribute::if_any("maxlength", field.longest > 0 ? std::to_string(field.longest) : ""),
                         Attribute::if_any("spellcheck", field.kind == InputKind::text ? "" : "false"),
                         Attribute::if_any("aria-describedby", described),
                         Attribute::if_any("aria-invalid", parts.wrong() ? "true" : "")});
  const auto with_suffix =
      field.suffix.empty()
          ? input
          : tag("div", {{"class", "nhsuk-input-wrapper"}}, input,
                tag("div", {{"class", "nhsuk-input-wrapper__suffix"}, {"id", suffix_id}}, field.suffix));
  return parts.group(frame::label(form.say(), field.name, field.label, field.need, field.size), with_suffix);
}

Html textarea(const Form& form, const TextAreaField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  const bool counted = field.longest > 0;
  const auto info_id = field.name + "-info";
  // A first line end is swallowed by browsers, so one of our own goes before what was typed.
  const auto area = tag("textarea",
                        {{"class", std::string("nhsuk-textarea") + (parts.wrong() ? " nhsuk-textarea--error" : "") +
                                       (counted ? " nhsuk-js-character-count" : "")},
                         {"id", field.name},
                         {"name", field.name},
                         {"rows", field.rows},
                         Attribute::if_any("aria-describedby", parts.described_by(counted ? info_id : "")),
                         Attribute::if_any("aria-invalid", parts.wrong() ? "true" : "")},
                        "\n" + form.value(field.name, field.value));
  const auto label = frame::label(form.say(), field.name, field.label, field.need, field.size);
  if (!counted) return parts.group(label, area);
  const auto& say = form.say();
  const auto longest = say.number(static_cast<std::int64_t>(field.longest));
  return tag("div",
             {{"class", parts.group_class() + " nhsuk-character-count"},
              {"data-module", "nhsuk-character-count"},
              {"data-maxlength", field.longest},
              {"data-i18n.characters-under-limit.one", say("count.one_left")},
              {"data-i18n.characters-under-limit.other", say("count.left", {{"n", "%{count}"}})},
              {"data-i18n.characters-at-limit", say("count.none_left")},
              {"data-i18n.characters-over-limit.one", say("count.one_over")},
              {"data-i18n.characters-over-limit.other", say("count.over", {{"n", "%{count}"}})}},
             label, parts.hint(), parts.errors(), area,
             tag("div", {{"class", "nhsuk-hint nhsuk-character-count__message"}, {"id", info_id}},
                 say("count.longest", {{"n", longest}})));
}

Html password_input(const Form& form, const PasswordField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  const auto& say = form.say();
  const auto input = void_tag(
      "input", {{"class", std::string("nhsuk-input nhsuk-password-input__input nhsuk-js-password-input-input") +
                              (parts.wrong() ? " nhsuk-input--error" : "")},
                {"id", field.name},
                {"name", field.name},
                {"type", "password"},
                {"spellcheck", "false"},
                {"autocapitalize", "none"},
                {"autocomplete", field.autocomplete},
                Attribute::if_any("aria-describedby", parts.described_by()),
                Attribute::if_any("aria-invalid", parts.wrong() ? "true" : "")});
  const auto toggle = tag("button",
                          {{"class",
                            "nhsuk-button nhsuk-button--secondary nhsuk-button--small "
                            "nhsuk-password-input__toggle nhsuk-js-password-input-toggle"},
                           {"type", "button"},
                           {"aria-controls", field.name},
                           {"aria-label", say("password.show_label")},
                           {"hidden", true}},
                          say("password.show"));
  return tag("div",
             {{"class", parts.group_class() + " nhsuk-password-input"},
              {"data-module", "nhsuk-password-input"},
              {"data-i18n.show-password", say("password.show")},
              {"data-i18n.hide-password", say("password.hide")},
              {"data-i18n.show-password-aria-label", say("password.show_label")},
              {"data-i18n.hide-password-aria-label", say("password.hide_label")},
              {"data-i18n.password-shown-announcement", say("password.shown")},
              {"data-i18n.password-hidden-announcement", say("password.hidden")}},
             frame::label(say, field.name, field.label, Need::required, LabelSize::normal), parts.hint(),
             parts.errors(), tag("div", {{"class", "nhsuk-input-wrapper"}}, input, toggle));
}

Html file_input(const Form& form, const FileField& field) {
  const frame::Parts parts(form, field.name, field.hint);
  return parts.group(frame::label(form.say(), field.name, field.label, field.need, LabelSize::normal),
                     void_tag("input", {{"class", "cairn-file"},
                                        {"id", field.name},
                                        {"name", field.name},
                                        {"type", "file"},
                                        Attribute::if_any("accept", field.accept),
                                        Attribute::if_any("aria-describedby", parts.described_by()),
                                        Attribute::if_any("aria-invalid", parts.wrong() ? "true" : "")}));
}

}  // namespace cairn::web
