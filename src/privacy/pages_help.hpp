// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "privacy/help.hpp"
#include "web/components.hpp"

namespace cairn::privacy {

struct HelpView {
  std::vector<std::string> contacts;  // the programme's own
  HelpLines lines;
  bool may_change = false;
  bool signed_in = false;
};
// Whom to call.
web::Html help_page(const web::Language& say, const HelpView& view);
// Where a lead writes the programme's own contacts. Brings its own heading.
web::Html help_contacts_page(const web::Form& form, const std::vector<std::string>& contacts);

}  // namespace cairn::privacy
