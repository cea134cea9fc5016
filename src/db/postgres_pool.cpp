// SPDX-License-Identifier: Apache-2.0
#include "db/postgres_pool.hpp"

#include <chrono>
#include <utility>

namespace cairn::db {
namespace {

constexpr std::chrono::seconds patience{10};

// How many connections this thread holds. One that holds some gets more at once: waiting, it would hold up others that
// wait.
thread_local int held = 0;

}  // namespace

PostgresPool::PostgresPool(std::string address, int most) : address_(std::move(address)), may_open_(most) {}

PostgresPool::Lent::Lent(PostgresPool& pool) : pool_(pool) {
  pool_.borrow(*this);
  ++held;
}

PostgresPool::Lent::~Lent() {
  --held;
  connection_->rollback();
  pool_.give_back(*this);
}

void PostgresPool::borrow(Lent& lent) {
  std::unique_lock lock(mutex_);
  const auto may_go_on = [&] { return !idle_.empty() || may_open_ > 0 || held > 0; };
  if (!came_free_.wait_for(lock, patience, may_go_on))
    throw Unavailable("no connection to PostgreSQL came free", "stop.busy");
  lent.generation_ = generation_;
  if (!idle_.empty()) {
    lent.connection_ = std::move(idle_.back());
    lent.was_kept_ = true;
    idle_.pop_back();
    return;
  }
  --may_open_;
  lock.unlock();
  try {
    lent.connection_ = std::make_unique<PostgresConnection>(address_);
  } catch (...) {
    lock.lock();
    ++may_open_;
    lock.unlock();
    came_free_.notify_one();
    throw;
  }
}

void PostgresPool::give_back(Lent& lent) {
  std::vector<std::unique_ptr<PostgresConnection>> distrusted;
  {
    const std::lock_guard lock(mutex_);
    if (lent.connection_->is_lost() && lent.generation_ == generation_) {
      ++generation_;
      may_open_ += static_cast<int>(idle_.size());
      distrusted.swap(idle_);
    }
    if (lent.connection_->is_lost() || lent.generation_ != generation_) {
      ++may_open_;
      distrusted.push_back(std::move(lent.connection_));
    } else {
      idle_.push_back(std::move(lent.connection_));
    }
  }
  came_free_.notify_one();
}

}  // namespace cairn::db
