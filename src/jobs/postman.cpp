// SPDX-License-Identifier: Apache-2.0
#include "jobs/postman.hpp"

#include <stdexcept>
#include <utility>

#include "jobs/mail_message.hpp"
#include "jobs/store_letters.hpp"

namespace cairn::jobs {

Postman::Postman(db::Database& database, MailServer server, LetterKinds kinds)
    : database_(database), server_(std::move(server)), kinds_(std::move(kinds)) {}

void Postman::settle(const std::string& letter_id, const std::function<void(db::Write&)>& act) {
  database_.write({}, {"letter.settle", "letter", letter_id}, act);
}

void Postman::deliver(const Job& job) {
  const auto& id = job.payload;
  const auto waiting = database_.read([&](db::Read& read) { return find_waiting_letter(read, id); });
  if (!waiting) return;  // sent before; the queue takes the job out
  const auto kind = kinds_.find(waiting->kind);
  if (kind == kinds_.end()) throw std::runtime_error("nobody writes letters of the kind " + waiting->kind);
  const auto letter = database_.read([&](db::Read& read) { return kind->second.compose(read, waiting->about); });
  if (!letter) {
    settle(id, [&](db::Write& write) { letter_was_dropped(write, id); });
    return;
  }
  const auto give_up = [&](GivenUpBecause reason) {
    settle(id, [&](db::Write& write) { letter_is_given_up(write, id, reason); });
  };
  if (!is_mail_address(letter->to)) {
    give_up(GivenUpBecause::address);
    return;
  }
  const auto answer = send_mail(server_, *letter, {id, server_.from, server_.sender_name, database_.now()}, stopping_);
  if (answer.outcome == MailOutcome::taken) {
    const auto address = kind->second.shown == Shown::each ? std::optional(letter->to) : std::nullopt;
    settle(id, [&](db::Write& write) { letter_was_sent(write, id, address); });
    return;
  }
  if (answer.outcome == MailOutcome::refused) return give_up(GivenUpBecause::refused);
  if (job.attempt >= mail_patience.most_attempts) return give_up(GivenUpBecause::too_long);
  throw std::runtime_error(answer.why);
}

}  // namespace cairn::jobs
