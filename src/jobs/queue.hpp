// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "db/database.hpp"

namespace cairn::jobs {

struct Job {
  std::string id;
  std::string kind;     // "mail.send"
  std::string payload;  // as it was put in; kept sealed
  std::int64_t attempt = 1;
};

// Puts work into the queue, in the transaction of what asks for it: it is done if and only if that is committed. Not
// before `due`. Returns the job's id. Call Queue::wake() after the write where it should not wait for the next look.
std::string put_in_queue(db::Write& write, std::string_view kind, std::string_view payload, Moment due);

// For work that stores something: taking the job out in the same transaction makes the two one. Taking it out twice
// does no harm.
void take_out_of_queue(db::Write& write, const std::string& job_id);

// A job that failed as often as it may. Nobody tries again until somebody asks for it.
struct GivenUp {
  std::string id;
  std::string kind;
  std::int64_t attempts;
  Moment at;
};
std::vector<GivenUp> given_up(db::Read& read);
// Due at once, with all its attempts before it. Throws NotFound where there is no such job.
void try_again(db::Write& write, const std::string& job_id);

// How often a job is tried, and how far apart the tries get.
struct Patience {
  std::int64_t most_attempts = 12;
  std::int64_t longest_wait_seconds = 6 * 60 * 60;
};

struct QueueSettings {
  int threads = 2;
  std::int64_t look_every_milliseconds = 1000;
  std::int64_t longest_seconds = 600;  // after which a worker that has not ended its job is taken for dead
  Patience patience = {};
};

// How long to wait after an attempt that failed: 30 seconds after the first, twice as long each time, the longest wait
// at most.
std::int64_t seconds_to_wait_after(std::int64_t attempt, const Patience& patience = {});

// Does the queued jobs of the kinds it has work for, one after the other on each of its threads, in the order they are
// due. Each job is claimed in a transaction, so that of several threads and processes only one has it.
//
// A job is done at least once: where the process dies after the work and before the job is taken out, it is done again
// once the worker's time is over. Work that must not happen twice takes the job out itself, or remembers the id. Work
// that throws is tried again later, patience.most_attempts times in all; a payload that does not open is given up at
// once.
class Queue {
 public:
  using Work = std::function<void(const Job&)>;

  // Starts the threads. `log` gets a line for each attempt that failed: kind, id and what(), never the payload.
  Queue(db::Database& database, std::map<std::string, Work> work, std::function<void(const std::string&)> log,
        QueueSettings settings = {});
  ~Queue();  // takes up nothing more, and waits for what is being done
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  void wake();
  // Does the next due job on this thread. False where none is due.
  bool run_one();

 private:
  void work_off();
  void run(const Job& job);

  db::Database& database_;
  const std::map<std::string, Work> work_;
  const std::function<void(const std::string&)> log_;
  const QueueSettings settings_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool ending_ = false;
  std::uint64_t calls_ = 0;  // of wake()
  std::vector<std::thread> threads_;
};

}  // namespace cairn::jobs
