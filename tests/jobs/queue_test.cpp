// SPDX-License-Identifier: Apache-2.0
#include "jobs/queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/stop.hpp"
#include "stores.hpp"

namespace cairn::jobs {
namespace {

using tests::Store;

// No threads of its own: the tests say when a job is done.
const QueueSettings by_hand{
    .threads = 0, .look_every_milliseconds = 1000, .longest_seconds = 600, .patience = {.most_attempts = 3}};

class QueueTest : public testing::TestWithParam<tests::Engine> {
 protected:
  std::string put(const std::string& kind, const std::string& payload, std::int64_t in_seconds = 0) {
    return store->database->write(Actor::operator_(), {"test.put", "test", ""}, [&](db::Write& write) {
      return put_in_queue(write, kind, payload, later(write.now(), in_seconds));
    });
  }
  std::int64_t rows(std::string_view sql) {
    return store->database->read([&](db::Read& read) { return read.number(sql, {}); });
  }
  std::int64_t jobs() { return rows("select count(*) from job"); }
  std::vector<GivenUp> abandoned() {
    return store->database->read([](db::Read& read) { return given_up(read); });
  }
  Queue queue(Queue::Work work, QueueSettings settings = by_hand) {
    return Queue(
        *store->database, {{"mail", std::move(work)}},
        [this](const std::string& line) {
          const std::lock_guard lock(mutex);
          log.push_back(line);
        },
        settings);
  }

