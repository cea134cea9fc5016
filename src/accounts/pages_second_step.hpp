// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// One field for a code from the app or a recovery code.
web::Html second_step_page(const web::Form& form, const std::string& next);

struct SetUpView {
  std::string path;     // where the form is sent
  std::string next;     // the path to go on to afterwards
  std::string address;  // otpauth://..., for the QR code and in words
  std::string secret;   // for typing by hand
  bool first_time = false;
};
web::Html set_up_second_step_page(const web::Form& form, const SetUpView& view);

web::Html recovery_codes_page(const web::Language& say, const std::vector<std::string>& codes, const std::string& next);

struct OwnSecondStepView {
  std::optional<std::int64_t> codes_left;  // nothing where there is no second step
  bool told_lost = false;                  // somebody says that it was lost
};
web::Html own_second_step_page(const web::Form& form, const OwnSecondStepView& view);

}  // namespace cairn::accounts
