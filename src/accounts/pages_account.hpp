// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/actor.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// One browser somebody is signed in with.
struct OwnSession {
  std::string id;
  std::string made;  // in words
  std::string seen;
  bool this_one = false;
};
struct OwnAccountView {
  std::string display_name;
  std::string email;
  std::vector<HeldRole> roles;  // in force today
  std::vector<OwnSession> sessions;
  std::string second_step;  // in words: set up, or not needed in a demonstration
};
web::Html own_account_page(const web::Form& form, const OwnAccountView& view);
web::Html own_name_page(const web::Form& form, const std::string& name);
web::Html own_password_page(const web::Form& form);

// The days a role holds, in words; "" where it always does.
std::string days_label(const web::Language& say, const HeldRole& held);

}  // namespace cairn::accounts
