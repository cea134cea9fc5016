// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/people.hpp"
#include "web/components.hpp"
#include "web/html.hpp"

namespace cairn::accounts {

// A role in words: "Supervisor · Bridge · until 3 March 2026".
std::string role_line(const web::Language& say, const HeldRole& held, const Structure& structure);

struct PersonRow {
  std::string id;
  std::string name;
  std::vector<std::string> roles;  // in words
  bool open = true;
  bool to_confirm = false;  // a role of theirs waits for a lead
};
struct InvitedRow {
  std::string id;
  std::string name;
  std::vector<std::string> roles;
  std::string until;  // the last day of the link, or ""
};
struct PeopleView {
  std::vector<PersonRow> people;
  std::vector<InvitedRow> invited;
  bool may_confirm = false;  // the reader is a lead
};
web::Html people_page(const web::Language& say, const PeopleView& view);

struct InviteView {
  const Structure& structure;
  std::vector<Role> roles;  // that the reader may offer
  int blocks = 1;           // of role, reach and days
  bool confirmed_later = false;
};
web::Html invite_page(const web::Form& form, const InviteView& view);

struct InvitationView {
  InvitedRow row;
  std::string email;
  bool replaced = false;
};
web::Html invited_page(const web::Form& form, const InvitationView& view);

struct HoldingRow {
  std::string id;
  std::string words;
  bool to_confirm = false;
  bool may_confirm = false;
  bool may_end = false;
};
// What is known of a lost second step, and what the reader may do about it.
enum class LostState { none, told, confirmed };
struct PersonView {
  std::string id;
  std::string name;
  std::string email;
  bool open = true;
  std::vector<HoldingRow> roles;
  bool may_give = false;
  bool may_close = false;
  bool may_reopen = false;
  bool has_second_step = false;
  LostState lost = LostState::none;
  bool may_tell_lost = false;
  bool may_confirm_lost = false;
  std::string given_up_after;  // in words, once confirmed
};
web::Html person_page(const web::Form& form, const PersonView& view);
web::Html give_role_page(const web::Form& form, const std::string& path, const std::string& name,
                         const InviteView& view);
web::Html close_page(const web::Form& form, const std::string& path, const std::string& name);

}  // namespace cairn::accounts
