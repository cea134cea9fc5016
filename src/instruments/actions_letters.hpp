// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/time.hpp"
#include "content/library.hpp"
#include "db/database.hpp"
#include "instruments/asking.hpp"
#include "instruments/instrument.hpp"
#include "jobs/mail.hpp"
#include "jobs/queue.hpp"
#include "web/language.hpp"

namespace cairn::instruments {

// What letters to people who are asked are written with. Everything must outlive the kinds.
struct Desk {
  const content::Library& library;
  std::function<std::string()> address;  // where people reach the site: "https://peers.example.org"
  // The texts of a language (its code; "" for the usual one) in the words of a site: by programme and service.
  std::function<web::Language(db::Read& read, const std::string& programme_id, const std::string& service_id,
                              const std::string& code)>
      language;
  Clock clock = system_clock();
};

// The kinds invitation_letter and reminder_letter, about an invitation's id. Who asks, how long it takes, until when,
// the link, and the way to no more letters, in the language the reader has chosen for themselves where the round asks
// in it, else in the round's first. None is written where the invitation was answered or ended, where no more letters
// are wanted, or where the round is not open any more. Nobody is told to whom they went: who got a reminder had not
// answered.
jobs::LetterKinds letter_kinds(const Desk& desk);

// The work of reminder_job.
jobs::Queue::Work reminder_work(db::Database& database);

}  // namespace cairn::instruments
