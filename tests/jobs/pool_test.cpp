// SPDX-License-Identifier: Apache-2.0
#include "jobs/pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace cairn::jobs {
namespace {

// Work that waits until it is let go.
struct Gate {
  std::mutex mutex;
  std::condition_variable changed;
  int waiting = 0;
  bool open = false;
  void wait() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [this] { return open; });
  }
  void until_waiting(int count) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return waiting >= count; });
  }
  void let_go() {
    const std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
};

TEST(Pool, DoesAllThatIsHandedToItBeforeItEnds) {
  std::atomic<int> done{0};
  {
    Pool pool(3, 1000);
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(pool.offer([&done] { ++done; }));
  }
  EXPECT_EQ(done, 1000);
}

TEST(Pool, RefusesWorkBeyondItsQueue) {
  Gate gate;
  std::atomic<int> done{0};
  Pool pool(1, 2);
  EXPECT_TRUE(pool.offer([&gate] { gate.wait(); }));
  gate.until_waiting(1);
  EXPECT_TRUE(pool.offer([&done] { ++done; }));
  EXPECT_TRUE(pool.offer([&done] { ++done; }));
  EXPECT_EQ(pool.waiting(), 2U);
  EXPECT_FALSE(pool.offer([&done] { done += 100; }));
  gate.let_go();
  while (done < 2) std::this_thread::yield();
  EXPECT_EQ(done, 2);
}

TEST(Pool, UsesAllItsThreads) {
  Gate gate;
  Pool pool(4, 4);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.offer([&gate] { gate.wait(); }));
  gate.until_waiting(4);
  gate.let_go();
}

TEST(Pool, LetsGoOfWhatWorkHeldOnceItIsDone) {
  Pool pool(1, 4);
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> watch = held;
  EXPECT_TRUE(pool.offer([held = std::move(held)] {}));
  while (!watch.expired()) std::this_thread::yield();
}

}  // namespace
}  // namespace cairn::jobs
