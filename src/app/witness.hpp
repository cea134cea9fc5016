// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/config.hpp"
#include "db/checkpoint.hpp"
#include "jobs/mail.hpp"
#include "web/languages.hpp"

namespace cairn::app {

// Tells the journal's witnesses, while Cairn serves, how far it has come: a signed checkpoint after every thousand
// entries, and after a quarter of an hour in which there was one; the mail once a day. Before each it follows the chain
// from the last checkpoint, and signs no more once that is not what was witnessed: it says so to `log`, and to the
// system's log where that is a witness. With no witness named it does nothing.
class Witness {
 public:
  Witness(db::Database& database, JournalConfig config, std::function<void(const std::string&)> log);
  ~Witness();  // with a last checkpoint
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

 private:
  void go_until_told();
  void begin();
  void look(bool last);
  bool is_due(std::int64_t position) const;
  bool is_as_witnessed();
  void tell(const std::string& line);

  db::Database& database_;
  JournalConfig config_;
  std::function<void(const std::string&)> log_;
  db::Checkpoint last_{0, std::string(32, '\0'), ""};
  std::chrono::steady_clock::time_point last_at_;
  std::optional<std::chrono::steady_clock::time_point> mailed_at_;
  std::mutex mutex_;
  std::condition_variable ready_;
  bool ending_ = false;
  std::thread thread_;
};

// A checkpoint now, appended to the file of `config` where one is named; nothing while the journal is empty.
std::optional<db::Checkpoint> witness_now(db::Database& database, const JournalConfig& config);

// The letters that carry checkpoints to a witness by mail.
jobs::LetterKinds witness_letters(const web::Languages& languages);

}  // namespace cairn::app
