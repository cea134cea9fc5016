// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "accounts/actions.hpp"
#include "agenda/store_loops.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "db/verify.hpp"
#include "jobs/mail.hpp"
#include "jobs/queue.hpp"
#include "policy/policy.hpp"
#include "privacy/store_records.hpp"
#include "web/languages.hpp"
#include "web/routes.hpp"

namespace cairn::app {

// What every stage's acts work with. Everything must outlive the routes.
struct Site {
  db::Database& database;
  const policy::Policy& policy;
  const content::Library& library;
  accounts::Throttle& throttle;
  web::Languages& languages;
  std::string folder = {};  // the data folder, to tell how much it holds
  std::function<std::string()> zone = [] { return std::string("Europe/London"); };  // of the programme's calendar, now
  std::vector<accounts::MadeUpPerson> made_up = {};  // of a demonstration; empty in earnest
  // Where people reach the site: links in letters and on paper begin with it.
  std::function<std::string()> address = [] { return std::string("http://localhost:8080"); };
  bool has_mail_server = false;                  // else letters wait in the outbox
  accounts::OneTimeLinks* look_round = nullptr;  // of a demonstration: links that sign in once
  const accounts::SetupCode* setup = nullptr;    // to set up a new programme in the browser with
  Clock clock = system_clock();
};

// The whole map of the site: one line for each stage, and the pages that gather several.
web::Routes routes(const Site& site);

// The letters every stage writes.
jobs::LetterKinds letter_kinds(const Site& site);

// The work of every stage for the queue, by kind of job. Letters have a queue of their own.
std::map<std::string, jobs::Queue::Work> queued_work(const Site& site);

// Every way in which something can stay open, of every stage.
std::vector<agenda::LoopKind> loop_kinds(const Site& site);

// The records about people, of every stage, as pages that know every kind need them.
privacy::RecordKinds record_kinds();

// Every column that holds sealed values, of every stage.
std::vector<db::SealedColumn> sealed_columns();

// The tables whose rows stay out of backups, of every stage.
std::vector<std::string> not_in_backups();

// The policy the program carries. Throws std::runtime_error where it is not good.
policy::Policy shipped_policy(const content::Library& library);

}  // namespace cairn::app
