// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "accounts/actions.hpp"
#include "agenda/store_loops.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"
#include "policy/policy.hpp"
#include "web/routes.hpp"

namespace cairn::app {

// What every stage's acts work with. Everything must outlive the routes.
struct Site {
  db::Database& database;
  const policy::Policy& policy;
  const content::Library& library;
  accounts::Throttle& throttle;
  std::string folder = {};                           // the data folder, to tell how much it holds
  std::string zone = "Europe/London";                // of the programme's calendar
  std::vector<accounts::MadeUpPerson> made_up = {};  // of a demonstration; empty in earnest
  // Where people reach the site: links in letters and on paper begin with it.
  std::function<std::string()> address = [] { return std::string("http://localhost:8080"); };
};

// The whole map of the site: one line for each stage, and the pages that gather several.
web::Routes routes(const Site& site);

// Every way in which something can stay open, of every stage.
std::vector<agenda::LoopKind> loop_kinds(const content::Library& library);

// Every column that holds sealed values, of every stage.
std::vector<db::SealedColumn> sealed_columns();

// The tables whose rows stay out of backups, of every stage.
std::vector<std::string> not_in_backups();

// The policy the program carries. Throws std::runtime_error where it is not good.
policy::Policy shipped_policy(const content::Library& library);

}  // namespace cairn::app
