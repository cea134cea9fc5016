// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "instruments/store_invitations.hpp"
#include "jobs/mail.hpp"
#include "web/language.hpp"

namespace cairn::evaluation {

// To everybody who was asked in a round: what came of it can be seen. About an invitation's id.
inline constexpr std::string_view results_letter = "asking.results";

// What letters of this stage are written with.
struct Desk {
  std::function<std::string()> address;  // where people reach the site, without a slash at its end
  // The texts of a language (its code; "" for the usual one) in the words of a site: by programme and service.
  std::function<web::Language(db::Read& read, const std::string& programme_id, const std::string& service_id,
                              const std::string& code)>
      language;
};

// Somebody with an address who has not asked for no more letters and was not taken off, whether they answered or not.
bool wants_results_letter(const instruments::Invitation& invitation);

// The kind results_letter. None is written where the person no longer wants letters, or where people are asked again
// just now. Nobody is told to whom they went.
jobs::LetterKinds letter_kinds(const Desk& desk);

}  // namespace cairn::evaluation
