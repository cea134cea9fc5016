// SPDX-License-Identifier: Apache-2.0
#include "app/stages.hpp"

#include <initializer_list>
#include <stdexcept>
#include <utility>

#include "accounts/actions_words.hpp"
#include "accounts/store.hpp"
#include "accounts/store_words.hpp"
#include "agenda/actions.hpp"
#include "agenda/store.hpp"
#include "app/complaint_loops.hpp"
#include "app/concern_loops.hpp"
#include "app/letters.hpp"
#include "app/overviews.hpp"
#include "app/who_sees.hpp"
#include "app/witness.hpp"
#include "evaluation/actions.hpp"
#include "evaluation/actions_letters.hpp"
#include "evaluation/store.hpp"
#include "instruments/actions.hpp"
#include "instruments/actions_letters.hpp"
#include "instruments/store.hpp"
#include "instruments/store_answers.hpp"
#include "instruments/store_reminders.hpp"
#include "jobs/store_letters.hpp"
#include "privacy/actions_concerns.hpp"
#include "privacy/actions_help.hpp"
#include "privacy/actions_looks.hpp"
#include "privacy/store.hpp"
#include "privacy/store_concerns.hpp"
#include "readiness/actions.hpp"

namespace cairn::app {
namespace {

template <class T>
std::vector<T> together(std::initializer_list<std::vector<T>> lists) {
  std::vector<T> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

}  // namespace

web::Routes routes(const Site& site) {
  web::Routes map;
  add_overviews(map, site);
  add_letters(map, site);
  add_who_sees(map, site);
  accounts::add_words_routes(map, site.database, site.policy, site.languages);
  accounts::add_routes(map, {.database = site.database,
                             .policy = site.policy,
                             .throttle = site.throttle,
                             .made_up = site.made_up,
                             .look_round = site.look_round,
                             .words_path = "/words",
                             .setup = site.setup});
  privacy::add_concern_routes(map, site.database, site.policy);
  privacy::add_help_routes(map, site.database, site.policy, site.library);
  privacy::add_look_routes(map, site.database, site.policy);
  instruments::add_routes(map, site.database, site.library, site.address, &site.languages);
  agenda::add_routes(map, site.database, site.policy, loop_kinds(site), {"today.first_step", "/studies", "study"});
  readiness::add_routes(map, site.database, site.policy);
  evaluation::add_routes(map, site.database, site.policy, site.library, site.address, &site.languages);
  return map;
}

jobs::LetterKinds letter_kinds(const Site& site) {
  const auto in_words_of = [site](db::Read& read, const std::string& programme, const std::string& service,
                                  const std::string& code) {
    const auto language = site.languages.in(code);
    return language->with(accounts::words_for(read, {programme}, {service}, language->code()));
  };
  auto kinds = accounts::letters(site.languages, site.clock, site.address);
  kinds.merge(privacy::concern_letters(site.languages, site.address));
  kinds.merge(instruments::letter_kinds({site.library, site.address, in_words_of, site.clock}));
  kinds.merge(evaluation::letter_kinds({site.address, in_words_of}));
  kinds.merge(test_letters(site));
  kinds.merge(witness_letters(site.languages));
  return kinds;
}

std::map<std::string, jobs::Queue::Work> queued_work(const Site& site) {
  auto work = instruments::queued_work(site.database, site.library);
  work.emplace(instruments::reminder_job, instruments::reminder_work(site.database));
  work.emplace(privacy::tell_again_job, privacy::tell_again_work(site.database));
  return work;
}

std::vector<agenda::LoopKind> loop_kinds(const Site& site) {
  return together({agenda::loop_kinds(), readiness::loop_kinds(), evaluation::loop_kinds(site.library),
                   letter_loops(site), concern_loops(), complaint_loops()});
}

privacy::RecordKinds record_kinds() {
  return {};
}

std::vector<db::SealedColumn> sealed_columns() {
  return together({jobs::sealed_columns(), accounts::sealed_columns(), privacy::sealed_columns(),
                   instruments::sealed_columns(), agenda::sealed_columns(), evaluation::sealed_columns()});
}

std::vector<std::string> not_in_backups() {
  return instruments::not_in_backups();
}

policy::Policy shipped_policy(const content::Library& library) {
  const auto* file = library.find("policy.toml");
  if (!file || file->own) throw std::runtime_error("the program carries no policy.toml");
  return policy::Policy::from_toml(file->bytes);
}

}  // namespace cairn::app
