// SPDX-License-Identifier: Apache-2.0
// What a look costs: deciding, writing the reading log, and deciding a list, in a programme of some size, on both
// engines. Usage: bench_looks [PEOPLE]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "privacy/store_conflicts.hpp"
#include "privacy/store_grants.hpp"
#include "privacy/store_reading_log.hpp"
#include "shipped_policy.hpp"
#include "stores.hpp"

namespace {

using namespace cairn;
using Stopwatch = std::chrono::steady_clock;

struct Programme {
  std::string id;
  std::vector<std::string> teams;
  std::vector<Actor> people;
};

privacy::Subject statement(const Programme& programme, std::size_t owner) {
  privacy::Subject subject;
  subject.type = "lived_experience_statement";
  subject.id = fmt::format("statement{:06}", owner);
  subject.owner = programme.people[owner].account_id;
  subject.lies_in = {Reach{}};
  return subject;
}

// People in twenty teams; one in ten has declared a team, and each shares a statement with the first of them.
Programme filled(db::Database& database, std::size_t people) {
  Programme made;
  database.write(Actor::operator_(), {"bench.fill", "programme", ""}, [&](db::Write& w) {
    const auto id = accounts::add_programme(w, "Riverside", "Europe/London");
    made = {id.text, {}, {}};
    const auto trust = accounts::add(w, id, accounts::NewOrganisation{"Trust", accounts::OrganisationKind::nhs});
    const auto service =
        accounts::add(w, id,
                      accounts::NewService{
                          "Bridge", trust, {}, false, false, accounts::Context::nhs, {accounts::Setting::community}});
    for (int i = 0; i < 20; ++i)
      made.teams.push_back(accounts::add(w, id, accounts::NewTeam{fmt::format("Team {}", i), service}).text);
    for (std::size_t i = 0; i < people; ++i) {
      const std::vector<HeldRole> roles{
          {i == 0 ? Role::line_manager : Role::worker, {"team", made.teams[i % 20]}, {}, {}}};
      const auto account =
          accounts::add(w, id, accounts::NewAccount{fmt::format("p{}@example.org", i), "", {"unused"}, roles}, "kept");
      made.people.push_back({account.text, id.text, roles});
    }
  });
  for (std::size_t i = 1; i < people; ++i)
    database.write(made.people[i], {"bench.fill", "consent_grant", ""}, [&](db::Write& w) {
      privacy::give(w, tests::shipped_policy(), statement(made, i),
                    {{""}, {made.people[0].account_id}, "to plan", days_after(date_in_zone(w.now(), "UTC"), 20)},
                    {w.now()});
      if (i % 10 == 0) privacy::declare(w, {made.teams[(i + 3) % 20], {2020, 1, 1}, {}});
    });
  return made;
}

template <class Act>
double percentile_95(int times, Act&& act) {
  std::vector<double> took;
  for (int i = 0; i < times; ++i) {
    const auto begun = Stopwatch::now();
    act(static_cast<std::size_t>(i));
    took.push_back(std::chrono::duration<double, std::milli>(Stopwatch::now() - begun).count());
  }
  std::sort(took.begin(), took.end());
  return took[took.size() * 95 / 100];
}

void measure(tests::Engine engine, std::size_t people) {
  tests::Store store(engine);
  store.settings.clock = system_clock();
  store.reopen();
  store.migrate();
  auto& database = *store.database;
  const auto programme = filled(database, people);
  const auto& policy = tests::shipped_policy();
  const char* name = engine == tests::Engine::sqlite ? "SQLite" : "PostgreSQL";
  const auto& reader = programme.people[0];
  const auto subject = [&](std::size_t i) { return statement(programme, 1 + i % (people - 1)); };
  const double decided = percentile_95(500, [&](std::size_t i) {
    database.read([&](db::Read& read) {
      privacy::decision(read, policy, reader, policy::Action::read, subject(i), {database.now()});
    });
  });
  const double looked = percentile_95(500, [&](std::size_t i) {
    privacy::look(
        database, {policy, reader, {database.now()}}, [&](db::Read&) { return subject(i); },
        [](db::Read&) { return 1; });
  });
  std::vector<privacy::Subject> all;
  for (std::size_t i = 1; i < people; ++i) all.push_back(statement(programme, i));
  const double listed = percentile_95(40, [&](std::size_t) {
    database.read(
        [&](db::Read& read) { privacy::visible(read, policy, reader, policy::Action::list, all, {database.now()}); });
  });
  fmt::print("| one decision with its facts, 95 of 100, {} | under 2 ms | {:.2f} ms |\n", name, decided);
  fmt::print("| one look, its row in the reading log on the disk, {} | | {:.2f} ms |\n", name, looked);
  fmt::print("| a list of {} records decided, {} | under 50 ms | {:.1f} ms |\n", all.size(), name, listed);
}

}  // namespace

int main(int count, char** words) {
  const int people = count > 1 ? std::atoi(words[1]) : 500;
  for (const tests::Engine engine : tests::engines()) measure(engine, static_cast<std::size_t>(people));
  return 0;
}
