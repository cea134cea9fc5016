// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "db/database.hpp"
#include "jobs/mail.hpp"
#include "jobs/queue.hpp"
#include "jobs/smtp.hpp"

namespace cairn::jobs {

// Tries of one letter: the last comes more than three days after the first, so that a mail server may be away for a
// long weekend.
inline constexpr Patience mail_patience{.most_attempts = 46, .longest_wait_seconds = 2 * 60 * 60};

// Sends the letters of the outbox. The work of mail_job for a Queue with mail_patience.
//
// A letter is composed, handed to the mail server, and taken out of the outbox in the transaction that records it sent.
// Where the process dies between the two, it is sent once more with the same Message-ID. What the server refuses for
// good, and an address no server takes, is given up at once; everything else is tried again, and given up after the
// last try. A letter that its composer no longer wants is dropped. The journal says "letter.settle" whatever became of
// it.
class Postman {
 public:
  // `database` must outlive it. A letter of a kind that is not among `kinds` is tried again like any other failure.
  Postman(db::Database& database, MailServer server, LetterKinds kinds);
  // Throws std::runtime_error where the letter must be tried again.
  void deliver(const Job& job);
  // What is being sent ends within a second or two, to be tried again after the next start.
  void stop() { stopping_ = true; }
  Queue::Work work() {
    return [this](const Job& job) { deliver(job); };
  }

 private:
  void settle(const std::string& letter_id, const std::function<void(db::Write&)>& act);
  db::Database& database_;
  const MailServer server_;
  const LetterKinds kinds_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace cairn::jobs
