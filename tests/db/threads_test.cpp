// SPDX-License-Identifier: Apache-2.0
// Many threads on one store. Small enough to be run under a race detector.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "db/verify.hpp"
#include "things.hpp"

namespace cairn::db {
namespace {

class ManyThreads : public tests::EachEngineWithThings {};
CAIRN_EACH_ENGINE(ManyThreads);

TEST_P(ManyThreads, WriteAndReadTogether) {
  constexpr int writers = 16;
  constexpr int each = 40;
  std::atomic<int> refused = 0;
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < each; ++n) {
        const std::string id = std::to_string(i) + "-" + std::to_string(n);
        try {
          database().write(Actor::operator_(), {"pair", "thing", id, 2}, [&](Write& write) {
            write.run("insert into box (id) values ($1)", {id});
            // Every fourth breaks a rule, and must take its box with it and nobody else's.
            write.run("insert into thing (id, box_id, size) values ($1, $1, $2)",
                      {id, std::int64_t{n % 4 == 0 ? -1 : n}});
          });
        } catch (const Conflict&) {
          ++refused;
        }
      }
    });
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      while (!stop)
        database().read([](Read& read) {
          EXPECT_EQ(read.number("select count(*) from thing", {}), read.number("select count(*) from box", {}));
        });
    });
  for (int i = 0; i < writers; ++i) threads[static_cast<std::size_t>(i)].join();
  stop = true;
  for (std::size_t i = writers; i < threads.size(); ++i) threads[i].join();
  EXPECT_EQ(refused, writers * each / 4);
  EXPECT_EQ(count("thing"), writers * each * 3 / 4);
  EXPECT_EQ(count("box"), writers * each * 3 / 4);
  EXPECT_EQ(count("journal where act = 'pair'"), writers * each * 3 / 4);
  database().seal_journal();
  EXPECT_TRUE(verify(database(), {}).empty());
}

TEST_P(ManyThreads, MayReadInsideReadsWithoutWaitingForEachOther) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) database().read([&](Read&) { EXPECT_EQ(count("thing"), 0); });
    });
  for (std::thread& thread : threads) thread.join();
}

TEST_P(ManyThreads, SealValuesTogether) {
  const Keys& keys = database().keys();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      const std::string id = std::to_string(i);
      for (int n = 0; n < 50; ++n) EXPECT_EQ(keys.open({"t", "c", id, id}, keys.seal({"t", "c", id, id}, id)), id);
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace cairn::db
