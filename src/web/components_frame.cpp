// SPDX-License-Identifier: Apache-2.0
#include "web/components_frame.hpp"

namespace cairn::web::frame {
namespace {

std::string_view size_name(LabelSize size) {
  switch (size) {
    case LabelSize::normal:
      return "s";
    case LabelSize::large:
      return "m";
    case LabelSize::page:
      return "l";
  }
  return "s";
}

std::string with_need(const Language& say, std::string_view words, Need need) {
  return need == Need::optional ? say("field.optional", {{"label", words}}) : std::string(words);
}

}  // namespace

Parts::Parts(const Form& form, std::string_view name, std::string_view hint)
    : say_(form.say()), name_(name), hint_(hint), messages_(form.messages(name)) {}

Html Parts::hint() const {
  return hint_.empty() ? Html() : tag("div", {{"class", "nhsuk-hint"}, {"id", name_ + "-hint"}}, hint_);
}

Html Parts::errors() const {
  if (messages_.empty()) return {};
  const auto before = tag("span", {{"class", "nhsuk-u-visually-hidden"}}, say_("problems.before") + " ");
  const auto message = [&](const std::string& words) {
    return tag("span", {{"class", "nhsuk-error-message"}}, before, words);
  };
  return tag("div", {{"id", name_ + "-error"}}, each(messages_, message));
}

std::string Parts::described_by(std::string_view more) const {
  std::string ids;
  const auto add = [&](const std::string& id) { ids += ids.empty() ? id : " " + id; };
  if (!hint_.empty()) add(name_ + "-hint");
  if (wrong()) add(name_ + "-error");
  if (!more.empty()) add(std::string(more));
  return ids;
}

std::string Parts::group_class() const {
  return wrong() ? "nhsuk-form-group nhsuk-form-group--error" : "nhsuk-form-group";
}

Html Parts::group(const Html& label, const Html& input) const {
  return tag("div", {{"class", group_class()}}, label, hint(), errors(), input);
}

Html Parts::fieldset(const Html& legend, const Html& inputs) const {
  return tag("div", {{"class", group_class()}},
             tag("fieldset", {{"class", "nhsuk-fieldset"}, Attribute::if_any("aria-describedby", described_by())},
                 legend, hint(), errors(), inputs));
}

Html label(const Language& say, std::string_view name, std::string_view words, Need need, LabelSize size) {
  const auto made = tag("label", {{"class", "nhsuk-label nhsuk-label--" + std::string(size_name(size))}, {"for", name}},
                        with_need(say, words, need));
  return size == LabelSize::page ? tag("h1", {{"class", "nhsuk-label-wrapper"}}, made) : made;
}

Html legend(const Language& say, std::string_view words, Need need, LabelSize size) {
  const auto said = with_need(say, words, need);
  return tag("legend", {{"class", "nhsuk-fieldset__legend nhsuk-fieldset__legend--" + std::string(size_name(size))}},
             size == LabelSize::page ? tag("h1", {{"class", "nhsuk-fieldset__heading"}}, said) : text(said));
}

}  // namespace cairn::web::frame
