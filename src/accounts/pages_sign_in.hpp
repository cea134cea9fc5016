// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/actor.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// A button that signs in as somebody made up.
struct LookAround {
  std::string as;     // what the button sends
  std::string label;  // "Look around as the peer support lead"
};

struct SignInView {
  std::string next;                      // the path to go on to; "" for the first page
  std::vector<LookAround> look_arounds;  // of the demonstration; empty in earnest
};
web::Html sign_in_page(const web::Form& form, const SignInView& view);

// Behind a link of the demonstration that signs in once.
web::Html look_round_page(const web::Form& form, const std::string& path, const std::string& label);

// Showing once more that it is they, before something delicate opens. Somebody made up has no password to type.
web::Html sign_in_again_page(const web::Form& form, const std::string& next, bool made_up);

// What a role is called, in the programme's own words where it has some.
std::string role_label(const web::Language& say, Role role);

}  // namespace cairn::accounts
