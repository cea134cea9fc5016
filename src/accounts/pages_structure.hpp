// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "accounts/model.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// What may be done from the page; what may not has no link.
enum class Changes { none, add, add_and_rename };

struct StructureView {
  std::string programme;  // its name, or ""
  Structure structure;
  Changes changes = Changes::none;
  bool may_name_programme = false;
};
web::Html structure_page(const web::Language& say, const StructureView& view);

web::Html organisation_form_page(const web::Form& form);
web::Html service_form_page(const web::Form& form, const Structure& structure);
web::Html team_form_page(const web::Form& form, const Service& service);

// A new name for something that has one. `path` is where the form is sent.
struct NameView {
  std::string path;
  std::string title;
  std::string name;
};
web::Html name_form_page(const web::Form& form, const NameView& view);

// The words for a service's context, and for its settings as a list.
std::string context_label(const web::Language& say, Context context);
std::string settings_label(const web::Language& say, const std::vector<Setting>& settings);

}  // namespace cairn::accounts
