// SPDX-License-Identifier: Apache-2.0
// Durable writes a second: each a small row and its journal entry, from many threads at once, on both engines.
// Usage: bench_db [THREADS [SECONDS]]
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

#include "stores.hpp"

namespace {

using namespace cairn;
using Stopwatch = std::chrono::steady_clock;

constexpr std::string_view table_sql =
    "create table bench_answer (id text primary key, collection_id text not null, sealed bytea not null)";

// The processor time of this program so far; what PostgreSQL itself uses is not in it.
double processor_microseconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

double microseconds(Stopwatch::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

void measure(tests::Engine engine, std::size_t threads, double seconds) {
  tests::Store store(engine);
  store.settings.migrations.push_back({"0999_bench.sql", table_sql});
  store.settings.clock = system_clock();
  store.reopen();
  store.migrate();
  const std::string sealed(120, 'x');
  const Actor actor{"account-of-the-bench", "programme", {}};
  std::atomic<bool> stop = false;
  std::vector<std::vector<double>> waits(threads);
  std::vector<std::thread> clients;
  const auto begun = Stopwatch::now();
  const double processor_before = processor_microseconds();
  for (std::size_t i = 0; i < threads; ++i) {
    clients.emplace_back([&, i] {
      while (!stop) {
        const auto asked = Stopwatch::now();
        const std::string id = ordered_id(system_clock()());
        store.database->write(actor, {"answer.send", "answer", id, 1}, [&](db::Write& write) {
          write.run("insert into bench_answer (id, collection_id, sealed) values ($1, $2, $3)",
                    {id, std::string_view("collection"), db::BytesView{sealed}});
        });
        waits[i].push_back(microseconds(Stopwatch::now() - asked));
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  stop = true;
  for (std::thread& client : clients) client.join();
  const double took = microseconds(Stopwatch::now() - begun) / 1e6;
  const double processor = processor_microseconds() - processor_before;
  std::vector<double> all;
  for (const auto& some : waits) all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  const bool sqlite = engine == tests::Engine::sqlite;
  fmt::print(
      "| durable write with its journal entry, {} threads, {} | at least {}/s | {:.0f}/s, 99 in 100 under {:.1f} ms "
      "|\n",
      threads, sqlite ? "SQLite" : "PostgreSQL", sqlite ? "20,000" : "8,000", static_cast<double>(all.size()) / took,
      all[all.size() * 99 / 100] / 1e3);
  fmt::print(stderr, "  half under {:.2f} ms, all under {:.1f} ms, processor {:.1f} us a write\n",
             all[all.size() / 2] / 1e3, all.back() / 1e3, processor / static_cast<double>(all.size()));
  if (engine == tests::Engine::postgres) {
    const auto before = Stopwatch::now();
    const auto sealed_entries = store.database->seal_journal();
    fmt::print("| chaining the journal's entries afterwards, PostgreSQL | - | {:.0f}/s |\n",
               static_cast<double>(sealed_entries) / (microseconds(Stopwatch::now() - before) / 1e6));
  }
}

}  // namespace

int main(int count, char** words) {
  setenv("TMPDIR", "/tmp", 0);  // a disk: in memory nothing would be durable
  const std::size_t threads = count > 1 ? std::strtoul(words[1], nullptr, 10) : 64;
  const double seconds = count > 2 ? std::strtod(words[2], nullptr) : 3;
  for (const tests::Engine engine : tests::engines()) measure(engine, threads, seconds);
  return 0;
}
