// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// Pages behind links that were sent. None of them says what the programme is about, and who it is for, before whoever
// opened the link has gone on.
web::Html forgotten_page(const web::Form& form);
web::Html letter_under_way_page(const web::Language& say);
// Unknown, used, replaced, revoked or too old: the same words for all.
web::Html dead_link_page(const web::Language& say);
web::Html new_password_page(const web::Form& form, const std::string& path);
// For an address without an account: a name and a password; else the password of the account.
enum class Invited { with_account, without_account };
web::Html invitation_page(const web::Form& form, const std::string& path, Invited invited, const std::string& name);

}  // namespace cairn::accounts
