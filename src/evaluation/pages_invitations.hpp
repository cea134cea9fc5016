// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/pages_rounds.hpp"

namespace cairn::evaluation {

// Somebody on the list who is not asked in the round yet.
struct MayBeAsked {
  std::string id;
  std::string name;
  std::string stakeholder;
  std::int64_t site = 1;
  bool has_address = false;
};
// `whom` (all, groups or some), `groups` ("1.coworker"), `people` (ids).
web::Html invite_page(const web::Form& form, const AskedView& view, const std::vector<MayBeAsked>& people);

// One person's invitation, with what can be done about it.
struct InvitationView {
  const AskedView& asked;
  InvitedLine line;
  std::string participant_id;
  bool may_hand_over = false;  // has no address
  bool opens = true;           // their link opens, and the round is not over
};
web::Html invitation_page(const web::Form& form, const InvitationView& view);
// The link as it is handed over, on paper: nothing here names the person but their name at the top.
struct HandedView {
  const AskedView& asked;
  std::string name;
  std::string address;
};
web::Html handed_page(const web::Language& say, const HandedView& view);

// Links for many.
struct LinksView {
  const AskedView& asked;
  std::vector<LinkLine> links;
  bool may_make = true;  // the round is not over
};
web::Html links_page(const web::Form& form, const LinksView& view);
web::Html end_link_page(const web::Form& form, const AskedView& view, const LinkLine& link);
// A poster for a team room.
struct PosterView {
  const AskedView& asked;
  LinkLine link;
  std::string address;
  std::string programme;
};
web::Html poster_page(const web::Language& say, const PosterView& view);
// "Colleagues at Willow Ward", or that everybody may use it.
std::string link_words(const web::Language& say, const LinkLine& link);

}  // namespace cairn::evaluation