  std::unique_ptr<Store> store = tests::migrated_store(GetParam());
  std::mutex mutex;
  std::vector<std::string> log;
};

TEST_P(QueueTest, DoesWhatIsDueInItsOrderAndOnce) {
  std::vector<std::string> done;
  put("mail", "third", -1);
  put("mail", "first", -3);
  put("mail", "second", -2);
  put("mail", "not yet", 60);
  put("other", "nobody's");
  auto here = queue([&](const Job& job) { done.push_back(job.payload); });
  while (here.run_one()) {
  }
  EXPECT_EQ(done, (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_EQ(jobs(), 2);
  store->clock.advance(60);
  EXPECT_TRUE(here.run_one());
  EXPECT_FALSE(here.run_one());
  EXPECT_EQ(done.back(), "not yet");
}

TEST_P(QueueTest, HoldsNothingOfAWriteThatWasUndone) {
  EXPECT_THROW(store->database->write(Actor::operator_(), {"test.put", "test", ""},
                                      [&](db::Write& write) {
                                        put_in_queue(write, "mail", "x", write.now());
                                        throw std::runtime_error("undone");
                                      }),
               std::runtime_error);
  EXPECT_EQ(jobs(), 0);
}

TEST_P(QueueTest, KeepsThePayloadSealed) {
  put("mail", "canary-payload");
  const auto sealed = store->database->read([](db::Read& read) {
    return *read.find("select payload from job", {}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  });
  EXPECT_EQ(sealed.find("canary"), std::string::npos);
}

TEST_P(QueueTest, WaitsLongerAfterEachFailureAndGivesUp) {
  const auto id = put("mail", "secret words");
  int attempts = 0;
  auto here = queue([&](const Job& job) {
    EXPECT_EQ(job.attempt, ++attempts);
    throw Unavailable("the mail server is away");
  });
  EXPECT_TRUE(here.run_one());
  EXPECT_FALSE(here.run_one());
  store->clock.advance(29);
  EXPECT_FALSE(here.run_one());
  store->clock.advance(1);
  EXPECT_TRUE(here.run_one());
  store->clock.advance(60);
  EXPECT_TRUE(here.run_one());
  store->clock.advance(1'000'000);
  EXPECT_FALSE(here.run_one());
  ASSERT_EQ(abandoned().size(), 1U);
  EXPECT_EQ(abandoned()[0].id, id);
  EXPECT_EQ(abandoned()[0].attempts, 3);
  ASSERT_EQ(log.size(), 3U);
  EXPECT_NE(log[0].find("the mail server is away"), std::string::npos);
  EXPECT_EQ(log[0].find("secret words"), std::string::npos);
}

TEST_P(QueueTest, TriesAgainWhatWasGivenUpWhenAsked) {
  const auto id = put("mail", "x");
  QueueSettings once = by_hand;
  once.patience.most_attempts = 1;
  int calls = 0;
  auto here = queue(
      [&](const Job&) {
        if (++calls == 1) throw 7;
      },
      once);
  EXPECT_TRUE(here.run_one());
  EXPECT_FALSE(here.run_one());
  const auto again = [&](const std::string& job) {
    store->database->write(Actor::operator_(), {"test.again", "job", job},
                           [&](db::Write& write) { try_again(write, job); });
  };
  again(id);
  EXPECT_TRUE(here.run_one());
  EXPECT_EQ(jobs(), 0);
  EXPECT_EQ(abandoned().size(), 0U);
  EXPECT_THROW(again("no-such-job"), NotFound);
}

TEST_P(QueueTest, LetsWorkTakeItsJobOutInItsOwnWrite) {
  put("mail", "x");
  auto here = queue([&](const Job& job) {
    store->database->write(Actor::operator_(), {"test.work", "test", ""},
                           [&](db::Write& write) { take_out_of_queue(write, job.id); });
    throw std::runtime_error("after its write");
  });
  EXPECT_TRUE(here.run_one());
  EXPECT_EQ(jobs(), 0);
  EXPECT_EQ(rows("select count(*) from job_attempt"), 0);
}

TEST_P(QueueTest, GivesUpAPayloadThatDoesNotOpen) {
  put("mail", "x");
  const std::string noise(80, 'x');
  store->database->write(Actor::operator_(), {"test.spoil", "test", ""},
                         [&](db::Write& write) { write.run("update job set payload = $1", {db::BytesView{noise}}); });
  auto here = queue([](const Job&) { FAIL() << "it was read"; });
  EXPECT_TRUE(here.run_one());
  EXPECT_FALSE(here.run_one());
  EXPECT_EQ(abandoned().size(), 1U);
}

TEST_P(QueueTest, TakesUpAgainWhatADeadWorkerHad) {
  put("mail", "x");
  // Taken up and never ended: what is left when the process is killed in the middle.
  const auto claim = [&] {
    std::atomic<bool> entered{false};
    std::atomic<bool> leave{false};
    auto stuck = queue([&](const Job&) {
      entered = true;
      while (!leave) std::this_thread::yield();
      throw std::runtime_error("ended");
    });
    std::thread worker([&] { stuck.run_one(); });
    while (!entered) std::this_thread::yield();
    auto other = queue([](const Job&) {});
    EXPECT_FALSE(other.run_one()) << "somebody is at it";
    store->clock.advance(599);
    EXPECT_FALSE(other.run_one());
    store->clock.advance(1);
    EXPECT_TRUE(other.run_one()) << "its time is over";
    EXPECT_EQ(jobs(), 0);
    leave = true;
    worker.join();
  };
  claim();
  EXPECT_EQ(jobs(), 0) << "the late worker changes nothing";
}

TEST_P(QueueTest, DoesNotRunForEverWhatEndsTheProcessEachTime) {
  const auto id = put("mail", "x");
  store->database->write(Actor::operator_(), {"test.die", "job", id}, [&](db::Write& write) {
    for (std::int64_t number = 1; number <= 3; ++number) {
      write.run("insert into job_attempt (job_id, number, begun_at, over_at) values ($1, $2, $3, $3)",
                {id, number, std::string_view("2026-03-03T08:00:00.000Z")});
    }
  });
  auto here = queue([](const Job&) { FAIL() << "a fourth time"; });
  EXPECT_TRUE(here.run_one());
  EXPECT_FALSE(here.run_one());
  EXPECT_EQ(abandoned().size(), 1U);
}

TEST_P(QueueTest, GivesEachJobToOneThread) {
  for (int i = 0; i < 100; ++i) put("mail", std::to_string(i));
  std::multiset<std::string> done;
  std::mutex done_mutex;
  QueueSettings settings = by_hand;
  settings.threads = 4;
  {
    auto here = queue(
        [&](const Job& job) {
          const std::lock_guard lock(done_mutex);
          done.insert(job.payload);
        },
        settings);
    while (jobs() != 0) std::this_thread::yield();
  }
  EXPECT_EQ(done.size(), 100U);
  EXPECT_EQ(std::set<std::string>(done.begin(), done.end()).size(), 100U);
}

TEST_P(QueueTest, LooksAtOnceWhenWoken) {
  QueueSettings settings = by_hand;
  settings.threads = 1;
  settings.look_every_milliseconds = 3'600'000;
  std::atomic<bool> done{false};
  auto here = queue([&](const Job&) { done = true; }, settings);
  put("mail", "x");
  here.wake();
  while (!done) std::this_thread::yield();
}

TEST_P(QueueTest, SurvivesBeingClosedAndOpened) {
  put("mail", "kept");
  store->reopen();
  std::string done;
  auto here = queue([&](const Job& job) { done = job.payload; });
  EXPECT_TRUE(here.run_one());
  EXPECT_EQ(done, "kept");
}

TEST(Queue, WaitsThirtySecondsThenTwiceAsLongUpToSixHours) {
  EXPECT_EQ(seconds_to_wait_after(1), 30);
  EXPECT_EQ(seconds_to_wait_after(2), 60);
  EXPECT_EQ(seconds_to_wait_after(5), 480);
  EXPECT_EQ(seconds_to_wait_after(11), 21600);
  EXPECT_EQ(seconds_to_wait_after(1000), 21600);
}

INSTANTIATE_TEST_SUITE_P(OnBothEngines, QueueTest, testing::ValuesIn(tests::engines()), tests::engine_name);

}  // namespace
}  // namespace cairn::jobs
