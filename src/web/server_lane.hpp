// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <unordered_set>
#include <utility>

#include "jobs/pool.hpp"
#include "web/server.hpp"
#include "web/server_asio.hpp"
#include "web/server_door.hpp"

namespace cairn::web {

using SteadyTime = std::chrono::steady_clock::time_point;

// A connection as its lane sees it: how long it may wait for what it is waiting for now. One thread alone touches it.
class Watched {
 public:
  virtual ~Watched() = default;
  virtual void cut() = 0;      // ends the wait; the connection goes on and finds itself late
  virtual void abandon() = 0;  // closes the socket

  void due_at(SteadyTime when) {
    due_ = when;
    late_ = false;
  }
  void due_in(std::chrono::milliseconds time) { due_at(std::chrono::steady_clock::now() + time); }
  void never_due() { due_at(SteadyTime::max()); }
  void look(SteadyTime now) {
    if (late_ || now < due_) return;
    late_ = true;
    cut();
  }
  bool late() const { return late_; }
  // Between requests, nothing to lose.
  bool is_idle() const { return idle_; }

 protected:
  bool idle_ = true;

 private:
  SteadyTime due_ = SteadyTime::max();
  bool late_ = false;
};

// One thread with its own sockets. A connection lives on one lane from beginning to end, so nothing of it needs a lock.
struct Lane {
  std::unordered_set<Watched*> connections;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> open{context.get_executor()};
};

// What all connections share.
struct Shared {
  const ServerSettings& settings;
  const Door& door;
  jobs::Pool& pages;
  jobs::Pool& quick;
  jobs::Pool& slow;
  jobs::Pool& streams;
  std::atomic<bool> draining{false};  // each connection ends with the request it is at
  std::atomic<bool> dropping{false};  // the time for that is over
  std::atomic<std::size_t> live{0};
  std::atomic<std::size_t> body_memory{0};
};

// A place among the connections that are counted.
class Place {
 public:
  explicit Place(std::atomic<std::size_t>& live) : live_(&live) { ++*live_; }
  Place(Place&& other) noexcept : live_(std::exchange(other.live_, nullptr)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (live_) --*live_;
  }

 private:
  std::atomic<std::size_t>* live_;
};

enum class Welcome { serve, turn_away };

// One connection from its first byte to its last. `tls` is null for plain HTTP.
asio::awaitable<void> attend(Shared& shared, Lane& lane, Tcp::socket socket, asio::ssl::context* tls, Welcome welcome,
                             Place place);

}  // namespace cairn::web
