// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/time.hpp"
#include "web/html.hpp"
#include "web/language.hpp"
#include "web/request.hpp"

namespace cairn::web {

// What the fields of one form are drawn from: the language, what was sent before (so that the form comes back filled),
// what is wrong with it, and the forgery token. A field's id is its name, so that the error summary can lead to it.
struct Form {
  const Language* language = nullptr;
  Fields sent = {};
  bool was_sent = false;
  std::vector<Problem> problems = {};
  std::string token = {};
  std::string once = {};  // the id for what the form makes: the same each time the form comes back

  // With the fields of the request where it is a POST.
  static Form of(const Request& request, std::vector<Problem> problems = {});
  const Language& say() const { return *language; }
  // What was sent under that name, or `otherwise` where the form has not been sent yet.
  std::string value(std::string_view name, std::string_view otherwise = {}) const;
  std::vector<std::string> values(std::string_view name, const std::vector<std::string>& otherwise = {}) const;
  // The sentences about one field, empty where there is nothing to mend.
  std::vector<std::string> messages(std::string_view field) const;
};

// Every problem as a link to its field. Nothing where there are none. Stands first in the main part.
Html error_summary(const Language& say, const std::vector<Problem>& problems);

enum class Carries { text, files };
// <form method="post"> to `path` with the token inside; its error summary is not part of it.
Html post_form(const Form& form, std::string_view path, const Html& content, Carries carries = Carries::text);
// A search or filter: <form method="get">.
Html get_form(std::string_view path, const Html& content);
// One act as a form of its own: a button, and any hidden fields.
Html act_form(const Form& form, std::string_view path, const Html& button_and_hidden);
Html hidden(std::string_view name, std::string_view value);
// Stands in every form that makes something new: sent twice, it makes one (Request::once).
Html once_field(const Form& form);

enum class Need { required, optional };        // optional fields say so
enum class LabelSize { normal, large, page };  // page: the label is the page's h1

enum class InputKind { text, email, telephone, whole_number, one_time_code, web_address, search };

struct TextField {
  std::string name;
  std::string label;
  std::string hint = {};
  std::string value = {};  // shown until the form has been sent
  InputKind kind = InputKind::text;
  int width = 0;  // for 2, 3, 4, 5, 10 or 20 characters; 0 fills the line
  std::string autocomplete = {};
  std::string suffix = {};  // unit behind the field: "hours"
  std::size_t longest = 0;  // characters; 0 for no limit
  Need need = Need::required;
  LabelSize size = LabelSize::normal;
};
Html text_input(const Form& form, const TextField& field);

struct TextAreaField {
  std::string name;
  std::string label;
  std::string hint = {};
  std::string value = {};
  int rows = 5;
  std::size_t longest = 0;  // characters; where set, what is left is counted
  Need need = Need::required;
  LabelSize size = LabelSize::normal;
};
Html textarea(const Form& form, const TextAreaField& field);

// `current_or_new`: autocomplete "current-password" or "new-password". Never comes back filled.
struct PasswordField {
  std::string name;
  std::string label;
  std::string hint = {};
  std::string autocomplete = "current-password";
};
Html password_input(const Form& form, const PasswordField& field);

struct FileField {
  std::string name;
  std::string label;
  std::string hint = {};
  std::string accept = {};  // ".csv,.json"
  Need need = Need::required;
};
Html file_input(const Form& form, const FileField& field);  // its form needs Carries::files

struct Option {
  std::string value;
  std::string label;
  std::string hint = {};
  Html more = {};  // fields that belong to this choice; without script they are simply there
};
enum class Shape {
  list,  // one under the other
  row,   // side by side where there is room
  pills  // as in the inventory: the words are the button
};
struct ChoiceField {
  std::string name;
  std::string label;  // the legend
  std::string hint = {};
  std::vector<Option> options = {};
  std::vector<std::string> chosen = {};  // shown until the form has been sent
  Shape shape = Shape::list;
  Need need = Need::required;
  LabelSize size = LabelSize::normal;
};
Html radios(const Form& form, const ChoiceField& field);
Html checkboxes(const Form& form, const ChoiceField& field);
Html select(const Form& form, const ChoiceField& field);  // without a choice an empty first option is shown

struct DateField {
  std::string name;  // sends name-day, name-month, name-year; a Problem's field is the name itself
  std::string label;
  std::string hint = {};
  std::optional<Date> value = {};
  Need need = Need::required;
  LabelSize size = LabelSize::normal;
};
Html date_input(const Form& form, const DateField& field);
// What a date_input sent: nothing where its three parts are no day of the calendar, or empty.
std::optional<Date> sent_date(const Fields& fields, std::string_view name);
// True where all three parts are empty: no answer, which is not a wrong one.
bool no_date(const Fields& fields, std::string_view name);

// Fields that belong together, under one legend.
Html fieldset(std::string_view legend, const Html& content, LabelSize size = LabelSize::normal);

}  // namespace cairn::web
