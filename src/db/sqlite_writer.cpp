// SPDX-License-Identifier: Apache-2.0
#include "db/sqlite_writer.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace cairn::db {
namespace {

constexpr std::size_t most_waiting = 2000;
constexpr int pages_before_checkpoint = 2000;  // 8 MB
constexpr int pages_before_restart = 16000;    // 64 MB: readers have kept the log from beginning again

// The same failure as an object of its own, for a thread of its own: two threads must not end the life of one.
std::exception_ptr copy_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Unavailable& stop) {
    return std::make_exception_ptr(Unavailable(std::string(stop.what()), std::string(stop.key())));
  } catch (const Corrupt& stop) {
    return std::make_exception_ptr(Corrupt(std::string(stop.what())));
  } catch (const std::exception& fault) {
    return std::make_exception_ptr(std::runtime_error(std::string(fault.what())));
  } catch (...) {
    return failure;
  }
}

}  // namespace

SqliteWriter::SqliteWriter(const std::string& file, const Keys& keys, Clock clock)
    : keys_(keys), clock_(std::move(clock)), connection_(file, Access::write), thread_([this] { work(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_waits_.notify_one();
  thread_.join();
}

void SqliteWriter::write(const Actor& actor, Entry entry, const std::function<void(Write&)>& act, Chain chain) {
  Job job;
  job.actor = &actor;
  job.entry = std::move(entry);
  job.act = &act;
  job.chain = chain;
  submit(job);
}

void SqliteWriter::alone(const std::function<void(SqliteConnection&)>& act) {
  Job job;
  job.alone = &act;
  submit(job);
}

void SqliteWriter::submit(Job& job) {
  if (std::this_thread::get_id() == thread_.get_id())
    throw std::logic_error("a write inside a write would wait for itself");
  std::shared_ptr<Batch> batch;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_waiting) throw Unavailable("too many writes wait", "stop.busy");
    first = waiting_.empty();
    waiting_.push_back(&job);
    batch = next_;
  }
  if (first) work_waits_.notify_one();
  batch->done.wait(0, std::memory_order_acquire);
  if (job.failure) std::rethrow_exception(job.failure);
}

void SqliteWriter::work() {
  std::vector<Job*> jobs;
  for (;;) {
    std::shared_ptr<Batch> batch;
    {
      std::unique_lock lock(mutex_);
      work_waits_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      jobs.clear();
      jobs.swap(waiting_);
      batch = std::exchange(next_, std::make_shared<Batch>());
    }
    carry_out(jobs);
    batch->done.store(1, std::memory_order_release);
    batch->done.notify_all();
    tidy_log();
  }
}

void SqliteWriter::carry_out(const std::vector<Job*>& jobs) {
  const std::span<Job* const> all(jobs);
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end]->alone == nullptr) ++end;
    if (end > begin) commit_together(all.subspan(begin, end - begin));
    if (end < all.size()) {
      try {
        (*all[end]->alone)(connection_);
      } catch (...) {
        all[end]->failure = std::current_exception();
      }
      connection_.forget_failure();
      ++end;
    }
    begin = end;
  }
}

void SqliteWriter::commit_together(std::span<Job* const> jobs) {
  try {
    connection_.run("begin immediate");
    head_ = journal_head(connection_, keys_);
    const std::int64_t before = head_.position;
    for (Job* job : jobs) carry_out_one(*job);
    if (head_.position != before) set_journal_head(connection_, keys_, head_);
    connection_.run("commit");
  } catch (...) {
    give_up_on(jobs, std::current_exception());
  }
}

// Throws where the whole transaction is lost, and not only this write.
void SqliteWriter::carry_out_one(Job& job) {
  connection_.run("savepoint one");
  const Link before = head_;
  try {
    Write write(connection_, keys_, *job.actor, clock_());
    (*job.act)(write);
    if (connection_.failure()) std::rethrow_exception(connection_.failure());
    if (job.chain == Chain::read_again) {
      while (seal_waiting(connection_, keys_, 1000) > 0) {
      }
      head_ = journal_head(connection_, keys_);
    }
    for (const JournalRow& row : rows_of(write, job.entry)) {
      Link next = link_after(head_, row);
      insert_sealed(connection_, row, head_, next);
      head_ = std::move(next);
    }
    connection_.run("release one");
  } catch (...) {
    job.failure = std::current_exception();
    connection_.forget_failure();
    // SQLite itself undoes the whole transaction after some failures, a full disk among them.
    if (!connection_.in_transaction()) std::rethrow_exception(job.failure);
    undo_one();
    head_ = before;
  }
}

void SqliteWriter::undo_one() {
  connection_.run("rollback to one");
  connection_.run("release one");
}

void SqliteWriter::give_up_on(std::span<Job* const> jobs, const std::exception_ptr& failure) {
  connection_.forget_failure();
  if (connection_.in_transaction()) connection_.run("rollback");
  for (Job* job : jobs)
    if (!job->failure) job->failure = copy_of(failure);
}

void SqliteWriter::tidy_log() {
  const int pages = connection_.pages_in_log();
  if (pages < pages_before_checkpoint) return;
  connection_.checkpoint(pages < pages_before_restart ? SqliteConnection::Checkpoint::passive
                                                      : SqliteConnection::Checkpoint::restart);
}

}  // namespace cairn::db
