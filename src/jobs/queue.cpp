// SPDX-License-Identifier: Apache-2.0
#include "jobs/queue.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include "base/stop.hpp"
#include "jobs/store_queue.hpp"

namespace cairn::jobs {
namespace {

// Nobody's: what a machine does by itself is in the journal as "system".
const Actor& system_actor() {
  static const Actor actor;
  return actor;
}

std::optional<Due> first_of_all(db::Database& database, const std::map<std::string, Queue::Work>& work) {
  const auto now = database.now();
  return database.read([&](db::Read& read) {
    std::optional<Due> first;
    for (const auto& [kind, ignored] : work) {
      auto due = first_due(read, kind, now);
      if (due && (!first || due->at < first->at)) first = std::move(due);
    }
    return first;
  });
}

}  // namespace

std::int64_t seconds_to_wait_after(std::int64_t attempt, const Patience& patience) {
  constexpr std::int64_t first = 30;
  const auto doublings = std::clamp<std::int64_t>(attempt - 1, 0, 20);
  return std::min(first << doublings, patience.longest_wait_seconds);
}

Queue::Queue(db::Database& database, std::map<std::string, Work> work, std::function<void(const std::string&)> log,
             QueueSettings settings)
    : database_(database), work_(std::move(work)), log_(std::move(log)), settings_(settings) {
  for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work_off(); });
}

Queue::~Queue() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  woken_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Queue::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++calls_;
  }
  woken_.notify_all();
}

bool Queue::run_one() {
  const auto due = first_of_all(database_, work_);
  if (!due) return false;
  std::optional<Job> job;
  try {
    job = database_.write(system_actor(), {"jobs.begin", "job", due->id},
                          [&, id = due->id](db::Write& write) { return take_up(write, id, settings_); });
  } catch (const Conflict&) {
    return true;  // another process was quicker; there may be more
  } catch (const Corrupt& fault) {
    log_("job " + due->id + " is given up: " + fault.what());
    database_.write(system_actor(), {"jobs.give_up", "job", due->id},
                    [id = due->id](db::Write& write) { give_up(write, id); });
    return true;
  }
  if (job) run(*job);
  return true;
}

void Queue::run(const Job& job) {
  std::string fault;
  try {
    work_.at(job.kind)(job);
  } catch (const std::exception& thrown) {
    fault = thrown.what();
    if (fault.empty()) fault = "no reason given";
  } catch (...) {
    fault = "something that is not an exception";
  }
  if (fault.empty()) {
    database_.write(system_actor(), {"jobs.end", "job", job.id},
                    [id = job.id](db::Write& write) { take_out_of_queue(write, id); });
    return;
  }
  log_("job " + job.id + " " + job.kind + " failed, attempt " + std::to_string(job.attempt) + ": " + fault);
  database_.write(system_actor(), {"jobs.fail", "job", job.id},
                  [&job, this](db::Write& write) { fail(write, job, settings_); });
}

void Queue::work_off() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto seen = calls_;
    lock.unlock();
    bool more = false;
    try {
      more = run_one();
    } catch (const std::exception& fault) {
      // The database is away or full: what is claimed comes back once its time is over.
      log_(std::string("the queue cannot go on just now: ") + fault.what());
    }
    lock.lock();
    if (more) continue;
    woken_.wait_for(lock, std::chrono::milliseconds(settings_.look_every_milliseconds),
                    [&] { return ending_ || calls_ != seen; });
  }
}

}  // namespace cairn::jobs
