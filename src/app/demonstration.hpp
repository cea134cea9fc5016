// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "accounts/actions.hpp"
#include "content/library.hpp"
#include "db/database.hpp"

namespace cairn::app {

// Everybody and everything of the demonstration is made up here and in evaluation's part of it, and nowhere else; the
// tests' example world is the same.

struct MadeUpAccount {
  std::string email;
  std::string display_name;
  std::string password;  // empty: only by a button or a link
  Role role;
  std::string place;  // the service or organisation it reaches; empty for everything
};
const std::vector<MadeUpAccount>& made_up_accounts();  // the lead first, then the administrator, then the others

// Whether a store holds the demonstration: its made-up lead has an account there.
bool is_demonstration(db::Database& database);

// Fills a store that holds a programme without a name and nothing else: the programme, a trust and a charity with three
// services and their teams, the accounts, and a study with its answers. People are asked in these languages. About half
// a second.
void make_demonstration(db::Database& database, const content::Library& library,
                        const std::vector<std::string>& languages = {"en"});

// All of them, as people anybody may look round as.
std::vector<accounts::MadeUpPerson> people_to_look_round_as();

}  // namespace cairn::app
