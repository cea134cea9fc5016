// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cairn::jobs {

// Threads that do what is handed to them, with a queue of bounded length. Work must not throw.
class Pool {
 public:
  Pool(int threads, std::size_t queue);
  ~Pool();  // does what is queued, then ends
  // False, and nothing done, where the queue is full or the pool is ending.
  bool offer(std::function<void()> work);
  std::size_t waiting() const;

 private:
  void work_off();
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> queue_;
  std::size_t longest_;
  std::size_t idle_ = 0;  // threads waiting for work
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace cairn::jobs
