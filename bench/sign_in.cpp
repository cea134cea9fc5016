// SPDX-License-Identifier: Apache-2.0
// What guessing at an account reaches, what it costs the owner, and whether the time of an answer tells who has an
// account. Acts are called in this process, so that nothing but them is timed; the clock stands still in between.
// Usage: bench_sign_in [SAMPLES]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <vector>

#include "accounts/actions.hpp"
#include "accounts/guessing.hpp"
#include "accounts/store.hpp"
#include "accounts/store_accounts.hpp"
#include "accounts/store_devices.hpp"
#include "app/visitor.hpp"
#include "stores.hpp"

namespace {

using namespace cairn;
using Stopwatch = std::chrono::steady_clock;

constexpr const char* password = "seven brass kettles hum";
constexpr std::int64_t attack_seconds = 600;

struct World {
  std::unique_ptr<tests::Store> store = tests::migrated_store(tests::Engine::sqlite);
  accounts::Throttle throttle;
  Id<accounts::Programme> programme;
  Id<accounts::Account> lead;
  std::string device = token();

  World() {
    const auto kept = accounts::kept_password(store->database->keys(), {password});
    store->database->write(Actor::operator_(), {"bench.begin", "bench", ""}, [&](db::Write& write) {
      programme = accounts::add_programme(write, "Larkmoor", "Europe/London");
      lead =
          accounts::add(write, programme,
                        accounts::NewAccount{"lead@example.org", "Robin Marsh", {}, {{Role::lead, {}, {}, {}}}}, kept);
      accounts::remember_device(write, lead, device);
    });
  }
  tests::Visitor visitor() {
    web::Routes routes;
    accounts::add_routes(routes,
                         {.database = *store->database, .policy = tests::shipped_policy(), .throttle = throttle});
    return tests::Visitor(std::move(routes)).at(store->clock.now());
  }
};

double milliseconds_of(const std::function<void()>& act) {
  const auto begun = Stopwatch::now();
  act();
  return std::chrono::duration<double, std::milli>(Stopwatch::now() - begun).count();
}

double median(std::vector<double> all) {
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
  return all[all.size() / 2];
}

// A hundred sign-ins of the owner, in the browser they always use, in the middle of ten thousand guesses.
void measure_own_browser() {
  World world;
  const auto visitor = world.visitor();
  int in = 0;
  double slowest = 0;
  int reached = 0;
  const auto began = world.store->clock.now();
  for (int guess = 0; guess < 10000; ++guess) {
    const Moment now{began.milliseconds + guess * attack_seconds * 1000 / 10000};
    const auto from = "10." + std::to_string(guess % 1000 / 256) + "." + std::to_string(guess % 1000 % 256) + ".7";
    const auto reply =
        visitor.at(now).from(from).post("/sign-in", {{"email", "lead@example.org"}, {"password", "wrong wrong wrong"}});
    reached += reply.status == 422 ? 1 : 0;
    if (guess % 100 != 50) continue;
    world.store->clock.set(now);
    slowest =
        std::max(slowest, milliseconds_of([&] {
                   const auto owner = visitor.at(now).from("192.0.2.9").with_cookies("", world.device);
                   in += owner.post("/sign-in", {{"email", "lead@example.org"}, {"password", password}}).status == 303;
                 }));
  }
  fmt::print(
      "| 10,000 wrong guesses at one account from 1,000 addresses in 10 minutes: sign-ins of the owner in a browser "
      "they "
      "have used before | 100 of 100 within 2 s | {} of 100, the slowest {:.2f} s |\n",
      in, slowest / 1000);
  fmt::print("| guesses of these that reach the password's hash | at most 100 in an hour | {} in the ten minutes |\n",
             reached);
}

void measure_new_browser() {
  for (const auto order : {tests::Order::in_turn, tests::Order::one_network_after_the_other, tests::Order::by_chance}) {
    std::int64_t slowest = 0;
    int within = 0;
    int tried = 0;
    for (int second = 0; second <= 540; second += 5, ++tried) {
      tests::Guessing guessing(order);
      guessing.run_until(second);
      const auto took = guessing.owner_without_device();
      slowest = std::max(slowest, took);
      within += took <= 60 ? 1 : 0;
    }
    const auto* how = order == tests::Order::in_turn                       ? "in turn"
                      : order == tests::Order::one_network_after_the_other ? "one network after the other"
                                                                           : "by chance";
    fmt::print(
        "| the same, guesses {}: the owner in a new browser, by the clock of the test | within 60 s | {} of {} "
        "within 60 s, the slowest {} s |\n",
        how, within, tried, slowest);
  }
}

// Known and unknown, one after the other, the first of the two changing; the median of each.
void compare(std::string_view what, int samples, const std::function<void(const std::string& email)>& ask) {
  std::vector<double> known;
  std::vector<double> unknown;
  for (int i = 0; i < samples; ++i) {
    const auto time = [&](const std::string& who, std::vector<double>& into) {
      into.push_back(milliseconds_of([&] { ask(who + "@example.org"); }));
    };
    if (i % 2 == 0) time("lead", known);
    time("none", unknown);
    if (i % 2 == 1) time("lead", known);
  }
  const auto apart = std::abs(median(known) / median(unknown) - 1) * 100;
  fmt::print(
      "| {}: median for a known and an unknown address, {} each | within 5 % | {:.2f} ms and {:.2f} ms, {:.1f} % |\n",
      what, samples, median(known), median(unknown), apart);
}

void measure_answers(int samples) {
  World world;
  const auto visitor = world.visitor();
  auto& clock = world.store->clock;
  compare("wrong password", samples, [&](const std::string& email) {
    clock.advance(61);
    visitor.at(clock.now()).post("/sign-in", {{"email", email}, {"password", "wrong wrong wrong"}});
  });
  compare("link for a new password", samples, [&](const std::string& email) {
    clock.advance(1300);
    visitor.at(clock.now()).post("/sign-in/forgotten", {{"email", email}});
  });
  const auto lead = visitor.as(tests::somebody(Role::lead, world.programme.text, world.lead.text));
  compare("invitation", samples, [&](const std::string& email) {
    clock.advance(1);
    lead.at(clock.now())
        .post("/people/invite",
              {{"email", email}, {"display_name", "Sam"}, {"role-1", "worker"}, {"reach-1", "programme"}});
  });
}

}  // namespace

int main(int count, char** words) {
  setenv("TMPDIR", "/tmp", 0);  // a disk: in memory nothing would be durable
  start_secrets();
  measure_own_browser();
  measure_new_browser();
  measure_answers(count > 1 ? std::atoi(words[1]) : 1000);
  return 0;
}
